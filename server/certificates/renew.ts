import { formatGeneralName, parseGeneralName } from "@/server/engines/x509/general-names";
import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import type { CertificateRequest } from "@/server/engines/x509/request";
import type { Context, ReadDatabase } from "@/server/kernel/context";
import { DomainError, Unauthenticated } from "@/server/kernel/errors";
import { authorize, commit, type Permit } from "@/server/kernel/permit";
import { clearRenewalFailure, recordRenewalFailure } from "./alert-store";
import type { MachineCertificate, RenewInput } from "./machine-contract";
import { sha256Hex } from "./digest";
import { CertificateNotAccepted, CredentialReused, IdentityNotActive, RenewalRefused, RequestRefused } from "./errors";
import { type Ground, groundOf } from "./ground";
import { auditDetailOf, draftLeaf, judgeWish, machineCertificateOf, signLeaf, type Wish } from "./leaf";
import { hoursOf, renewalOpensAt, RETRY_MS, spiffeIdOf } from "./model";
import { normalName } from "./name-model";
import { assertPossession, readRequest, refuse } from "./possession";
import { stopAfterReuse } from "./reuse";
import { certificateBySerial, certificateResource } from "./revoke";
import { type CertificateRow, findCertificate, findEncoding, insertCertificate, markRenewed } from "./store";

/**
 * Renews the certificate that the caller came with, for the same names and the same lifetime, inside the window of its
 * profile. A retry with the same key within five minutes gets the certificate that it already got. Any other second
 * renewal means that two hold the key: what came of it is revoked, the identity is locked, an alert is raised, nothing is
 * issued.
 *
 * @throws {Unauthenticated} @throws {CertificateNotAccepted} @throws {IdentityNotActive} @throws {RequestUnreadable}
 * @throws {ProofOfPossessionFailed} @throws {RenewalRefused} @throws {RequestRefused} @throws {CredentialReused}
 */
export async function renew(ctx: Context, input: RenewInput): Promise<MachineCertificate> {
  const { certificateSerial } = ctx.actor;
  if (!certificateSerial) throw new Unauthenticated("come with the client certificate that is to be renewed");
  const row = certificateBySerial(ctx, certificateSerial);
  const permit = await authorize(ctx, "certificate.renew", await certificateResource(ctx, row));

  try {
    return await renewUnder(ctx, permit, row, input.csr);
  } catch (error) {
    if (error instanceof DomainError && !(error instanceof CredentialReused))
      await recordFailure(ctx, permit, row, error);
    throw error;
  }
}

async function renewUnder(ctx: Context, permit: Permit, row: CertificateRow, csr: string): Promise<MachineCertificate> {
  await assertInForce(ctx, row);
  const request = readRequest(csr);
  const ground = await groundOf(ctx, row.profile_id);
  if (row.renewed_by !== null) {
    await assertPossession(request);
    return answerAgain(ctx, permit, row, ground, request);
  }

  assertWindowOpen(ctx, ground, row);
  const wish = wishOf(ground, row, request);
  const findings = judgeWish(ground, wish);
  if (findings.length > 0) return refuse(request, new RequestRefused(findings));

  const certificate = await signLeaf(ctx, ground, draftLeaf(ctx, ground, wish), request);
  const { id: by, name: byName } = ctx.actor;
  const at = ctx.now();
  const isFirst = await commit(permit, async (tx) => {
    await assertBearerActive(ctx, tx, row);
    if (!markRenewed(tx, row.serial, certificate.serial, at)) throw new RenewedMeanwhile();
    const from = ctx.origin.address;
    const issuance = { identityId: row.identity_id, at, by, byName, from, renews: row.serial };
    const object = insertCertificate(tx, certificate, issuance);
    clearRenewalFailure(tx, row.serial);
    return {
      value: true,
      event: {
        kind: "certificate.renewed",
        object,
        detail: { ...auditDetailOf(ground, certificate), renews: row.serial },
      },
    };
  }).catch((error: unknown) => {
    if (error instanceof RenewedMeanwhile) return false;
    throw error;
  });
  if (isFirst) return machineCertificateOf(ground, certificate);
  return answerAgain(ctx, permit, certificateBySerial(ctx, row.serial), ground, request);
}

/** Another renewal of the same certificate was committed first. Undoes this one; never leaves this file. */
class RenewedMeanwhile extends Error {}

/** The second renewal from one certificate: the same answer for an honest retry, the end for everybody else. */
async function answerAgain(
  ctx: Context,
  permit: Permit,
  row: CertificateRow,
  ground: Ground,
  request: CertificateRequest,
): Promise<MachineCertificate> {
  await assertInForce(ctx, row);
  const successor = row.renewed_by === null ? undefined : findCertificate(ctx.read, row.renewed_by);
  const der = successor && findEncoding(ctx.read, successor.serial);
  const isSameKey = successor?.key_fingerprint === sha256Hex(request.publicKey.spki);
  const isSoon = ctx.now().getTime() - (row.renewed_at ?? 0) <= RETRY_MS;
  if (successor && der && isSameKey && isSoon) {
    await assertInForce(ctx, successor);
    const { notBefore, notAfter } = parseCertificate(der);
    return machineCertificateOf(ground, {
      serial: successor.serial,
      authorityId: successor.authority_id,
      profileId: successor.profile_id,
      kind: successor.kind,
      name: successor.name,
      subject: successor.subject,
      sans: [],
      keyAlgorithm: successor.key_algorithm,
      fingerprint: successor.fingerprint,
      keyFingerprint: successor.key_fingerprint,
      renewAfter: new Date(successor.renew_after),
      ...{ notBefore, notAfter, der },
    });
  }
  throw await stopAfterReuse(ctx, permit, row);
}

async function assertInForce(ctx: Context, row: CertificateRow): Promise<void> {
  if (row.revoked_at !== null) throw new CertificateNotAccepted("certificate.revoked", "this certificate is revoked");
  if (row.not_after <= ctx.now().getTime()) {
    throw new CertificateNotAccepted("certificate.expired", "this certificate has expired");
  }
  await assertBearerActive(ctx, ctx.read, row);
}

/** Asked again inside the commit: whoever was locked meanwhile gets nothing that would count after an unlocking. */
async function assertBearerActive(ctx: Context, db: ReadDatabase, row: CertificateRow): Promise<void> {
  const identity = await ctx.findIdentity(db, row.identity_id);
  if (identity?.state !== "active") throw new IdentityNotActive(row.kind, row.name, identity?.state ?? "gone");
}

function assertWindowOpen(ctx: Context, ground: Ground, row: CertificateRow): void {
  const life = { notBefore: new Date(row.not_before), notAfter: new Date(row.not_after) };
  const opensAt = renewalOpensAt(ground.profile.rules, life);
  if (ctx.now() >= opensAt) return;
  throw new RenewalRefused("renewal.too_early", `this certificate may be renewed from ${opensAt.toISOString()}`, {
    opensAt: opensAt.toISOString(),
  });
}

/** The same bearer, names and lifetime with the new key. @throws {RenewalRefused} when the request asks for more names. */
function wishOf(ground: Ground, row: CertificateRow, request: CertificateRequest): Wish {
  const { kind, name } = row;
  const { trustDomain } = ground;
  const sans = JSON.parse(row.sans) as string[];
  const other = request.requestedSans
    .map(normalName)
    .map(formatGeneralName)
    .find((san) => !sans.includes(san));
  if (other !== undefined) {
    throw new RenewalRefused("renewal.names_differ", `a renewal is for the same names, and ${other} is a new one`, {
      name: other,
    });
  }
  const spiffe = `uri:${spiffeIdOf(trustDomain, kind, name)}`;
  return {
    bearer: { kind, name, trustDomain },
    publicKey: request.publicKey,
    names: sans.filter((san) => san !== spiffe).map(parseGeneralName),
    hours: hoursOf({ notBefore: new Date(row.not_before), notAfter: new Date(row.not_after) }),
    // Somebody vouched for these names when they were first issued.
    vouching: "person",
  };
}

async function recordFailure(ctx: Context, permit: Permit, row: CertificateRow, error: DomainError): Promise<void> {
  await commit(permit, async (tx) => {
    recordRenewalFailure(tx, row.serial, error.code, error.message, ctx.now());
    return {
      value: undefined,
      event: {
        kind: "renewal.refused",
        outcome: "refused",
        detail: { serial: row.serial, name: row.name, code: error.code, message: error.message },
      },
    };
  });
}
