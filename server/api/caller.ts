import "server-only";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { NextRequest } from "next/server";
import { type AuthRoute, answerNextAuth } from "./auth";
import { callContext } from "./call-context";
import { auditFile, certificatesFile, decisionsFile, identitiesFile } from "./exports";
import { isAskedByOthers, isSameOrigin } from "./origin";
import { appRouter } from "./root";
import { createCallerFactory, headersOf } from "./trpc";

const createCaller = createCallerFactory(appRouter);

/** Every procedure, for pages that read on the server: with the permissions of whoever asks for the page. */
export async function serverCaller(): Promise<ReturnType<typeof createCaller>> {
  return createCaller(await callContext());
}

/** Answers the browser's calls. Whatever is not a plain read must come from a page of our own. */
export async function answerCalls(request: Request): Promise<Response> {
  if (request.method !== "GET" && !isSameOrigin(request.headers)) return foreign();
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: callContext,
    allowMethodOverride: false,
    // The client's own limit is the same. Without one, a single request could hold a thousand guesses at a password.
    maxBatchSize: 20,
    responseMeta: ({ errors }) => ({ headers: headersOf(errors) }),
  });
}

/** Answers what next-auth's own address has: the session, and signing out. */
export async function answerAuth(request: NextRequest, route: AuthRoute): Promise<Response> {
  if (request.method !== "GET" && !isSameOrigin(request.headers)) return foreign();
  return answerNextAuth(request, route);
}

/** Answers a download of the audit log. */
export async function answerAuditExport(request: Request): Promise<Response> {
  if (isAskedByOthers(request.headers)) return foreign();
  const { verbs } = await callContext();
  return auditFile(verbs, new URL(request.url));
}

/** Answers a download of the inventory. */
export async function answerCertificatesExport(request: Request): Promise<Response> {
  if (isAskedByOthers(request.headers)) return foreign();
  const { verbs } = await callContext();
  return certificatesFile(verbs, new URL(request.url));
}

/** Answers a download of the log of decisions. */
export async function answerDecisionsExport(request: Request): Promise<Response> {
  if (isAskedByOthers(request.headers)) return foreign();
  const { verbs } = await callContext();
  return decisionsFile(verbs, new URL(request.url));
}

/** Answers a download of people, services or nodes. */
export async function answerIdentitiesExport(request: Request): Promise<Response> {
  if (isAskedByOthers(request.headers)) return foreign();
  const { verbs } = await callContext();
  return identitiesFile(verbs, new URL(request.url));
}

function foreign(): Response {
  return Response.json(
    { error: { message: "this call did not come from a page of this console", code: "request.foreign_origin" } },
    { status: 403 },
  );
}
