import { tags } from "./der";
import type { DerElement, DerReader } from "./der-reader";
import { readSingle } from "./der-reader";
import { asciiText, defaultFalse, namedBitNumbers, oidText, smallInteger } from "./der-values";
import { DerError } from "./errors";
import { type BasicConstraintsInput, extendedKeyUsageOids, type KeyUsage, keyUsageNames } from "./extensions";
import { readGeneralNames } from "./general-names";
import { accessOids } from "./oids";

/** One extension as it was read: its value is the DER inside the OCTET STRING. */
export interface Extension {
  oid: string;
  critical: boolean;
  value: Uint8Array;
}

/** `Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension` (RFC 5280 section 4.1); repeated ones are left to the caller. @throws DerError */
export function readExtensions(reader: DerReader): Extension[] {
  const list = reader.enter(tags.sequence);
  if (list.isDone) throw new DerError("der.value", list.position, "an empty list of extensions");
  const extensions: Extension[] = [];
  while (!list.isDone) extensions.push(readExtension(list.enter(tags.sequence)));
  return extensions;
}

function readExtension(reader: DerReader): Extension {
  const oid = oidText(reader.read(tags.oid));
  const critical = defaultFalse(reader);
  const value = reader.read(tags.octetString).content;
  reader.finish();
  return { oid, critical, value };
}

/** The value of an extension that is a SEQUENCE. @throws DerError */
export function sequenceValue(extension: Extension): DerElement {
  return readSingle(extension.value, tags.sequence);
}

/** The key usages of an extension, in the order of their bits (RFC 5280 section 4.2.1.3). @throws DerError */
export function readKeyUsage(value: Uint8Array): KeyUsage[] {
  const element = readSingle(value, tags.bitString);
  return namedBitNumbers(element).map((bit) => {
    const name = keyUsageNames[bit];
    if (name === undefined) throw new DerError("der.value", element.start, "a key usage bit without a meaning");
    return name;
  });
}

const purposeNames = new Map<string, string>(Object.entries(extendedKeyUsageOids).map(([name, oid]) => [oid, name]));

/** The key purposes of an extension, by name where there is one (RFC 5280 section 4.2.1.12). @throws DerError */
export function readExtendedKeyUsage(value: Uint8Array): string[] {
  const oids = readOids(readSingle(value, tags.sequence).reader());
  return oids.map((oid) => purposeNames.get(oid) ?? oid);
}

function readOids(reader: DerReader): string[] {
  if (reader.isDone) throw new DerError("der.value", reader.position, "an empty list");
  const oids: string[] = [];
  while (!reader.isDone) oids.push(oidText(reader.read(tags.oid)));
  return oids;
}

/** RFC 5280 section 4.2.1.9; a path length without cA is kept out by its type, so it is refused here. @throws DerError */
export function readBasicConstraints(value: Uint8Array): BasicConstraintsInput {
  const { authority, pathLength } = readRawBasicConstraints(value);
  if (authority) return { authority, pathLength };
  if (pathLength !== null) throw new DerError("der.value", 0, "a path length without cA");
  return { authority };
}

/** The two fields of basic constraints as they stand, for the lint. @throws DerError */
export function readRawBasicConstraints(value: Uint8Array): { authority: boolean; pathLength: number | null } {
  const reader = readSingle(value, tags.sequence).reader();
  const authority = defaultFalse(reader);
  const element = reader.readOptional(tags.integer);
  reader.finish();
  return { authority, pathLength: element === null ? null : smallInteger(element) };
}

/** The octets of a subject key identifier (RFC 5280 section 4.2.1.2). @throws DerError */
export function readSubjectKeyIdentifier(value: Uint8Array): Uint8Array {
  return readSingle(value, tags.octetString).content;
}

/** The key identifier of an authority key identifier, null when it has none (RFC 5280 section 4.2.1.1). @throws DerError */
export function readAuthorityKeyIdentifier(value: Uint8Array): Uint8Array | null {
  const reader = readSingle(value, tags.sequence).reader();
  const keyIdentifier = reader.readOptional(0x80);
  const issuer = reader.readOptional(0xa1);
  const serial = reader.readOptional(0x82);
  reader.finish();
  if (issuer !== null) readGeneralNames(issuer.reader());
  if ((issuer === null) !== (serial === null))
    throw new DerError("der.value", 0, "an issuer and a serial belong together");
  return keyIdentifier?.content ?? null;
}

/** The URIs of CRL distribution points (RFC 5280 section 4.2.1.13). @throws DerError */
export function readCrlDistributionPoints(value: Uint8Array): string[] {
  const reader = readSingle(value, tags.sequence).reader();
  if (reader.isDone) throw new DerError("der.value", reader.position, "an empty list of distribution points");
  const uris: string[] = [];
  while (!reader.isDone) {
    const point = reader.enter(tags.sequence);
    const name = point.readOptional(0xa0);
    point.readOptional(0x81);
    point.readOptional(0xa2);
    point.finish();
    if (name !== null) uris.push(...readFullName(name.reader()));
  }
  return uris;
}

/** The URIs of a `DistributionPointName` whose tag was just entered (RFC 5280 section 4.2.1.13). @throws DerError */
export function readFullName(reader: DerReader): string[] {
  const names = readGeneralNames(reader.enter(0xa0));
  reader.finish();
  return names.filter((name) => name.type === "uri").map((name) => name.value);
}

/** The locations of authority information access (RFC 5280 section 4.2.2.1). @throws DerError */
export function readAuthorityInfoAccess(value: Uint8Array): { caIssuers: string[]; ocsp: string[] } {
  const reader = readSingle(value, tags.sequence).reader();
  if (reader.isDone) throw new DerError("der.value", reader.position, "an empty list of access descriptions");
  const locations = { caIssuers: [] as string[], ocsp: [] as string[] };
  while (!reader.isDone) {
    const description = reader.enter(tags.sequence);
    const method = oidText(description.read(tags.oid));
    const location = description.readAny();
    description.finish();
    if (location.tag !== 0x86) continue;
    if (method === accessOids.caIssuers) locations.caIssuers.push(asciiText(location));
    if (method === accessOids.ocsp) locations.ocsp.push(asciiText(location));
  }
  return locations;
}

/** The policy identifiers of certificate policies (RFC 5280 section 4.2.1.4). @throws DerError */
export function readCertificatePolicies(value: Uint8Array): string[] {
  const reader = readSingle(value, tags.sequence).reader();
  if (reader.isDone) throw new DerError("der.value", reader.position, "an empty list of policies");
  const policies: string[] = [];
  while (!reader.isDone) {
    const policy = reader.enter(tags.sequence);
    policies.push(oidText(policy.read(tags.oid)));
    policy.readOptional(tags.sequence);
    policy.finish();
  }
  return policies;
}
