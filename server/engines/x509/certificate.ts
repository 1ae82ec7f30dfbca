import { bitString, type DerPart, encode, explicit, integer, sequence, unsignedInteger } from "./der";
import { time } from "./der-primitives";
import { EncodingError } from "./errors";
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  certificatePolicies,
  crlDistributionPoints,
  type ExtendedKeyUsage,
  extendedKeyUsage,
  type KeyUsage,
  keyUsage,
  nameConstraints,
  subjectAltName,
  subjectKeyIdentifier,
} from "./extensions";
import type { GeneralName } from "./general-names";
import type { PublicKeyInfo } from "./keys";
import type { NameConstraints } from "./name-constraints";
import { encodeName, type NameAttribute } from "./names";
import { type AuthoritySignatureAlgorithm, encodeSignatureAlgorithm } from "./signatures";

/** Everything a `TBSCertificate` holds; `issuerName`, `subject`, `spki` and each extension are finished DER. */
export interface TbsCertificateInput {
  serial: Uint8Array;
  signatureAlgorithm: AuthoritySignatureAlgorithm;
  issuerName: Uint8Array;
  subject: Uint8Array;
  spki: Uint8Array;
  notBefore: Date;
  notAfter: Date;
  extensions: readonly Uint8Array[];
}

const version3 = explicit(0, [integer(2)]);

/**
 * `TBSCertificate ::= SEQUENCE { version v3, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo,
 * extensions [3] }` (RFC 5280 section 4.1). Times are cut to whole seconds. @throws EncodingError
 */
export function buildTbsCertificate(input: TbsCertificateInput): Uint8Array {
  return encode(
    sequence([
      version3,
      encodeSerial(input.serial),
      encodeSignatureAlgorithm(input.signatureAlgorithm),
      input.issuerName,
      sequence([time(input.notBefore), time(input.notAfter)]),
      input.subject,
      input.spki,
      explicit(3, [sequence(input.extensions)]),
    ]),
  );
}

/** A positive INTEGER of 64 to 159 bits, so that it never has more than 20 octets (RFC 5280 section 4.1.2.2). @throws EncodingError */
function encodeSerial(serial: Uint8Array): Uint8Array {
  const encoded = unsignedInteger(serial);
  const octets = encoded.length - 2;
  if (octets < 8 || octets > 20) throw new EncodingError("a serial number has 8 to 20 octets");
  return encoded;
}

/** What is the same in every certificate of one issuer and one profile, encoded once. */
export interface IssuanceTemplate {
  readonly signatureAlgorithm: AuthoritySignatureAlgorithm;
  readonly issuerName: Uint8Array;
  readonly leading: readonly Uint8Array[];
  readonly trailing: readonly Uint8Array[];
}

/** What a template is made of; the issuer's name is copied byte for byte into every certificate. */
export interface LeafTemplateInput {
  issuerName: Uint8Array;
  issuerKeyIdentifier: Uint8Array;
  signatureAlgorithm: AuthoritySignatureAlgorithm;
  keyUsage: readonly KeyUsage[];
  extendedKeyUsage: readonly ExtendedKeyUsage[];
  crlUrls?: readonly string[];
  caIssuersUrl?: string;
  ocspUrl?: string;
  policies?: readonly string[];
}

/** Encodes what never changes between two certificates of one issuer and profile. @throws EncodingError */
export function leafTemplate(input: LeafTemplateInput): IssuanceTemplate {
  return {
    signatureAlgorithm: input.signatureAlgorithm,
    issuerName: Uint8Array.from(input.issuerName),
    leading: [
      authorityKeyIdentifier(input.issuerKeyIdentifier),
      keyUsage(input.keyUsage),
      extendedKeyUsage(input.extendedKeyUsage),
      basicConstraints({ authority: false }),
    ],
    trailing: locations(input),
  };
}

function locations(input: Pick<LeafTemplateInput, "crlUrls" | "caIssuersUrl" | "ocspUrl" | "policies">): Uint8Array[] {
  const { crlUrls = [], policies = [], caIssuersUrl, ocspUrl } = input;
  const extensions: Uint8Array[] = [];
  if (policies.length > 0) extensions.push(certificatePolicies(policies));
  if (crlUrls.length > 0) extensions.push(crlDistributionPoints(crlUrls));
  if (caIssuersUrl !== undefined || ocspUrl !== undefined) {
    extensions.push(authorityInfoAccess({ caIssuers: caIssuersUrl, ocsp: ocspUrl }));
  }
  return extensions;
}

/** What differs between two certificates of one template. */
export interface LeafInput {
  serial: Uint8Array;
  subject: readonly NameAttribute[];
  names: readonly GeneralName[];
  publicKey: PublicKeyInfo;
  subjectKeyIdentifier: Uint8Array;
  notBefore: Date;
  notAfter: Date;
}

/** The `TBSCertificate` of an end entity. @throws EncodingError, NameRefused */
export function buildLeafTbs(template: IssuanceTemplate, input: LeafInput): Uint8Array {
  const extensions = [...template.leading, subjectKeyIdentifier(input.subjectKeyIdentifier)];
  if (input.names.length > 0) {
    extensions.push(subjectAltName(input.names, input.subject.length === 0 ? "critical" : "plain"));
  }
  extensions.push(...template.trailing);
  return buildTbsCertificate({
    serial: input.serial,
    signatureAlgorithm: template.signatureAlgorithm,
    issuerName: template.issuerName,
    subject: encodeName(input.subject),
    spki: input.publicKey.spki,
    notBefore: input.notBefore,
    notAfter: input.notAfter,
    extensions,
  });
}

/** What an authority's certificate is made of; "self" is a root, which names and identifies itself. */
export interface AuthorityInput {
  serial: Uint8Array;
  signatureAlgorithm: AuthoritySignatureAlgorithm;
  issuerName: Uint8Array | "self";
  issuerKeyIdentifier: Uint8Array | "self";
  subject: readonly NameAttribute[];
  publicKey: PublicKeyInfo;
  subjectKeyIdentifier: Uint8Array;
  notBefore: Date;
  notAfter: Date;
  pathLength: number | null;
  nameConstraints?: NameConstraints;
  extendedKeyUsage?: readonly ExtendedKeyUsage[];
  crlUrls?: readonly string[];
  caIssuersUrl?: string;
  ocspUrl?: string;
  policies?: readonly string[];
}

/** The `TBSCertificate` of a root or an issuing authority: critical cA, keyCertSign and cRLSign. @throws EncodingError, NameRefused */
export function buildAuthorityTbs(input: AuthorityInput): Uint8Array {
  const subject = encodeName(input.subject);
  const { subjectKeyIdentifier: identifier, issuerKeyIdentifier: issuerIdentifier } = input;
  const extensions = [
    authorityKeyIdentifier(issuerIdentifier === "self" ? identifier : issuerIdentifier),
    subjectKeyIdentifier(identifier),
    keyUsage(["keyCertSign", "cRLSign"]),
    basicConstraints({ authority: true, pathLength: input.pathLength }),
  ];
  if (input.extendedKeyUsage !== undefined) extensions.push(extendedKeyUsage(input.extendedKeyUsage));
  if (input.nameConstraints !== undefined) extensions.push(nameConstraints(input.nameConstraints));
  return buildTbsCertificate({
    serial: input.serial,
    signatureAlgorithm: input.signatureAlgorithm,
    issuerName: input.issuerName === "self" ? subject : input.issuerName,
    subject,
    spki: input.publicKey.spki,
    notBefore: input.notBefore,
    notAfter: input.notAfter,
    extensions: [...extensions, ...locations(input)],
  });
}

/** `SEQUENCE { tbs, signatureAlgorithm, signature BIT STRING }`; an ECDSA signature is given as DER (RFC 5280 section 4.1.1). */
export function assembleCertificate(
  tbs: Uint8Array,
  signatureAlgorithm: AuthoritySignatureAlgorithm,
  signature: Uint8Array,
): Uint8Array {
  return encode(signedSequence(tbs, encodeSignatureAlgorithm(signatureAlgorithm), signature));
}

/** The outer form that certificates, requests and CRLs share: what was signed, with what, the signature. */
export function signedSequence(tbs: Uint8Array, signatureAlgorithm: Uint8Array, signature: Uint8Array): DerPart {
  return sequence([tbs, signatureAlgorithm, bitString(signature)]);
}
