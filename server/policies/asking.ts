import type { Context } from "@/server/kernel/context";
import { authorize, type Permit } from "@/server/kernel/permit";
import type { KnownPrincipal } from "@/server/kernel/ports";
import { KINDS, typeOf } from "./facts";

/** About whom somebody asks. */
export interface Subject {
  /** By type and name. */
  readonly uid: { readonly type: string; readonly id: string };
  /** Undefined when our store knows nobody of that name. */
  readonly principal: KnownPrincipal | undefined;
  readonly isSelf: boolean;
}

const ID = /^[a-z]{3}_[0-9a-z]{26}$/i;
const SPIFFE_ID = /^spiffe:\/\/([^/]+)\/(user|service|node)\/([^/]+)$/;

/** Whom a subject of AuthZEN means: by name, by the id that the console shows, or by SPIFFE ID. */
export async function findSubject(
  ctx: Context,
  { type, id }: { readonly type: string; readonly id: string },
): Promise<Subject> {
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  const principal = kind && (await findPrincipal(ctx, kind, id));
  if (!principal) return { uid: { type, id }, principal: undefined, isSelf: false };
  const uid = { type: typeOf(principal.kind), id: principal.name };
  return { uid, principal, isSelf: principal.id === ctx.actor.id };
}

async function findPrincipal(
  ctx: Context,
  kind: KnownPrincipal["kind"],
  id: string,
): Promise<KnownPrincipal | undefined> {
  if (!id.startsWith("spiffe://")) {
    const found = ID.test(id) ? ctx.findPrincipal(ctx.read, id) : ctx.findPrincipalByName(ctx.read, kind, id);
    return found?.kind === kind ? found : undefined;
  }
  const [, domain, spoken, name] = SPIFFE_ID.exec(id) ?? [];
  if (name === undefined || spoken !== kind) return undefined;
  const organisation = await ctx.organisation(ctx.read);
  return organisation?.trustDomain === domain ? ctx.findPrincipalByName(ctx.read, kind, name) : undefined;
}

/** Asks whether somebody may ask: about themselves, or about others, whose team a policy may go by. @throws {Forbidden} */
export function authorizeAsking(ctx: Context, { principal, isSelf }: Subject): Promise<Permit> {
  return authorize(ctx, isSelf ? "decision.ask" : "decision.ask_others", {
    type: "Decision",
    id: "*",
    ownerId: principal?.id ?? null,
    teamId: principal?.teamId ?? null,
  });
}

/** Asks whether somebody may ask about everybody. @throws {Forbidden} */
export function authorizeAskingAboutAll(ctx: Context): Promise<Permit> {
  return authorize(ctx, "decision.ask_others", { type: "Decision", id: "*" });
}
