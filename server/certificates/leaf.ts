import { assembleCertificate, buildLeafTbs } from "@/server/engines/x509/certificate";
import { formatGeneralName, type GeneralName } from "@/server/engines/x509/general-names";
import { keyIdentifier, type PublicKeyInfo } from "@/server/engines/x509/keys";
import { lintTbsCertificate } from "@/server/engines/x509/lint";
import { formatName, type NameAttribute } from "@/server/engines/x509/names";
import type { CertificateRequest } from "@/server/engines/x509/request";
import type { Context } from "@/server/kernel/context";
import type { Finding } from "./contract";
import type { MachineCertificate } from "./machine-contract";
import { certificatePem, hexOf, sha256, sha256Hex } from "./digest";
import { LintFailed, ProofOfPossessionFailed } from "./errors";
import type { Ground } from "./ground";
import { commonNameOf, type Lifetime, lifetimeOf, spiffeIdOf } from "./model";
import { type Bearer, distinctNames, judgeNames, namesFor, normalName, type Vouching } from "./name-model";
import { possessionOf } from "./possession";
import type { NewCertificate } from "./store";

/** What is asked of a profile, for whom. */
export interface Wish {
  readonly bearer: Bearer;
  readonly publicKey: PublicKeyInfo;
  /** Names that were asked for, from wherever; the SPIFFE ID comes by itself. */
  readonly names: readonly GeneralName[];
  readonly hours: number;
  readonly vouching: Vouching;
}

/** Judges a wish against a profile: names, key and lifetime. No finding means that it may be signed. */
export function judgeWish(ground: Ground, wish: Wish): Finding[] {
  const { rules } = ground.profile;
  const findings = judgeNames(rules, wish.bearer, wish.names, wish.vouching);
  const key = wish.publicKey.algorithm;
  if (!rules.keyTypes.includes(key)) {
    findings.push({
      code: "key.type",
      rule: null,
      about: key,
      message: `a ${key} key, and the profile takes ${rules.keyTypes.join(", ")}`,
    });
  }
  if (wish.hours > rules.longestHours) {
    findings.push({
      code: "validity.too_long",
      rule: null,
      about: `${wish.hours} h`,
      message: `${wish.hours} h requested, but the profile allows ${rules.longestHours} h`,
    });
  }
  return findings;
}

/** Every name that a request and a form ask for, without repetitions. */
export function requestedNames(request: CertificateRequest, typed: readonly GeneralName[]): GeneralName[] {
  return distinctNames([...request.requestedSans.map(normalName), ...typed]);
}

/** The common name of a request's subject. */
export function commonNameIn(request: CertificateRequest): string | null {
  return request.subjectAttributes.find((attribute) => attribute.type === "CN")?.value ?? null;
}

/** A finished certificate before its signature. */
export interface Draft {
  readonly tbs: Uint8Array;
  readonly life: Lifetime;
  readonly facts: Omit<NewCertificate, "fingerprint" | "der">;
}

/**
 * Finishes what would be signed, and lints it: the same for a preview and for the real thing.
 *
 * @throws {LintFailed} when it breaks a rule of RFC 5280, which is a fault of ours.
 */
export function draftLeaf(ctx: Context, ground: Ground, wish: Wish): Draft {
  const { bearer, publicKey } = wish;
  const { signer, profile } = ground;
  const serial = ctx.random(16);
  const life = lifetimeOf(ctx.now(), wish.hours, signer.notAfter);
  const subject = subjectOf(ground, bearer);
  const names = namesFor(profile.rules, bearer, wish.names);
  const tbs = buildLeafTbs(ground.template, {
    serial,
    subject,
    names,
    publicKey,
    subjectKeyIdentifier: keyIdentifier(publicKey, sha256),
    notBefore: life.notBefore,
    notAfter: life.notAfter,
  });
  const problems = lintTbsCertificate(tbs, signer.issuer);
  if (problems.length > 0) throw new LintFailed(problems);
  return {
    tbs,
    life,
    facts: {
      notBefore: life.notBefore,
      notAfter: life.notAfter,
      renewAfter: life.renewAfter,
      serial: hexOf(serial),
      authorityId: signer.row.id,
      profileId: profile.id,
      kind: bearer.kind,
      name: bearer.name,
      subject: formatName(subject),
      sans: names.map(formatGeneralName),
      keyAlgorithm: publicKey.algorithm,
      keyFingerprint: sha256Hex(publicKey.spki),
    },
  };
}

/**
 * Signs a draft with the key of its authority, when the request proves possession of its own (RFC 2986, 4.2).
 *
 * @throws {ProofOfPossessionFailed}
 */
export async function signLeaf(
  ctx: Context,
  ground: Ground,
  draft: Draft,
  request: CertificateRequest,
): Promise<NewCertificate> {
  const { row, issuer } = ground.signer;
  const signature = await ctx.signOnProof(row.key_id, draft.tbs, possessionOf(request));
  if (!signature) throw new ProofOfPossessionFailed();
  const der = assembleCertificate(draft.tbs, issuer.signatureAlgorithm, signature);
  const { facts } = draft;
  return {
    serial: facts.serial,
    authorityId: facts.authorityId,
    profileId: facts.profileId,
    kind: facts.kind,
    name: facts.name,
    subject: facts.subject,
    sans: facts.sans,
    keyAlgorithm: facts.keyAlgorithm,
    fingerprint: sha256Hex(der),
    keyFingerprint: facts.keyFingerprint,
    notBefore: facts.notBefore,
    notAfter: facts.notAfter,
    renewAfter: facts.renewAfter,
    der,
  };
}

/** A signed certificate as machines get it, with its intermediates. */
export function machineCertificateOf(ground: Ground, certificate: NewCertificate): MachineCertificate {
  const { kind, name, serial, notBefore, notAfter, renewAfter } = certificate;
  return {
    certificate: certificatePem(certificate.der),
    chain: ground.signer.pem,
    spiffeId: spiffeIdOf(ground.trustDomain, kind, name),
    ...{ kind, name, serial, notBefore, notAfter, renewAfter },
  };
}

/** What the audit log says about a certificate. */
export function auditDetailOf(ground: Ground, certificate: NewCertificate): Record<string, unknown> {
  return {
    serial: certificate.serial,
    name: certificate.name,
    kind: certificate.kind,
    profile: ground.profile.name,
    issuer: ground.signer.row.slug,
    sans: certificate.sans,
    keyAlgorithm: certificate.keyAlgorithm,
    fingerprint: certificate.fingerprint,
    notAfter: certificate.notAfter.toISOString(),
  };
}

function subjectOf(ground: Ground, bearer: Bearer): NameAttribute[] {
  const commonName = commonNameOf(bearer.kind, bearer.name, ground.trustDomain);
  const organisation: NameAttribute[] =
    ground.organisation.length <= 64 ? [{ type: "O", value: ground.organisation }] : [];
  return commonName === null ? organisation : [...organisation, { type: "CN", value: commonName }];
}
