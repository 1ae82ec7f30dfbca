import type { Context, Transaction } from "@/server/kernel/context";
import { commit, type Permit } from "@/server/kernel/permit";
import { findPassword } from "./credential-store";
import { ProofRefused, ProofSlowed } from "./errors";
import type { OwnAccount } from "./own-account";
import { verifyPassword } from "./password";
import { type FittingCode, findFittingCode, takeCode } from "./second-factor";
import { countFailure, forgetFailures, proofBucket, waitOf } from "./slowdown";

/** What is asked for again before a security change. */
export interface GivenProof {
  readonly password: string;
  readonly code?: string | undefined;
}

/** How much is asked for: the password, or also a code where there is a second factor. */
export type AskedProof = "password" | "password and code";

/** A fresh proof; `take` belongs into the commit of what it proves, once. */
export interface FreshProof {
  take(tx: Transaction): Promise<void>;
}

/**
 * Asks somebody who is signed in to prove it again. Wrong ones are counted, slowed and written down like sign-ins.
 *
 * @throws {ProofRefused} @throws {ProofSlowed}
 */
export async function prove(
  ctx: Context,
  permit: Permit,
  own: OwnAccount,
  given: GivenProof,
  asked: AskedProof,
): Promise<FreshProof> {
  const { id, hasTotp } = own.identity;
  const buckets = [proofBucket(ctx, id)];
  const wait = await waitOf(ctx.read, buckets, ctx.now());
  if (wait > 0) throw new ProofSlowed(wait);

  const refuse = async (wrong: "password" | "code"): Promise<never> => {
    const waitNow = await commit(permit, async (tx) => {
      const value = await waitOf(tx, buckets, ctx.now());
      if (value === 0) await countFailure(tx, buckets, ctx.now());
      return { value, event: { kind: "proof.refused", outcome: "refused", detail: { wrong } } };
    });
    throw waitNow > 0 ? new ProofSlowed(waitNow) : new ProofRefused(wrong);
  };

  if (!(await verifyPassword(own.password.hash, given.password))) return refuse("password");
  let code: FittingCode | undefined;
  if (hasTotp && asked === "password and code") {
    code = await findFittingCode(ctx, id, given.code ?? "");
    if (!code) return refuse("code");
  }

  return {
    async take(tx) {
      const waitNow = await waitOf(tx, buckets, ctx.now());
      if (waitNow > 0) throw new ProofSlowed(waitNow);
      if ((await findPassword(tx, id))?.hash !== own.password.hash) throw new ProofRefused("password");
      if (code && !(await takeCode(tx, id, code, ctx.now()))) throw new ProofRefused("code");
      await forgetFailures(tx, buckets);
    },
  };
}
