import type { Certificate } from "./certificate-reader";
import { EncodingError } from "./errors";
import { readSubjectKeyIdentifier } from "./extension-reader";
import { type PublicKeyInfo, readPublicKey } from "./keys";
import { extensionChecks } from "./lint-extensions";
import { fieldChecks } from "./lint-fields";
import { nameChecks } from "./lint-names";
import { attempt, type CertificateView, viewCertificate } from "./lint-view";
import type { NameConstraints } from "./name-constraints";
import { extensionOids } from "./oids";
import { type AuthoritySignatureAlgorithm, authoritySignatureAlgorithm } from "./signatures";
import { readTbsCertificate } from "./tbs-reader";

/** A rule that was broken: the check, the section that it follows, and what is wrong in words. */
export interface Finding {
  id: string;
  section: string;
  message: string;
}

/** What the lint must know of the authority that will sign. */
export interface IssuerContext {
  /** The DER of the authority's own subject. */
  name: Uint8Array;
  keyIdentifier: Uint8Array;
  signatureAlgorithm: AuthoritySignatureAlgorithm;
  notBefore: Date;
  notAfter: Date;
  /** How many authorities may follow below the issuer; null is any number. */
  pathLength: number | null;
  nameConstraints: NameConstraints | null;
}

/** One named rule; `check` returns what is wrong, or null. */
export interface Check {
  id: string;
  section: string;
  requirement: string;
  applies?: (view: CertificateView) => boolean;
  check: (view: CertificateView) => string | null;
}

/** Every rule that a finished `TBSCertificate` must keep before it is signed, beside `tbs_readable`. */
export const certificateChecks: readonly Check[] = [...fieldChecks, ...extensionChecks, ...nameChecks];

/**
 * What is wrong with a finished `TBSCertificate`, read again from its bytes; an empty list means that it may be signed.
 */
export function lintTbsCertificate(tbs: Uint8Array, issuer: IssuerContext): Finding[] {
  const view = attempt(() => viewCertificate(tbs, issuer));
  if (view.value === null) return [{ id: "tbs_readable", section: "RFC 5280 4.1", message: view.problem }];
  const findings: Finding[] = [];
  for (const { id, section, applies, check } of certificateChecks) {
    if (applies !== undefined && !applies(view.value)) continue;
    const message = check(view.value);
    if (message !== null) findings.push({ id, section, message });
  }
  return findings;
}

/** The context of a parsed authority certificate. @throws EncodingError when it is not one that can sign */
export function issuerContextOf(issuer: Certificate): IssuerContext {
  const { basicConstraints, subjectKeyIdentifier } = issuer;
  if (basicConstraints === null || !basicConstraints.authority || subjectKeyIdentifier === null) {
    throw new EncodingError("the issuer's certificate is not that of an authority");
  }
  return {
    name: issuer.subject.der,
    keyIdentifier: subjectKeyIdentifier,
    signatureAlgorithm: signingAlgorithm(issuer.publicKey),
    notBefore: issuer.notBefore,
    notAfter: issuer.notAfter,
    pathLength: basicConstraints.pathLength,
    nameConstraints: issuer.nameConstraints,
  };
}

/** The context of a root, which issues itself. @throws X509Error when the TBS cannot be read or its key cannot sign */
export function selfIssuerContext(tbs: Uint8Array): IssuerContext {
  const raw = readTbsCertificate(tbs);
  const identifier = raw.extensions.find(({ oid }) => oid === extensionOids.subjectKeyIdentifier);
  return {
    name: raw.subject.encoded,
    keyIdentifier: identifier === undefined ? new Uint8Array() : readSubjectKeyIdentifier(identifier.value),
    signatureAlgorithm: signingAlgorithm(readPublicKey(raw.publicKey)),
    notBefore: raw.notBefore.date,
    notAfter: raw.notAfter.date,
    pathLength: null,
    nameConstraints: null,
  };
}

function signingAlgorithm(key: PublicKeyInfo | null): AuthoritySignatureAlgorithm {
  if (key === null || key.algorithm.startsWith("RSA"))
    throw new EncodingError("an authority's key is P-256, P-384 or Ed25519");
  return authoritySignatureAlgorithm(
    key.algorithm === "P-256" || key.algorithm === "P-384" ? key.algorithm : "Ed25519",
  );
}
