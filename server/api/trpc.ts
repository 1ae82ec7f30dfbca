import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { type Context, withActor } from "@/server/kernel/context";
import { DomainError, type Fault, retryAfterOf } from "@/server/kernel/errors";
import { ANONYMOUS } from "@/server/platform/composition";
import type { Logger } from "@/server/platform/logger";
import type { CookieJar } from "./cookies";

/** What a procedure is given: the context that verbs take, and the log of the process for faults of our own. */
export interface CallContext {
  readonly verbs: Context;
  readonly logger: Logger;
  /** For sign-in, sign-out and the first setup alone; `nextCookies()` in routes and pages. */
  readonly cookies: CookieJar;
}

/** What the browser learns of a refusal: the stable code, and facts that are safe to show. */
export interface ShownError {
  readonly code: string;
  readonly fault: Fault | "internal";
  readonly facts: Readonly<Record<string, unknown>>;
}

const FAULT_CODES = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  missing: "NOT_FOUND",
  conflict: "CONFLICT",
  gone: "PRECONDITION_FAILED",
  limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<Fault, TRPCError["code"]>;

const trpc = initTRPC.context<CallContext>().create({
  transformer: superjson,
  errorFormatter({ shape, error }) {
    const { stack: _, ...data } = shape.data;
    return { ...shape, message: messageFor(error), data: { ...data, shown: shownError(error) } };
  },
});

const translateErrors = trpc.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof DomainError) {
    throw new TRPCError({ code: FAULT_CODES[cause.fault], message: cause.message, cause });
  }
  if (result.error.code === "INTERNAL_SERVER_ERROR") {
    ctx.logger.error({ err: cause ?? result.error, path, requestId: ctx.verbs.origin.requestId }, "procedure failed");
  }
  return result;
});

/** A group of procedures. */
export const router = trpc.router;

/** The one procedure: an input, an output (always declared) and one call of a verb, which asks for permission. */
export const procedure = trpc.procedure.use(translateErrors);

/** The same context for nobody: whoever signs in or sets up is not yet the one that an old cookie says. */
export function asNobody(verbs: Context): Context {
  return withActor(verbs, ANONYMOUS);
}

/** Makes callers for pages that read on the server. */
export const createCallerFactory = trpc.createCallerFactory;

/** What an answer says to whoever passes it on: nobody keeps it, and when it may be asked again if it was too much. */
export function headersOf(errors: readonly TRPCError[]): Record<string, string> {
  const waits = errors.flatMap(({ cause }) => (cause instanceof DomainError ? (retryAfterOf(cause) ?? []) : []));
  if (waits.length === 0) return { "cache-control": "no-store" };
  return { "cache-control": "no-store", "retry-after": String(Math.max(...waits.map(Number))) };
}

function shownError(error: TRPCError): ShownError {
  if (error.cause instanceof DomainError) {
    return { code: error.cause.code, fault: error.cause.fault, facts: error.cause.facts };
  }
  if (error.code === "BAD_REQUEST") return { code: "request.invalid", fault: "invalid", facts: {} };
  return { code: "internal", fault: "internal", facts: {} };
}

function messageFor(error: TRPCError): string {
  if (error.cause instanceof DomainError) return error.cause.message;
  if (error.code === "INTERNAL_SERVER_ERROR") return "something of ours failed; it is in the log under the request id";
  return error.message;
}
