import { type ParsedName, parsedName } from "./certificate-reader";
import { type CrlScope, type RevocationReason, revocationReasonCodes } from "./crl";
import { tags } from "./der";
import { type DerElement, type DerReader, readSingle } from "./der-reader";
import { type DerTime, defaultFalse, smallInteger, timeValue, unsignedMagnitude, wholeBits } from "./der-values";
import { DerError } from "./errors";
import {
  type Extension,
  readAuthorityKeyIdentifier,
  readExtensions,
  readFullName,
  sequenceValue,
} from "./extension-reader";
import { serialToHex, toHex } from "./hex";
import { extensionOids } from "./oids";
import { describeSignatureAlgorithm } from "./signatures";

/** The largest CRL that is read: 64 MB, about a million entries. */
export const crlSizeLimit = 67_108_864;

/** The parts of a `TBSCertList` as they stand (RFC 5280 section 5.1); the entries are not read. */
export interface RawTbsCrl {
  encoded: Uint8Array;
  version: number;
  signatureAlgorithm: DerElement;
  issuer: DerElement;
  thisUpdate: DerTime;
  nextUpdate: DerTime | null;
  revoked: DerElement | null;
  extensions: Extension[];
}

/** Reads a whole `TBSCertList` but for its entries. @throws DerError */
export function readTbsCrl(tbs: Uint8Array): RawTbsCrl {
  return readTbsCrlElement(readSingle(tbs, tags.sequence, crlSizeLimit));
}

function readTbsCrlElement(element: DerElement): RawTbsCrl {
  const reader = element.reader();
  const version = reader.readOptional(tags.integer);
  const signatureAlgorithm = reader.read(tags.sequence);
  const issuer = reader.read(tags.sequence);
  const thisUpdate = timeValue(reader.readAny());
  const nextTag = reader.peekTag();
  const nextUpdate = nextTag === tags.utcTime || nextTag === tags.generalizedTime ? timeValue(reader.readAny()) : null;
  const revoked = reader.readOptional(tags.sequence);
  const wrapper = reader.readOptional(0xa0);
  reader.finish();
  return {
    encoded: element.encoded,
    version: version === null ? 1 : smallInteger(version) + 1,
    signatureAlgorithm,
    issuer,
    thisUpdate,
    nextUpdate,
    revoked,
    extensions: wrapper === null ? [] : readWrapped(wrapper),
  };
}

function readWrapped(wrapper: DerElement): Extension[] {
  const reader = wrapper.reader();
  const extensions = readExtensions(reader);
  reader.finish();
  return extensions;
}

/** One revoked certificate of a CRL that was read. */
export interface CrlEntry {
  serial: string;
  revokedAt: Date;
  reason: RevocationReason;
}

/** Every field of a CRL (RFC 5280 section 5.1). */
export interface CertificateList {
  tbs: Uint8Array;
  issuer: ParsedName;
  thisUpdate: Date;
  nextUpdate: Date | null;
  number: bigint | null;
  authorityKeyIdentifier: Uint8Array | null;
  distributionPoints: string[];
  only: CrlScope | null;
  entries: CrlEntry[];
  signatureAlgorithm: string;
  signature: Uint8Array;
}

/** Reads a CRL with all its entries; its signature is not verified. @throws X509Error and nothing else */
export function parseCrl(der: Uint8Array): CertificateList {
  const outer = readSingle(der, tags.sequence, crlSizeLimit).reader();
  const raw = readTbsCrlElement(outer.read(tags.sequence));
  const algorithm = outer.read(tags.sequence);
  const signature = wholeBits(outer.read(tags.bitString));
  outer.finish();
  const point = readIssuingDistributionPoint(raw.extensions);
  return {
    tbs: raw.encoded,
    issuer: parsedName(raw.issuer),
    thisUpdate: raw.thisUpdate.date,
    nextUpdate: raw.nextUpdate?.date ?? null,
    number: readCrlNumber(raw.extensions),
    authorityKeyIdentifier: readCrlAuthorityKey(raw.extensions),
    distributionPoints: point?.uris ?? [],
    only: point?.only ?? null,
    entries: readEntries(raw.revoked),
    signatureAlgorithm: describeSignatureAlgorithm(algorithm),
    signature,
  };
}

function readEntries(revoked: DerElement | null): CrlEntry[] {
  if (revoked === null) return [];
  const reader = revoked.reader();
  const entries: CrlEntry[] = [];
  while (!reader.isDone) entries.push(readCrlEntry(reader.enter(tags.sequence)));
  return entries;
}

const reasonOfCode = new Map<number, RevocationReason>(
  (Object.keys(revocationReasonCodes) as RevocationReason[]).map((reason) => [revocationReasonCodes[reason], reason]),
);

/** One entry, by a reader over its content (RFC 5280 section 5.3). @throws DerError */
export function readCrlEntry(reader: DerReader): CrlEntry {
  const serial = unsignedMagnitude(reader.read(tags.integer));
  const revokedAt = timeValue(reader.readAny()).date;
  const extensions = reader.isDone ? [] : readExtensions(reader);
  reader.finish();
  const reasonCode = extensions.find((extension) => extension.oid === extensionOids.reasonCode);
  return {
    serial: serialToHex(serial),
    revokedAt,
    reason: reasonCode === undefined ? "unspecified" : readReason(reasonCode.value),
  };
}

function readReason(value: Uint8Array): RevocationReason {
  const element = readSingle(value, tags.enumerated);
  const reason = reasonOfCode.get(smallInteger(element));
  if (reason === undefined) throw new DerError("der.value", element.start, "a reason without a meaning");
  return reason;
}

/** The CRL number, null when there is none (RFC 5280 section 5.2.3). @throws DerError */
export function readCrlNumber(extensions: readonly Extension[]): bigint | null {
  const extension = extensions.find((candidate) => candidate.oid === extensionOids.crlNumber);
  if (extension === undefined) return null;
  return BigInt(`0x${toHex(unsignedMagnitude(readSingle(extension.value, tags.integer)))}`);
}

/** The authority key identifier, null when there is none (RFC 5280 section 5.2.1). @throws DerError */
export function readCrlAuthorityKey(extensions: readonly Extension[]): Uint8Array | null {
  const extension = extensions.find((candidate) => candidate.oid === extensionOids.authorityKeyIdentifier);
  return extension === undefined ? null : readAuthorityKeyIdentifier(extension.value);
}

/** What an issuing distribution point says (RFC 5280 section 5.2.5). */
export interface IssuingDistributionPoint {
  critical: boolean;
  uris: string[];
  only: CrlScope | null;
}

/** The issuing distribution point, null when there is none; indirect and partial CRLs are refused. @throws DerError */
export function readIssuingDistributionPoint(extensions: readonly Extension[]): IssuingDistributionPoint | null {
  const extension = extensions.find((candidate) => candidate.oid === extensionOids.issuingDistributionPoint);
  if (extension === undefined) return null;
  const reader = sequenceValue(extension).reader();
  if (reader.isDone) throw new DerError("der.value", 0, "an empty issuing distribution point");
  const name = reader.readOptional(0xa0);
  const onlyUser = defaultFalse(reader, 0x81);
  const onlyAuthority = defaultFalse(reader, 0x82);
  reader.finish();
  if (onlyUser && onlyAuthority) throw new DerError("der.value", 0, "a CRL for users only and for authorities only");
  return {
    critical: extension.critical,
    uris: name === null ? [] : readFullName(name.reader()),
    only: onlyUser ? "user" : onlyAuthority ? "authority" : null,
  };
}
