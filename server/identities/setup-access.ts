import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Context, ReadDatabase } from "@/server/kernel/context";
import { SetupAlreadyDone, SetupNotClaimed } from "./errors";
import { bareCode } from "./model";
import { findSetup, type SetupRow } from "./setup-store";
import { findOrganisation } from "./store";

/** @throws {SetupAlreadyDone} when the console is set up. */
export async function assertNotSetUp(db: ReadDatabase): Promise<void> {
  if (await findOrganisation(db)) throw new SetupAlreadyDone();
}

/**
 * The setup as the browser that gave the code may go on with it.
 *
 * @throws {SetupAlreadyDone} @throws {SetupNotClaimed} when another browser, or none, gave the code.
 */
export async function getHeldSetup(db: ReadDatabase, holder: string | undefined): Promise<SetupRow> {
  await assertNotSetUp(db);
  const row = await findSetup(db);
  if (!row || !isHolder(row, holder)) throw new SetupNotClaimed();
  return row;
}

/** Whether this is the value that `claimSetup` gave to a browser. */
export function isHolder(row: SetupRow, holder: string | undefined): boolean {
  if (row.holderHash === null || holder === undefined) return false;
  return timingSafeEqual(hashHolder(holder), row.holderHash);
}

/** What is kept of the value in the setup cookie. */
export function hashHolder(holder: string): Buffer {
  return createHash("sha256").update(holder).digest();
}

/** What is kept of a setup code. Keyed, because a code has but 60 bits. */
export function hashSetupCode(ctx: Context, code: string): Buffer {
  return createHmac("sha256", ctx.deriveSecret("setup code")).update(bareCode(code)).digest();
}
