import { crlHealth } from "@/server/certificates/crl";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { type Answer, json, type Route } from "./exchange";
import { problemOf } from "./problem";

/** One thing that must hold for a healthy gateway. */
export interface Check {
  readonly ok: boolean;
  readonly detail: string;
}

/** What is looked at, by name. */
export interface Health {
  readonly database: Check;
  readonly keys: Check;
  readonly crls: Check;
}

/** `GET /health`: 200 only when everything holds; the body says what does not. */
export const HEALTH: Route = {
  method: "GET",
  path: "/health",
  needsCertificate: false,
  takesBody: false,
  handle: async ({ ctx }) => answerOf(await readHealth(ctx), ctx.origin.requestId),
};

/** Looks at the database, the sealed keys and the CRLs, as they are now. */
export async function readHealth(ctx: Context): Promise<Health> {
  await authorize(ctx, "health.read", { type: "Organisation", id: "*" });
  return {
    database: await check(async () => {
      const organisation = await ctx.organisation(ctx.read);
      return organisation ? pass("answers") : fail("not set up yet");
    }),
    keys: await check(async () => {
      const probe = ctx.random(16);
      const opened = ctx.unseal("health", ctx.seal("health", probe));
      return Buffer.from(opened).equals(probe) ? pass("open") : fail("sealed values do not open");
    }),
    crls: await check(async () => {
      const { isFresh, late } = await crlHealth(ctx);
      return isFresh ? pass("fresh") : fail(late.length > 0 ? `late: ${late.join(", ")}` : "none published yet");
    }),
  };
}

function answerOf(health: Health, requestId: string): Answer {
  const failing = Object.entries(health).filter(([, { ok }]) => !ok);
  if (failing.length === 0) return json(200, { status: "ok", checks: health });
  const detail = failing.map(([name, { detail }]) => `${name}: ${detail}`).join("; ");
  const problem = problemOf(503, "gateway.unhealthy", detail, requestId);
  return {
    status: 503,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", "retry-after": "5" },
    body: JSON.stringify({ ...problem, checks: health }),
  };
}

/** What cannot be looked at is not healthy. Why stays out of the answer: it may name files. */
async function check(look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch {
    return fail("cannot be read");
  }
}

function pass(detail: string): Check {
  return { ok: true, detail };
}

function fail(detail: string): Check {
  return { ok: false, detail };
}
