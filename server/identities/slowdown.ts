import { createHmac } from "node:crypto";
import type { Context, ReadDatabase, Transaction } from "@/server/kernel/context";
import { networkOf } from "@/server/kernel/network";
import { deleteFailures, findFailures, putFailures } from "./credential-store";
import { FREE_FAILURES, FREE_FAILURES_OF_ADDRESS, oneMoreFailure, waitAfter } from "./model";

/** A place where failures are counted. `key` is a keyed hash, so that the table names nobody. */
export interface Bucket {
  readonly key: string;
  /** Failures before it slows. */
  readonly free: number;
  /** A success forgets its failures. Not for addresses: one good account would wash an address clean. */
  readonly isForgiving: boolean;
}

/** The bucket of an account, known or not, for everybody who never signed in to it. */
export function accountBucket(ctx: Context, email: string): Bucket {
  return { key: keyOf(ctx, "account", email), free: FREE_FAILURES, isForgiving: true };
}

/** The bucket of a browser that signed in to an account before: strangers' guesses do not fill it. */
export function deviceBucket(ctx: Context, device: string): Bucket {
  return { key: keyOf(ctx, "device", device), free: FREE_FAILURES, isForgiving: true };
}

/** The bucket of somebody who is signed in and is asked to prove it again. */
export function proofBucket(ctx: Context, identityId: string): Bucket {
  return { key: keyOf(ctx, "proof", identityId), free: FREE_FAILURES, isForgiving: true };
}

/** The bucket of an address; none when the address is not known. */
export function addressBuckets(ctx: Context): Bucket[] {
  const { address } = ctx.origin;
  if (address === null) return [];
  return [{ key: keyOf(ctx, "address", networkOf(address)), free: FREE_FAILURES_OF_ADDRESS, isForgiving: false }];
}

/** How long the next attempt must still wait, in ms; 0 when it need not. */
export async function waitOf(db: ReadDatabase, buckets: readonly Bucket[], now: Date): Promise<number> {
  const rows = await findFailures(
    db,
    buckets.map((bucket) => bucket.key),
  );
  return Math.max(0, ...rows.map((row) => (row.blockedUntil?.getTime() ?? 0) - now.getTime()));
}

/** Counts a failure in each bucket; answers how long the next attempt must wait, in ms. */
export async function countFailure(tx: Transaction, buckets: readonly Bucket[], now: Date): Promise<number> {
  const rows = await findFailures(
    tx,
    buckets.map((bucket) => bucket.key),
  );
  let longest = 0;
  for (const { key, free } of buckets) {
    const failures = oneMoreFailure(
      rows.find((row) => row.bucket === key),
      now,
    );
    const wait = waitAfter(failures, free);
    const blockedUntil = wait > 0 ? new Date(now.getTime() + wait) : null;
    await putFailures(tx, { bucket: key, failures, lastAt: now, blockedUntil });
    longest = Math.max(longest, wait);
  }
  return longest;
}

/** Forgets the failures of what was just proved. */
export async function forgetFailures(tx: Transaction, buckets: readonly Bucket[]): Promise<void> {
  for (const bucket of buckets) if (bucket.isForgiving) await deleteFailures(tx, bucket.key);
}

function keyOf(ctx: Context, kind: string, value: string): string {
  return createHmac("sha256", ctx.deriveSecret("sign-in failures")).update(`${kind}:${value}`).digest("base64url");
}
