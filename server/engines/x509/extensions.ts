import {
  booleanTrue,
  type DerPart,
  encode,
  explicit,
  implicit,
  integer,
  namedBits,
  octetString,
  octetStringOf,
  sequence,
  tlv,
} from "./der";
import { ia5Octets, isOid, oid } from "./der-primitives";
import { EncodingError } from "./errors";
import { encodeGeneralNames, type GeneralName } from "./general-names";
import { isHttpUri } from "./name-syntax";
import { encodeSubtrees, type NameConstraints } from "./name-constraints";
import { accessOids, extensionOids } from "./oids";

/** The names of the key usage bits, at their positions (RFC 5280 section 4.2.1.3). */
export const keyUsageNames = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;

/** One of `keyUsageNames`. */
export type KeyUsage = (typeof keyUsageNames)[number];

/** Key purposes by name (RFC 5280 section 4.2.1.12); any other is given as an object identifier. */
export const extendedKeyUsageOids = {
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  OCSPSigning: "1.3.6.1.5.5.7.3.9",
} as const;

/** A key purpose: a name of `extendedKeyUsageOids` or a dotted object identifier. */
export type ExtendedKeyUsage = keyof typeof extendedKeyUsageOids | (string & {});

/** `Extension ::= SEQUENCE { extnID, critical DEFAULT FALSE, extnValue OCTET STRING }` (RFC 5280 section 4.1). */
export function encodeExtension(dotted: string, criticality: "critical" | "plain", value: DerPart): Uint8Array {
  const parts: DerPart[] = [oid(dotted)];
  if (criticality === "critical") parts.push(booleanTrue);
  parts.push(octetStringOf(value));
  return encode(sequence(parts));
}

/** `SEQUENCE { keyIdentifier [0] }`, never critical (RFC 5280 section 4.2.1.1). */
export function authorityKeyIdentifier(keyIdentifier: Uint8Array): Uint8Array {
  return encodeExtension(extensionOids.authorityKeyIdentifier, "plain", sequence([implicit(0, keyIdentifier)]));
}

/** `OCTET STRING`, never critical (RFC 5280 section 4.2.1.2). */
export function subjectKeyIdentifier(keyIdentifier: Uint8Array): Uint8Array {
  return encodeExtension(extensionOids.subjectKeyIdentifier, "plain", octetString(keyIdentifier));
}

/** `BIT STRING` of named bits, critical (RFC 5280 section 4.2.1.3). @throws EncodingError without a usage. */
export function keyUsage(usages: readonly KeyUsage[]): Uint8Array {
  if (usages.length === 0) throw new EncodingError("key usage needs at least one usage");
  const bits = usages.map((usage) => keyUsageNames.indexOf(usage));
  return encodeExtension(extensionOids.keyUsage, "critical", namedBits(bits));
}

/** `SEQUENCE OF KeyPurposeId`, not critical (RFC 5280 section 4.2.1.12). @throws EncodingError */
export function extendedKeyUsage(purposes: readonly ExtendedKeyUsage[]): Uint8Array {
  if (purposes.length === 0) throw new EncodingError("extended key usage needs at least one purpose");
  const named = new Map<string, string>(Object.entries(extendedKeyUsageOids));
  const oids = purposes.map((purpose) => oid(named.get(purpose) ?? purpose));
  return encodeExtension(extensionOids.extendedKeyUsage, "plain", sequence(oids));
}

/** `GeneralNames`, critical when the subject is empty (RFC 5280 section 4.2.1.6). @throws NameRefused */
export function subjectAltName(names: readonly GeneralName[], criticality: "critical" | "plain"): Uint8Array {
  return encodeExtension(extensionOids.subjectAltName, criticality, encodeGeneralNames(names));
}

/** What basic constraints say: no authority, or an authority with the number of authorities that may follow it. */
export type BasicConstraintsInput = { authority: false } | { authority: true; pathLength: number | null };

/** `SEQUENCE { cA DEFAULT FALSE, pathLenConstraint OPTIONAL }`, critical (RFC 5280 section 4.2.1.9). */
export function basicConstraints(input: BasicConstraintsInput): Uint8Array {
  const parts: DerPart[] = [];
  if (input.authority) parts.push(booleanTrue);
  if (input.authority && input.pathLength !== null) parts.push(integer(input.pathLength));
  return encodeExtension(extensionOids.basicConstraints, "critical", sequence(parts));
}

/** `SEQUENCE { permittedSubtrees [0], excludedSubtrees [1] }`, critical (RFC 5280 section 4.2.1.10). @throws NameRefused, EncodingError */
export function nameConstraints(constraints: NameConstraints): Uint8Array {
  const permitted = encodeSubtrees(constraints.permitted);
  const excluded = encodeSubtrees(constraints.excluded);
  const parts: DerPart[] = [];
  if (permitted.length > 0) parts.push(explicit(0, permitted));
  if (excluded.length > 0) parts.push(explicit(1, excluded));
  if (parts.length === 0) throw new EncodingError("name constraints need at least one subtree");
  return encodeExtension(extensionOids.nameConstraints, "critical", sequence(parts));
}

/** One distribution point a URI, not critical (RFC 5280 section 4.2.1.13). @throws EncodingError */
export function crlDistributionPoints(uris: readonly string[]): Uint8Array {
  const points = uris.map((uri) => sequence([explicit(0, [explicit(0, [httpUri(uri)])])]));
  return encodeExtension(extensionOids.crlDistributionPoints, "plain", sequence(points));
}

/** Where the issuer's certificate and its OCSP responder are, not critical (RFC 5280 section 4.2.2.1). @throws EncodingError */
export function authorityInfoAccess(access: { caIssuers?: string; ocsp?: string }): Uint8Array {
  const parts: DerPart[] = [];
  if (access.ocsp !== undefined) parts.push(sequence([oid(accessOids.ocsp), httpUri(access.ocsp)]));
  if (access.caIssuers !== undefined) parts.push(sequence([oid(accessOids.caIssuers), httpUri(access.caIssuers)]));
  if (parts.length === 0) throw new EncodingError("authority information access needs at least one location");
  return encodeExtension(extensionOids.authorityInfoAccess, "plain", sequence(parts));
}

/** `SEQUENCE OF PolicyInformation` without qualifiers, not critical (RFC 5280 section 4.2.1.4). @throws EncodingError */
export function certificatePolicies(oids: readonly string[]): Uint8Array {
  if (oids.length === 0 || !oids.every(isOid)) throw new EncodingError("certificate policies are object identifiers");
  return encodeExtension(
    extensionOids.certificatePolicies,
    "plain",
    sequence(oids.map((policy) => sequence([oid(policy)]))),
  );
}

/** `[6] IA5String` of an http URI. @throws EncodingError */
export function httpUri(uri: string): Uint8Array {
  if (!isHttpUri(uri)) throw new EncodingError(`"${uri.slice(0, 100)}" is not an http URI`);
  return tlv(0x86, ia5Octets(uri));
}
