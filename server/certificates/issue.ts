import type { Context } from "@/server/kernel/context";
import { authorize, commit, type Permit } from "@/server/kernel/permit";
import type { IssueCertificateInput, IssuedCertificate } from "./contract";
import { certificatePem } from "./digest";
import { IdentityNotActive, PersonUnknown, RequestRefused } from "./errors";
import { assertNotOurName } from "./listener-names";
import { auditDetailOf, draftLeaf, signLeaf } from "./leaf";
import { spiffeIdOf, statusOf } from "./model";
import { type IssuePlan, planIssue } from "./plan-issue";
import { refuse } from "./possession";
import { insertCertificate, type Issuance, type NewCertificate } from "./store";

/**
 * Issues a certificate for a request, to an identity that exists or, for machines, is made with it.
 *
 * @throws {RequestUnreadable} @throws {ProofOfPossessionFailed} @throws {RequestRefused} @throws {IdentityNotActive}
 * @throws {LintFailed}
 */
export async function issueCertificate(ctx: Context, input: IssueCertificateInput): Promise<IssuedCertificate> {
  await refuseStrangers(ctx);
  const plan = await planIssue(ctx, input);
  const permit = await authorizeIssue(ctx, plan);
  const { ground, request, wish, identity } = plan;
  if (!wish || plan.findings.length > 0) return refuse(request, new RequestRefused(plan.findings));
  const { kind, name } = wish.bearer;
  if (!identity) await ctx.assertMachineName(ctx.read, kind, name);
  assertNotOurName(ctx, kind, name, ground.trustDomain);
  if (identity && identity.state !== "active") {
    return refuse(request, new IdentityNotActive(kind, name, identity.state));
  }

  const certificate = await signLeaf(ctx, ground, draftLeaf(ctx, ground, wish), request);
  const newIdentityId = identity?.id ?? ctx.newId("idn");
  const at = ctx.now();

  return commit(permit, async (tx) => {
    const bearer = await ctx.ensureIdentity(tx, { kind, name, id: newIdentityId, at });
    if (bearer.state !== "active") throw new IdentityNotActive(kind, name, bearer.state);
    const { id: by, name: byName } = ctx.actor;
    const issuance = { identityId: bearer.id, at, by, byName, from: ctx.origin.address, renews: null };
    const object = insertCertificate(tx, certificate, issuance);
    return {
      value: issuedOf(plan, certificate, issuance),
      event: {
        kind: "certificate.issued",
        object,
        detail: auditDetailOf(ground, certificate),
      },
      also:
        !identity && bearer.id === newIdentityId
          ? [{ kind: "identity.created", object: { type: "Identity", id: bearer.id, name }, detail: { kind, name } }]
          : [],
    };
  });
}

/** Whoever has not proved who they are is refused before their request costs anything or tells them what there is. */
export async function refuseStrangers(ctx: Context): Promise<void> {
  if (ctx.actor.kind === "anonymous") await authorize(ctx, "certificate.issue", { type: "Certificate", id: "*" });
}

/** Asks for permission to issue and, where the identity is new, to create it. */
export async function authorizeIssue(ctx: Context, { ground, wish, identity }: IssuePlan): Promise<Permit> {
  const { kind } = ground.profile;
  const name = wish?.bearer.name;
  const teamId = identity?.teamId ?? null;
  const ownerId = identity?.id ?? null;
  const permit = await authorize(ctx, "certificate.issue", {
    type: "Certificate",
    id: "*",
    name,
    kind,
    teamId,
    ownerId,
  });
  if (identity || !wish) return permit;
  await authorize(ctx, "identity.create", { type: "Identity", id: "*", name, kind, teamId: null });
  if (kind === "user") throw new PersonUnknown(wish.bearer.name);
  return permit;
}

/** Every field by name: this is made for each certificate, and copying by rest and spread took longer than its SQL. */
function issuedOf({ ground }: IssuePlan, certificate: NewCertificate, issuance: Issuance): IssuedCertificate {
  const { signer, profile } = ground;
  const { serial, kind, name, notBefore, notAfter, renewAfter } = certificate;
  return {
    serial,
    name,
    kind,
    identityId: issuance.identityId,
    profile: { id: profile.id, name: profile.name },
    authority: profile.authority,
    subject: certificate.subject,
    sans: [...certificate.sans],
    keyAlgorithm: certificate.keyAlgorithm,
    fingerprint: certificate.fingerprint,
    keyFingerprint: certificate.keyFingerprint,
    notBefore,
    notAfter,
    renewAfter,
    issuedAt: issuance.at,
    issuedBy: issuance.by,
    issuedByName: issuance.byName,
    issuedFrom: issuance.from,
    renews: issuance.renews,
    renewedBy: null,
    renewedAt: null,
    revokedAt: null,
    revocationReason: null,
    lastSeenAt: null,
    lastSeenAddress: null,
    status: statusOf({ notAfter, renewAfter, renewedBy: null, revokedAt: null }, issuance.at),
    spiffeId: spiffeIdOf(ground.trustDomain, kind, name),
    certificatePem: certificatePem(certificate.der),
    chainPem: signer.pem,
  };
}
