import type { CertificateRequest } from "@/server/engines/x509/request";
import { type Context, type ReadDatabase, withActor } from "@/server/kernel/context";
import { DomainError, Forbidden } from "@/server/kernel/errors";
import { authorize, commit, type Permit } from "@/server/kernel/permit";
import { spendRefusal } from "@/server/kernel/refusals";
import type { EnrollInput, MachineCertificate } from "./machine-contract";
import { IdentityNotActive, JoinTokenRefused, RequestRefused } from "./errors";
import { type Ground, groundOf } from "./ground";
import { hashOfToken, whyMakerIsNotActive } from "./join-tokens";
import { assertNotOurName } from "./listener-names";
import { consumeJoinToken, findJoinTokenByHash, type PresentedToken, stateOfJoinToken } from "./join-token-store";
import { auditDetailOf, draftLeaf, judgeWish, machineCertificateOf, requestedNames, signLeaf, type Wish } from "./leaf";
import { readRequest, refuse } from "./possession";
import { insertCertificate, type NewCertificate } from "./store";

/**
 * Gives a machine its first certificate for a join token, which is consumed in the same commit: of any number that
 * try with one token, one gets a certificate. A request that is refused leaves the token as it was.
 *
 * @throws {TooManyRefusals} in place of every other refusal, once the caller's network had too many of them.
 * @throws {JoinTokenRefused} @throws {RequestUnreadable} @throws {ProofOfPossessionFailed} @throws {RequestRefused}
 */
export async function enroll(ctx: Context, input: EnrollInput): Promise<MachineCertificate> {
  const token = findJoinTokenByHash(ctx.read, hashOfToken(input.token));
  if (!token) return refuseStranger(ctx);
  const joining = withActor(ctx, { ...ctx.actor, provedBy: ["join_token"] });
  const permit = await authorize(joining, "identity.enroll", {
    ...{ type: "Identity", id: "*", name: token.name, kind: token.kind },
  });

  try {
    return await enrollWith(joining, permit, token, input.csr);
  } catch (error) {
    if (error instanceof DomainError) await recordRefusal(joining, permit, token, error);
    throw error;
  }
}

async function enrollWith(
  ctx: Context,
  permit: Permit,
  token: PresentedToken,
  csr: string,
): Promise<MachineCertificate> {
  const state = stateOfJoinToken(token, ctx.now());
  if (state !== "open") throw new JoinTokenRefused(state);
  await assertMakerActive(ctx, ctx.read, token);
  const request = readRequest(csr);
  const ground = await groundOf(ctx, token.profile_id);
  assertNotOurName(ctx, token.kind, token.name, ground.trustDomain);
  const wish = wishOf(ctx, ground, token, request);
  const findings = judgeWish(ground, wish);
  if (findings.length > 0) return refuse(request, new RequestRefused(findings));

  const certificate = await signLeaf(ctx, ground, draftLeaf(ctx, ground, wish), request);
  await keep(ctx, permit, token, ground, certificate);
  return machineCertificateOf(ground, certificate);
}

function keep(
  ctx: Context,
  permit: Permit,
  token: PresentedToken,
  ground: Ground,
  certificate: NewCertificate,
): Promise<void> {
  const { kind, name } = token;
  const at = ctx.now();
  const newIdentityId = ctx.newId("idn");
  const from = ctx.origin.address;

  return commit(permit, async (tx) => {
    await assertMakerActive(ctx, tx, token);
    const bearer = await ctx.ensureIdentity(tx, { kind, name, id: newIdentityId, at });
    if (bearer.state !== "active") throw new IdentityNotActive(kind, name, bearer.state);
    const by = { by: token.created_by, byName: token.created_by_name };
    const object = insertCertificate(tx, certificate, { identityId: bearer.id, at, ...by, from, renews: null });
    if (!consumeJoinToken(tx, token.id, { at, from, serial: certificate.serial })) {
      throw new JoinTokenRefused("no longer open");
    }
    const used = { kind: "join_token.used", object: { type: "JoinToken", id: token.id, name } };
    const created = {
      kind: "identity.created",
      object: { type: "Identity", id: bearer.id, name },
      detail: { kind, name },
    };
    return {
      value: undefined,
      event: {
        kind: "certificate.issued",
        object,
        detail: { ...auditDetailOf(ground, certificate), joinToken: token.id, vouchedFor: token.created_by },
      },
      also: bearer.id === newIdentityId ? [created, used] : [used],
    };
  });
}

function wishOf(ctx: Context, ground: Ground, token: PresentedToken, request: CertificateRequest): Wish {
  return {
    bearer: { kind: token.kind, name: token.name, trustDomain: ground.trustDomain },
    publicKey: request.publicKey,
    names: requestedNames(request, []),
    hours: ground.profile.rules.defaultHours,
    vouching: { ownNamesOnly: true, address: ctx.origin.address },
  };
}

async function assertMakerActive(ctx: Context, db: ReadDatabase, token: PresentedToken): Promise<void> {
  const why = await whyMakerIsNotActive(ctx, db, token);
  if (why !== null) throw new JoinTokenRefused(why);
}

/** A token that nobody made: the refusal is in the audit log, without a word of what was tried. */
async function refuseStranger(ctx: Context): Promise<never> {
  const stranger = { type: "Identity", id: "*", name: "unknown join token" } as const;
  const refusal = new JoinTokenRefused("unknown");
  const permit = await authorize(ctx, "identity.enroll", stranger).catch((error: unknown) => {
    if (error instanceof Forbidden) throw refusal;
    throw error;
  });
  spendRefusal(ctx);
  const { code, because } = refusal;
  await commit(permit, async () => ({
    value: undefined,
    event: { kind: "enrollment.refused", outcome: "refused", detail: { code, because } },
  }));
  throw refusal;
}

async function recordRefusal(ctx: Context, permit: Permit, token: PresentedToken, error: DomainError): Promise<void> {
  spendRefusal(ctx);
  const { kind, name } = token;
  const because = error instanceof JoinTokenRefused ? { because: error.because } : {};
  await commit(permit, async () => ({
    value: undefined,
    event: {
      kind: "enrollment.refused",
      outcome: "refused",
      object: { type: "JoinToken", id: token.id, name },
      detail: { code: error.code, message: error.message, kind, name, ...because },
    },
  }));
}
