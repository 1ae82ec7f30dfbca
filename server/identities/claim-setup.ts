import { timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { ClaimSetupInput, SetupState } from "./contract";
import { SetupCodeRefused, SetupSlowed } from "./errors";
import { FREE_FAILURES, waitAfter } from "./model";
import { describeSetup } from "./read-setup";
import { assertNotSetUp, hashHolder, hashSetupCode } from "./setup-access";
import { findSetup, type SetupRow, updateSetup } from "./setup-store";

/** Longest wait between guesses: a stranger must not keep the owner out, who can restart for a new code anyway. */
const LONGEST_WAIT_MS = 60_000;

/** The setup, and what the browser keeps to go on with it. */
export interface ClaimedSetup {
  readonly state: SetupState;
  /** 256 random bits for the browser's cookie; only their SHA-256 is kept. */
  readonly holder: string;
}

type Claim = "claimed" | "refused";

/**
 * Gives the code from the terminal, and with it the setup to this browser; whoever held it before no longer does.
 *
 * @throws {SetupCodeRefused} @throws {SetupSlowed} @throws {SetupAlreadyDone}
 */
export async function claimSetup(ctx: Context, input: z.infer<typeof ClaimSetupInput>): Promise<ClaimedSetup> {
  const permit = await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
  const given = hashSetupCode(ctx, input.code);
  const holder = Buffer.from(ctx.random(32)).toString("base64url");

  const claim = await commit<Claim>(permit, async (tx) => {
    await assertNotSetUp(tx);
    const row = await findSetup(tx);
    const now = ctx.now();
    assertNotSlowed(row, now);
    if (!row || !timingSafeEqual(given, row.codeHash)) {
      const failures = (row?.failures ?? 0) + 1;
      const pause = Math.min(waitAfter(failures, FREE_FAILURES), LONGEST_WAIT_MS);
      await updateSetup(tx, { failures, blockedUntil: pause > 0 ? new Date(now.getTime() + pause) : null });
      return { value: "refused", event: WRONG_CODE };
    }
    const spent = Buffer.from(ctx.random(32));
    await updateSetup(tx, { codeHash: spent, holderHash: hashHolder(holder), failures: 0, blockedUntil: null });
    const detail = { tookOver: row.holderHash !== null };
    return { value: "claimed", event: { kind: "setup.claimed", detail } };
  });

  if (claim === "refused") throw new SetupCodeRefused();
  return { holder, state: await describeSetup(ctx, ctx.read, holder) };
}

const WRONG_CODE = { kind: "setup.code_refused", outcome: "refused", detail: { reason: "wrong_code" } } as const;

/** A slowed guess is not looked at and leaves no entry, so that none can fill the log. @throws {SetupSlowed} */
function assertNotSlowed(row: SetupRow | undefined, now: Date): void {
  const wait = (row?.blockedUntil?.getTime() ?? 0) - now.getTime();
  if (wait > 0) throw new SetupSlowed(wait);
}
