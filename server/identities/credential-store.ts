import { and, asc, count, eq, inArray, isNull, lt, lte, or } from "drizzle-orm";
import { passwords, recoveryCodes, signInFailures, totpSecrets } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import type { Failures } from "./model";

/** A kept password. */
export interface PasswordRow {
  readonly hash: string;
  readonly changedAt: Date;
  readonly mustChange: boolean;
}

export async function findPassword(db: ReadDatabase, identityId: string): Promise<PasswordRow | undefined> {
  const [row] = await db
    .select({ hash: passwords.hash, changedAt: passwords.changedAt, mustChange: passwords.mustChange })
    .from(passwords)
    .where(eq(passwords.identityId, identityId));
  return row;
}

/** Sets the password of an identity, whether there was one or not. */
export async function putPassword(tx: Transaction, identityId: string, password: PasswordRow): Promise<void> {
  await tx
    .insert(passwords)
    .values({ identityId, ...password })
    .onConflictDoUpdate({ target: passwords.identityId, set: { ...password } });
}

export async function deletePassword(tx: Transaction, identityId: string): Promise<void> {
  await tx.delete(passwords).where(eq(passwords.identityId, identityId));
}

/** A TOTP secret in force, sealed under `totp_secrets/<identity>/sealed`. */
export interface TotpRow {
  readonly sealed: Uint8Array;
  readonly confirmedAt: Date | null;
  readonly lastStep: number | null;
}

export async function findTotp(db: ReadDatabase, identityId: string): Promise<TotpRow | undefined> {
  const [row] = await db
    .select({ sealed: totpSecrets.sealed, confirmedAt: totpSecrets.confirmedAt, lastStep: totpSecrets.lastStep })
    .from(totpSecrets)
    .where(eq(totpSecrets.identityId, identityId));
  return row;
}

/** Puts a confirmed secret in force, in place of an earlier one. */
export async function putTotp(
  tx: Transaction,
  identityId: string,
  totp: { readonly sealed: Uint8Array; readonly at: Date; readonly lastStep: number },
): Promise<void> {
  const row = {
    sealed: Buffer.from(totp.sealed),
    createdAt: totp.at,
    confirmedAt: totp.at,
    lastStep: totp.lastStep,
  };
  await tx
    .insert(totpSecrets)
    .values({ identityId, ...row })
    .onConflictDoUpdate({ target: totpSecrets.identityId, set: row });
}

/** Takes a time step, if neither it nor a later one was taken before: a code works once (RFC 6238, 5.2). */
export async function takeTotpStep(tx: Transaction, identityId: string, step: number): Promise<boolean> {
  const rows = await tx
    .update(totpSecrets)
    .set({ lastStep: step })
    .where(
      and(eq(totpSecrets.identityId, identityId), or(isNull(totpSecrets.lastStep), lt(totpSecrets.lastStep, step))),
    )
    .returning({ id: totpSecrets.identityId });
  return rows.length === 1;
}

/** Removes the second factor: secret and recovery codes. */
export async function deleteSecondFactor(tx: Transaction, identityId: string): Promise<void> {
  await tx.delete(totpSecrets).where(eq(totpSecrets.identityId, identityId));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.identityId, identityId));
}

/** A recovery code that was not used, sealed under `recovery_codes/<identity>/<position>`. */
export interface RecoveryCodeRow {
  readonly position: number;
  readonly sealed: Uint8Array;
}

export async function listRecoveryCodes(db: ReadDatabase, identityId: string): Promise<RecoveryCodeRow[]> {
  return db
    .select({ position: recoveryCodes.position, sealed: recoveryCodes.sealed })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.identityId, identityId), isNull(recoveryCodes.usedAt)))
    .orderBy(asc(recoveryCodes.position));
}

/** Puts new recovery codes in the place of all earlier ones. */
export async function putRecoveryCodes(
  tx: Transaction,
  identityId: string,
  codes: readonly RecoveryCodeRow[],
): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.identityId, identityId));
  await tx
    .insert(recoveryCodes)
    .values(codes.map(({ position, sealed }) => ({ identityId, position, sealed: Buffer.from(sealed) })));
}

/** Takes a recovery code, if it was not taken before. */
export async function takeRecoveryCode(
  tx: Transaction,
  identityId: string,
  position: number,
  at: Date,
): Promise<boolean> {
  const rows = await tx
    .update(recoveryCodes)
    .set({ usedAt: at })
    .where(
      and(eq(recoveryCodes.identityId, identityId), eq(recoveryCodes.position, position), isNull(recoveryCodes.usedAt)),
    )
    .returning({ position: recoveryCodes.position });
  return rows.length === 1;
}

/** What is known of earlier failures in a bucket. */
export interface FailureRow extends Failures {
  readonly bucket: string;
  readonly blockedUntil: Date | null;
}

export async function findFailures(db: ReadDatabase, buckets: readonly string[]): Promise<FailureRow[]> {
  return db
    .select()
    .from(signInFailures)
    .where(inArray(signInFailures.bucket, [...buckets]));
}

export async function putFailures(tx: Transaction, row: FailureRow): Promise<void> {
  const { failures, lastAt, blockedUntil } = row;
  const facts = { failures, lastAt, blockedUntil };
  await tx.insert(signInFailures).values(row).onConflictDoUpdate({ target: signInFailures.bucket, set: facts });
}

export async function deleteFailures(tx: Transaction, bucket: string): Promise<void> {
  await tx.delete(signInFailures).where(eq(signInFailures.bucket, bucket));
}

/** How many buckets had no failure since a time. */
export async function countOldFailures(db: ReadDatabase, since: Date): Promise<number> {
  const [row] = await db.select({ count: count() }).from(signInFailures).where(lte(signInFailures.lastAt, since));
  return row?.count ?? 0;
}

/** Forgets buckets that had no failure since a time. */
export async function deleteOldFailures(tx: Transaction, since: Date): Promise<void> {
  await tx.delete(signInFailures).where(lte(signInFailures.lastAt, since));
}
