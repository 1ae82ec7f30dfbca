import { timingSafeEqual } from "node:crypto";
import type { Context, Transaction } from "@/server/kernel/context";
import { RECOVERY_CODES, type TotpOffer } from "./contract";
import {
  findTotp,
  listRecoveryCodes,
  putRecoveryCodes,
  putTotp,
  type RecoveryCodeRow,
  takeRecoveryCode,
  takeTotpStep,
} from "./credential-store";
import { SecondFactorCodeRefused, SecondFactorOfferEnded } from "./errors";
import { bareCode, base32Of, inGroups, TOTP_OFFER_MS } from "./model";
import { enrolmentOf, TOTP_SECRET_BYTES, totpStepOf } from "./totp";

/** A code that fits. It counts only once `takeCode` has taken it. */
export type FittingCode =
  | { readonly proof: "totp"; readonly step: number }
  | { readonly proof: "recovery_code"; readonly position: number };

/** The second factor that a code fits: the authenticator, or one of the recovery codes. */
export async function findFittingCode(
  ctx: Context,
  identityId: string,
  code: string,
): Promise<FittingCode | undefined> {
  const totp = await findTotp(ctx.read, identityId);
  if (!totp) return undefined;
  const step = totpStepOf(ctx.unseal(totpLabel(identityId), totp.sealed), code, ctx.now());
  if (step !== undefined) return { proof: "totp", step };

  const typed = Buffer.from(bareCode(code));
  let position: number | undefined;
  for (const row of await listRecoveryCodes(ctx.read, identityId)) {
    const kept = Buffer.from(ctx.unseal(recoveryLabel(identityId, row.position), row.sealed));
    if (kept.length === typed.length && timingSafeEqual(kept, typed)) position = row.position;
  }
  return position === undefined ? undefined : { proof: "recovery_code", position };
}

/** Takes a fitting code; false when it was taken before. Part of the commit of what it proves. */
export function takeCode(tx: Transaction, identityId: string, code: FittingCode, at: Date): Promise<boolean> {
  return code.proof === "totp"
    ? takeTotpStep(tx, identityId, code.step)
    : takeRecoveryCode(tx, identityId, code.position, at);
}

/** Recovery codes as they are shown once, and as they are kept: 80 random bits each, sealed. */
export interface MadeRecoveryCodes {
  readonly shown: string[];
  readonly kept: readonly RecoveryCodeRow[];
}

/** Makes a set of recovery codes for an identity. */
export function makeRecoveryCodes(ctx: Context, identityId: string): MadeRecoveryCodes {
  const codes = Array.from({ length: RECOVERY_CODES }, () => base32Of(ctx.random(10)));
  return {
    shown: codes.map((code) => inGroups(code)),
    kept: codes.map((code, position) => ({
      position,
      sealed: ctx.seal(recoveryLabel(identityId, position), Buffer.from(code)),
    })),
  };
}

/** Offers a new TOTP secret. Nothing is kept: the offer itself carries the secret, sealed for this identity alone. */
export function offerTotp(ctx: Context, identity: { id: string; email: string }, issuer: string): TotpOffer {
  const secret = ctx.random(TOTP_SECRET_BYTES);
  const until = Buffer.alloc(8);
  until.writeBigUInt64BE(BigInt(ctx.now().getTime() + TOTP_OFFER_MS));
  const offer = ctx.seal(offerLabel(identity.id), Buffer.concat([until, secret]));
  return { ...enrolmentOf(secret, issuer, identity.email), offer: Buffer.from(offer).toString("base64url") };
}

/** An offered secret that its first code fits, sealed as it will be kept. */
export interface ConfirmedTotp {
  readonly sealed: Uint8Array;
  readonly step: number;
}

/**
 * Checks the first code of an offered secret.
 *
 * @throws {SecondFactorOfferEnded} when the offer is old, altered or somebody else's.
 * @throws {SecondFactorCodeRefused} when the code does not fit it.
 */
export function confirmOffer(ctx: Context, identityId: string, offer: string, code: string): ConfirmedTotp {
  const secret = openOffer(ctx, identityId, offer);
  const step = totpStepOf(secret, code, ctx.now());
  if (step === undefined) throw new SecondFactorCodeRefused();
  return { sealed: ctx.seal(totpLabel(identityId), secret), step };
}

/** Puts a confirmed secret and its recovery codes in force. */
export async function keepSecondFactor(
  tx: Transaction,
  identityId: string,
  totp: ConfirmedTotp,
  codes: MadeRecoveryCodes,
  at: Date,
): Promise<void> {
  await putTotp(tx, identityId, { sealed: totp.sealed, at, lastStep: totp.step });
  await putRecoveryCodes(tx, identityId, codes.kept);
}

function openOffer(ctx: Context, identityId: string, offer: string): Uint8Array {
  const opened = unsealOrNothing(ctx, offerLabel(identityId), Buffer.from(offer, "base64url"));
  if (opened?.length !== 8 + TOTP_SECRET_BYTES) throw new SecondFactorOfferEnded();
  const until = Number(Buffer.from(opened.subarray(0, 8)).readBigUInt64BE());
  if (ctx.now().getTime() > until) throw new SecondFactorOfferEnded();
  return opened.subarray(8);
}

function unsealOrNothing(ctx: Context, label: string, sealed: Uint8Array): Uint8Array | undefined {
  try {
    return ctx.unseal(label, sealed);
  } catch {
    return undefined;
  }
}

function totpLabel(identityId: string): string {
  return `totp_secrets/${identityId}/sealed`;
}

function offerLabel(identityId: string): string {
  return `totp_secrets/${identityId}/offer`;
}

function recoveryLabel(identityId: string, position: number): string {
  return `recovery_codes/${identityId}/${position}/sealed`;
}
