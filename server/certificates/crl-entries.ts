import type { ReadDatabase } from "@/server/kernel/context";
import { crlEntriesAfter } from "./crl-store";

/** The entries of an authority's next CRL, encoded, in chunks that join by plain concatenation. */
export interface CrlEntries {
  readonly chunks: readonly Uint8Array[];
  readonly count: number;
  /** Place of the newest revocation among them. */
  readonly through: number | null;
}

interface Kept {
  through: number;
  bytes: Uint8Array;
  /** For each entry: where it ends in `bytes`, and when its certificate expires. */
  ends: number[];
  expiries: number[];
  earliestExpiry: number;
}

const keptBy = new WeakMap<ReadDatabase, Map<string, Kept>>();

/**
 * The entries of the next CRL. What was read once stays in memory, so that a re-sign reads only what is new. An entry
 * leaves when its certificate had expired before `leavesAt`, the time of the last CRL that held it (RFC 5280, 3.3: it
 * appears on one CRL after the expiry).
 */
export function currentEntries(db: ReadDatabase, authorityId: string, leavesAt: number): CrlEntries {
  const authorities = keptBy.get(db) ?? new Map<string, Kept>();
  keptBy.set(db, authorities);
  const kept = authorities.get(authorityId) ?? emptyKept();
  authorities.set(authorityId, kept);
  addNew(kept, db, authorityId);
  if (kept.earliestExpiry < leavesAt) dropExpired(kept, leavesAt);
  return {
    chunks: kept.bytes.length > 0 ? [kept.bytes] : [],
    count: kept.ends.length,
    through: kept.through > 0 ? kept.through : null,
  };
}

function emptyKept(): Kept {
  return { through: 0, bytes: new Uint8Array(), ends: [], expiries: [], earliestExpiry: Number.POSITIVE_INFINITY };
}

function addNew(kept: Kept, db: ReadDatabase, authorityId: string): void {
  const rows = crlEntriesAfter(db, authorityId, kept.through);
  if (rows.length === 0) return;
  const added = rows.reduce((sum, row) => sum + row.der.length, 0);
  const bytes = new Uint8Array(kept.bytes.length + added);
  bytes.set(kept.bytes);
  let end = kept.bytes.length;
  for (const row of rows) {
    bytes.set(row.der, end);
    end += row.der.length;
    kept.ends.push(end);
    kept.expiries.push(row.not_after);
    kept.earliestExpiry = Math.min(kept.earliestExpiry, row.not_after);
    kept.through = row.seq;
  }
  kept.bytes = bytes;
}

function dropExpired(kept: Kept, leavesAt: number): void {
  const bytes = new Uint8Array(kept.bytes.length);
  const ends: number[] = [];
  const expiries: number[] = [];
  let start = 0;
  let length = 0;
  kept.ends.forEach((end, index) => {
    const expiry = kept.expiries[index] ?? 0;
    if (expiry >= leavesAt) {
      bytes.set(kept.bytes.subarray(start, end), length);
      length += end - start;
      ends.push(length);
      expiries.push(expiry);
    }
    start = end;
  });
  kept.bytes = bytes.slice(0, length);
  kept.ends = ends;
  kept.expiries = expiries;
  kept.earliestExpiry = expiries.reduce((least, expiry) => Math.min(least, expiry), Number.POSITIVE_INFINITY);
}
