import { signedSequence } from "./certificate";
import {
  bigInteger,
  type DerPart,
  encode,
  enumerated,
  explicit,
  implicit,
  integer,
  sequence,
  unsignedInteger,
} from "./der";
import { time } from "./der-primitives";
import { EncodingError } from "./errors";
import { authorityKeyIdentifier, encodeExtension, httpUri } from "./extensions";
import { extensionOids } from "./oids";
import { type AuthoritySignatureAlgorithm, encodeSignatureAlgorithm } from "./signatures";

/** The reasons of RFC 5280 section 5.3.1 with their numbers; 7 is not used. */
export const revocationReasonCodes = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;

/** One of the reasons of RFC 5280 section 5.3.1. */
export type RevocationReason = keyof typeof revocationReasonCodes;

/** One revoked certificate. */
export interface CrlEntryInput {
  serial: Uint8Array;
  revokedAt: Date;
  reason: RevocationReason;
}

/**
 * `SEQUENCE { userCertificate, revocationDate, crlEntryExtensions OPTIONAL }` (RFC 5280 section 5.1); the reason is left
 * out when it is unspecified (section 5.3.1). Entries join by plain concatenation. @throws EncodingError for removeFromCRL.
 */
export function encodeCrlEntry(input: CrlEntryInput): Uint8Array {
  if (input.reason === "removeFromCRL") throw new EncodingError("removeFromCRL belongs in a delta CRL");
  const serial = unsignedInteger(input.serial);
  if (serial.length > 22) throw new EncodingError("a serial number has at most 20 octets");
  const parts: DerPart[] = [serial, time(input.revokedAt)];
  if (input.reason !== "unspecified") {
    const code = enumerated(revocationReasonCodes[input.reason]);
    parts.push(sequence([encodeExtension(extensionOids.reasonCode, "plain", code)]));
  }
  return encode(sequence(parts));
}

/** Which certificates a CRL speaks for: end entities only, or authorities only. */
export type CrlScope = "user" | "authority";

/** Everything a CRL holds; `entries` are encoded entries, or chunks of them, in any order. */
export interface TbsCrlInput {
  signatureAlgorithm: AuthoritySignatureAlgorithm;
  issuerName: Uint8Array;
  issuerKeyIdentifier: Uint8Array;
  thisUpdate: Date;
  nextUpdate: Date;
  number: bigint;
  entries: readonly Uint8Array[];
  distributionPoint?: { uris: readonly string[]; only?: CrlScope };
}

/**
 * `TBSCertList ::= SEQUENCE { version v2, signature, issuer, thisUpdate, nextUpdate, revokedCertificates, crlExtensions [0] }`
 * (RFC 5280 section 5.1); costs one copy of the entries. @throws EncodingError
 */
export function buildTbsCrl(input: TbsCrlInput): Uint8Array {
  const parts: DerPart[] = [
    integer(1),
    encodeSignatureAlgorithm(input.signatureAlgorithm),
    input.issuerName,
    time(input.thisUpdate),
    time(input.nextUpdate),
  ];
  const entries = sequence(input.entries);
  // The list must be absent when nothing is revoked (RFC 5280 section 5.1.2.6).
  if (entries.contentLength > 0) parts.push(entries);
  parts.push(explicit(0, [sequence(crlExtensions(input))]));
  return encode(sequence(parts));
}

function crlExtensions(input: TbsCrlInput): Uint8Array[] {
  const extensions = [
    authorityKeyIdentifier(input.issuerKeyIdentifier),
    encodeExtension(extensionOids.crlNumber, "plain", bigInteger(input.number)),
  ];
  if (input.distributionPoint !== undefined) extensions.push(issuingDistributionPoint(input.distributionPoint));
  return extensions;
}

/**
 * `SEQUENCE { distributionPoint [0], onlyContainsUserCerts [1], onlyContainsCACerts [2] }`, critical (RFC 5280 section
 * 5.2.5). @throws EncodingError when it would say nothing.
 */
function issuingDistributionPoint(point: { uris: readonly string[]; only?: CrlScope }): Uint8Array {
  const parts: DerPart[] = [];
  if (point.uris.length > 0) parts.push(explicit(0, [explicit(0, point.uris.map(httpUri))]));
  if (point.only === "user") parts.push(implicit(1, Uint8Array.of(0xff)));
  if (point.only === "authority") parts.push(implicit(2, Uint8Array.of(0xff)));
  if (parts.length === 0) throw new EncodingError("an issuing distribution point needs a URI or a scope");
  return encodeExtension(extensionOids.issuingDistributionPoint, "critical", sequence(parts));
}

/** `CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signature BIT STRING }` (RFC 5280 section 5.1). */
export function assembleCrl(
  tbs: Uint8Array,
  signatureAlgorithm: AuthoritySignatureAlgorithm,
  signature: Uint8Array,
): Uint8Array {
  return encode(signedSequence(tbs, encodeSignatureAlgorithm(signatureAlgorithm), signature));
}
