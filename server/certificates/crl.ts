import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import { crlStandings, findCrl, findCrlFacts } from "./crl-store";
import { etagOf } from "./digest";
import { signerOf } from "./ground";

/** A CRL as it is served. */
export interface ServedCrl {
  readonly der: Uint8Array;
  readonly number: number;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly etag: string;
}

const served = new WeakMap<Context["read"], Map<string, ServedCrl>>();

/** The CRL in force of an authority, by its slug or id. Its bytes are read once a number. @throws {Missing} */
export async function readCrl(ctx: Context, authority: string): Promise<ServedCrl> {
  await authorize(ctx, "trust_anchor.read", { type: "Authority", id: authority });
  const { row } = signerOf(ctx, authority);
  const known = served.get(ctx.read) ?? new Map<string, ServedCrl>();
  served.set(ctx.read, known);
  const facts = findCrlFacts(ctx.read, row.id);
  const before = known.get(row.id);
  if (before && facts && before.number === facts.number) return before;

  const crl = findCrl(ctx.read, row.id);
  if (!crl) throw new Missing("CRL of", row.slug);
  const fresh = {
    der: crl.der,
    number: crl.number,
    thisUpdate: new Date(crl.this_update),
    nextUpdate: new Date(crl.next_update),
    etag: etagOf(crl.der),
  };
  known.set(row.id, fresh);
  return fresh;
}

/** Whether every authority has a CRL that is still good; the slugs of those that have none. */
export async function crlHealth(ctx: Context): Promise<{ isFresh: boolean; late: string[] }> {
  await authorize(ctx, "health.read", { type: "Organisation", id: "*" });
  const now = ctx.now().getTime();
  const late = crlStandings(ctx.read)
    .filter((standing) => (standing.next_update ?? 0) <= now)
    .map((standing) => standing.slug);
  return { isFresh: late.length === 0, late };
}
