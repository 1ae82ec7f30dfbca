import NextAuth, { getServerSession, type NextAuthOptions } from "next-auth";
import type { Adapter } from "next-auth/adapters";
import type { NextRequest } from "next/server";
import { type Authenticated, authenticateSession } from "@/server/identities/authenticate-session";
import { endSession } from "@/server/identities/end-session";
import { SESSION_LIMIT_MS } from "@/server/identities/model";
import { type Context, withActor } from "@/server/kernel/context";
import { ANONYMOUS } from "@/server/platform/composition";
import type { Logger } from "@/server/platform/logger";
import { COOKIE_ATTRIBUTES, COOKIES } from "./cookies";
import { consoleRuntime, requestOrigin } from "./request";

/** Who sent the request at hand, by the session in its cookie; null when nobody is signed in. Asked anew every time. */
export async function currentSession(): Promise<Authenticated | null> {
  const { options, found } = await authForRequest();
  const session = await getServerSession(options);
  return session ? (found() ?? null) : null;
}

/** What next-auth's own address answers: nothing but these. Signing in is a procedure of ours. */
const ANSWERED: ReadonlySet<string> = new Set(["session", "csrf", "signout"]);

/** The rest of the address after `/api/auth/`. */
export interface AuthRoute {
  readonly params: Promise<{ nextauth: string[] }>;
}

/** `/api/auth/session`, `/api/auth/csrf` and `/api/auth/signout`; everything else is not there. */
export async function answerNextAuth(request: NextRequest, route: AuthRoute): Promise<Response> {
  const [action, ...rest] = (await route.params).nextauth;
  if (!action || !ANSWERED.has(action) || rest.length > 0) return new Response("not found\n", { status: 404 });
  const { options } = await authForRequest();
  return NextAuth(request, route, options);
}

async function authForRequest(): Promise<{ options: NextAuthOptions; found(): Authenticated | undefined }> {
  const origin = await requestOrigin();
  const runtime = await consoleRuntime();
  return authOptions(runtime.contextFor(ANONYMOUS, origin), runtime.logger);
}

/**
 * next-auth with database sessions over our own verbs. There is no provider: none can make a session by itself. The
 * secret is derived from the data key, so that there is no variable to forget.
 */
export function authOptions(
  ctx: Context,
  logger: Pick<Logger, "error" | "warn">,
): { options: NextAuthOptions; found(): Authenticated | undefined } {
  let authenticated: Authenticated | undefined;
  const adapter = sessionAdapter(ctx, (found) => {
    authenticated = found;
  });
  const seconds = SESSION_LIMIT_MS / 1000;
  return {
    found: () => authenticated,
    options: {
      adapter,
      providers: [],
      secret: Buffer.from(ctx.deriveSecret("next-auth")).toString("base64url"),
      session: {
        strategy: "database",
        maxAge: seconds,
        updateAge: seconds,
        generateSessionToken: () => Buffer.from(ctx.random(32)).toString("base64url"),
      },
      useSecureCookies: true,
      cookies: {
        sessionToken: { name: COOKIES.session, options: COOKIE_ATTRIBUTES },
        csrfToken: { name: "__Host-swarm.csrf", options: COOKIE_ATTRIBUTES },
        callbackUrl: { name: "__Host-swarm.callback", options: COOKIE_ATTRIBUTES },
      },
      pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in", newUser: "/" },
      callbacks: { redirect: () => "/sign-in" },
      logger: {
        error: (code, about) =>
          logger.error({ err: about instanceof Error ? about : about.error }, `next-auth: ${code}`),
        warn: (code) => {
          // Our addresses are relative and loopback is trusted by the listener, so next-auth needs no NEXTAUTH_URL.
          if (code !== "NEXTAUTH_URL") logger.warn(`next-auth: ${code}`);
        },
        debug: () => undefined,
      },
    },
  };
}

/** The part of next-auth's adapter that reads and ends sessions. They begin in `identities/sign-in` alone. */
function sessionAdapter(ctx: Context, onFound: (authenticated: Authenticated) => void): Adapter {
  return {
    async getSessionAndUser(sessionToken) {
      const found = await authenticateSession(ctx, sessionToken);
      if (!found) return null;
      onFound(found);
      const { actor, email, expiresAt } = found;
      return {
        session: { sessionToken, userId: actor.id, expires: expiresAt },
        user: { id: actor.id, name: actor.name, email: email ?? "", emailVerified: null },
      };
    },
    /** A session's limit does not move; its use is noted by `authenticateSession`. */
    updateSession: () => null,
    async deleteSession(sessionToken) {
      const found = await authenticateSession(ctx, sessionToken);
      if (found) await endSession(withActor(ctx, found.actor), { sessionId: found.sessionId });
    },
  };
}
