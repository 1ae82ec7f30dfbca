import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { AuthorityInput, CrlState } from "./authority-contract";
import { currentEntries } from "./crl-entries";
import { signCrl } from "./crl-draft";
import { type CrlRow, crlStandings, dropExpiredEntries, findCrlFacts, insertCrl, replaceCrl } from "./crl-store";
import { CrlContended } from "./errors";
import { signerOf } from "./ground";
import { crlStateOf } from "./model";

const ATTEMPTS = 5;

/**
 * Publishes the next CRL of an authority (RFC 5280, 5). Number and bytes land in one commit, so that the number never
 * goes back; when another process was faster, it is built again on top of that one.
 */
export async function publishCrl(ctx: Context, input: AuthorityInput): Promise<CrlState> {
  const signer = signerOf(ctx, input.authority);
  const { row } = signer;
  const permit = await authorize(ctx, "authority.publish_crl", { type: "Authority", id: row.id, name: row.name });

  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const previous = findCrlFacts(ctx.read, row.id);
    const entries = currentEntries(ctx.read, row.id, previous?.this_update ?? 0);
    const number = (previous?.number ?? 0) + 1;
    const crl = await signCrl(
      {
        issuer: signer.issuer,
        scope: row.role === "root" ? "authority" : "user",
        number,
        previousNumber: previous?.number ?? null,
        entries: entries.chunks,
        now: ctx.now(),
      },
      (tbs) => ctx.sign(row.key_id, tbs),
    );
    const next: CrlRow = {
      authority_id: row.id,
      number,
      this_update: crl.thisUpdate.getTime(),
      next_update: crl.nextUpdate.getTime(),
      entry_count: entries.count,
      revoked_through: entries.through,
      der: crl.der,
    };
    const isPublished = await commit(permit, async (tx) => {
      if (previous === undefined) insertCrl(tx, next);
      else if (!replaceCrl(tx, next)) throw new CrlContended(row.slug);
      dropExpiredEntries(tx, row.id, previous?.this_update ?? 0);
      return {
        value: true,
        event: { kind: "crl.published", detail: { issuer: row.slug, number, entries: entries.count } },
      };
    }).catch((error: unknown) => {
      if (error instanceof CrlContended) return false;
      throw error;
    });
    if (isPublished) return stateOf(next, crl.der.length, signer.crlUrl, ctx.now());
  }
  throw new CrlContended(row.slug);
}

function stateOf(crl: CrlRow, sizeBytes: number, url: string, now: Date): CrlState {
  const times = { thisUpdate: new Date(crl.this_update), nextUpdate: new Date(crl.next_update) };
  return {
    ...times,
    number: crl.number,
    entryCount: crl.entry_count,
    sizeBytes,
    state: crlStateOf(times, false, now),
    url,
  };
}

/** A CRL that should be published now, and why. */
export interface DueCrl {
  readonly authorityId: string;
  readonly slug: string;
  readonly because: "missing" | "revocation" | "clock";
}

/** Which CRLs are due: behind a revocation, or past half of their life. Cheap enough to ask several times a second. */
export async function crlsDue(ctx: Context): Promise<DueCrl[]> {
  await authorize(ctx, "authority.list", { type: "Authority", id: "*" });
  const now = ctx.now();
  return crlStandings(ctx.read).flatMap((standing) => {
    const because = whyDue(standing, now);
    return because ? [{ authorityId: standing.authority_id, slug: standing.slug, because }] : [];
  });
}

function whyDue(standing: ReturnType<typeof crlStandings>[number], now: Date): DueCrl["because"] | null {
  const { this_update, next_update, published_through, revoked_through } = standing;
  if (this_update === null || next_update === null) return "missing";
  if ((revoked_through ?? 0) > (published_through ?? 0)) return "revocation";
  const times = { thisUpdate: new Date(this_update), nextUpdate: new Date(next_update) };
  return crlStateOf(times, false, now) === "fresh" ? null : "clock";
}
