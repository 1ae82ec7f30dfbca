import type { z } from "zod";
import type { Context, ReadDatabase, Transaction } from "@/server/kernel/context";
import { authorize, commit, type Permit, type Written } from "@/server/kernel/permit";
import type { SignInInput } from "./contract";
import { findPassword, type PasswordRow, putPassword } from "./credential-store";
import { deviceOf, makeDevice } from "./device";
import { deviceWords } from "./device-words";
import { PasswordRefused, SetupUnfinished, SignInRefused, SignInSlowed } from "./errors";
import { hashPassword, verifyPassword } from "./password";
import { passwordProblem } from "./password-rules";
import { type FittingCode, findFittingCode, takeCode } from "./second-factor";
import { makeSession } from "./session";
import { insertSession } from "./session-store";
import {
  accountBucket,
  addressBuckets,
  type Bucket,
  countFailure,
  deviceBucket,
  forgetFailures,
  waitOf,
} from "./slowdown";
import { findIdentityRow, findIdentityRowByEmail, findOrganisation, type IdentityRow } from "./store";

/** What somebody gives to sign in; `device` is what their browser kept of an earlier time. */
export type SignInRequest = z.infer<typeof SignInInput> & { readonly device?: string | undefined };

/** A session that has begun. Token and device are for the browser's cookies alone. */
export interface SignedIn {
  readonly status: "signed_in";
  readonly token: string;
  readonly device: string;
  readonly expiresAt: Date;
  readonly secondFactorMissing: boolean;
}

/** Signed in, or what is still needed; then the same is sent again with it. */
export type SignInOutcome = SignedIn | { readonly status: "needs_code" } | { readonly status: "needs_new_password" };

/**
 * Proves who somebody is by password, and by a code where there is a second factor, and begins a session.
 *
 * Whether the account exists is told by nothing: one argon2 verification and one refusal entry come of every wrong
 * attempt, counted under the address that was typed. Strangers' failures slow strangers; a browser that signed in
 * before is counted by itself (OWASP device cookies), so that nobody is locked out by others.
 *
 * @throws {SignInRefused} @throws {SignInSlowed} @throws {PasswordRefused} @throws {SetupUnfinished}
 */
export async function signIn(ctx: Context, input: SignInRequest): Promise<SignInOutcome> {
  const permit = await authorize(ctx, "session.create", { type: "Session", id: "*" });
  if (!(await findOrganisation(ctx.read))) throw new SetupUnfinished();
  const attempt = await beginAttempt(ctx, permit, input);

  const matches = await verifyPassword(attempt.password?.hash, input.password);
  const { account, password } = attempt;
  if (!account || !password) return refuse(attempt, "unknown_account");
  if (!matches) return refuse(attempt, "wrong_password");
  if (account.state !== "active") return refuse(attempt, "closed_account");
  await assertNotSlowed(attempt, ctx.read);

  if (account.hasTotp && input.code === undefined) return { status: "needs_code" };
  const code = input.code === undefined ? undefined : await findFittingCode(ctx, account.id, input.code);
  if (account.hasTotp && !code) return refuse(attempt, "wrong_code");
  if (password.mustChange && input.newPassword === undefined) return { status: "needs_new_password" };

  const replacement = password.mustChange ? await replacementOf(ctx, account, input) : undefined;
  return begin(attempt, account, code, replacement);
}

interface Attempt {
  readonly ctx: Context;
  readonly permit: Permit;
  readonly account: IdentityRow | undefined;
  readonly password: PasswordRow | undefined;
  readonly isKnownDevice: boolean;
  readonly buckets: readonly Bucket[];
}

async function beginAttempt(ctx: Context, permit: Permit, input: SignInRequest): Promise<Attempt> {
  const account = await findIdentityRowByEmail(ctx.read, input.email);
  const password = await findPassword(ctx.read, account?.id ?? "nobody");
  const device = deviceOf(ctx, account?.id ?? "nobody", input.device);
  const buckets = device ? [deviceBucket(ctx, device)] : [accountBucket(ctx, input.email), ...addressBuckets(ctx)];

  const attempt = { ctx, permit, account, password, isKnownDevice: device !== undefined, buckets };
  await assertNotSlowed(attempt, ctx.read);
  return attempt;
}

/**
 * A right password that was sent together with too many wrong ones is slowed like them, before anything is answered that
 * no wrong one gets. @throws {SignInSlowed}
 */
async function assertNotSlowed({ ctx, buckets }: Attempt, db: ReadDatabase): Promise<void> {
  const wait = await waitOf(db, buckets, ctx.now());
  if (wait > 0) throw new SignInSlowed(wait);
}

async function replacementOf(ctx: Context, account: IdentityRow, input: SignInRequest): Promise<PasswordRow> {
  const next = input.newPassword ?? "";
  const organisation = await findOrganisation(ctx.read);
  const problem = passwordProblem(next, {
    email: input.email,
    displayName: account.displayName,
    organisation: organisation?.name,
    previous: input.password,
  });
  if (problem) throw new PasswordRefused(problem.problem, problem.message);
  return { hash: await hashPassword(next, ctx.random(16)), changedAt: ctx.now(), mustChange: false };
}

type Refusal = "unknown_account" | "wrong_password" | "closed_account" | "wrong_code" | "used_code";

async function refuse(attempt: Attempt, reason: Refusal): Promise<never> {
  await commit(attempt.permit, (tx) => writeRefusal(tx, attempt, reason));
  throw new SignInRefused();
}

interface Refused {
  readonly status: "refused";
}

/**
 * Counts a wrong attempt. One that came too late in a row of them is slowed, as a right one in its place would be, and
 * leaves no entry: they could be sent by the thousand.
 *
 * @throws {SignInSlowed}
 */
async function writeRefusal(tx: Transaction, attempt: Attempt, reason: Refusal): Promise<Written<Refused>> {
  const { account, buckets, ctx } = attempt;
  await assertNotSlowed(attempt, tx);
  const nextAttemptAfterSeconds = (await countFailure(tx, buckets, ctx.now())) / 1000;
  const detail = { reason, nextAttemptAfterSeconds };
  return {
    value: { status: "refused" },
    event: { kind: "sign_in.refused", outcome: "refused", object: objectOf(account), detail },
  };
}

function objectOf(account: IdentityRow | undefined) {
  return account
    ? { type: "Identity", id: account.id, name: account.displayName }
    : { type: "Identity", id: "unknown" };
}

/**
 * Inside the commit everything that may have changed meanwhile is asked again, and guesses that were sent together are
 * in a row here: a right one that comes after too many wrong ones is slowed like them.
 */
async function begin(
  attempt: Attempt,
  account: IdentityRow,
  code: FittingCode | undefined,
  replacement: PasswordRow | undefined,
): Promise<SignedIn> {
  const { ctx, permit, buckets } = attempt;
  const session = makeSession(ctx, {
    identityId: account.id,
    provedBy: code ? ["password", code.proof] : ["password"],
    isKnownDevice: attempt.isKnownDevice,
  });
  const object = objectOf(account);

  const begun = await commit<SignedIn | Refused>(permit, async (tx) => {
    await assertNotSlowed(attempt, tx);
    const now = await findIdentityRow(tx, account.id);
    if (now?.state !== "active") return writeRefusal(tx, attempt, "closed_account");
    const isSamePassword = (await findPassword(tx, account.id))?.hash === attempt.password?.hash;
    if (!isSamePassword) return writeRefusal(tx, attempt, "wrong_password");
    if (now.hasTotp && !code) return writeRefusal(tx, attempt, "wrong_code");
    if (code && !(await takeCode(tx, account.id, code, ctx.now()))) {
      return writeRefusal(tx, attempt, "used_code");
    }
    await forgetFailures(tx, buckets);
    if (replacement) await putPassword(tx, account.id, replacement);
    await insertSession(tx, session.row);
    await ctx.noteIdentitySeen(tx, account.id, session.row.createdAt, ctx.origin.address);

    const { id: sessionId, provedBy, userAgent, expiresAt } = session.row;
    const detail = { sessionId, provedBy, device: deviceWords(userAgent), isKnownDevice: attempt.isKnownDevice };
    return {
      value: {
        status: "signed_in",
        token: session.token,
        device: makeDevice(ctx, account.id),
        expiresAt,
        secondFactorMissing: !account.hasTotp,
      },
      event: { kind: "session.started", object, detail },
      also: [
        ...(replacement
          ? [{ kind: "password.changed", object, detail: { because: "it was a one-time password" } }]
          : []),
        ...(code?.proof === "recovery_code" ? [{ kind: "recovery_code.used", object }] : []),
      ],
    };
  });
  if (begun.status === "refused") throw new SignInRefused();
  return begun;
}
