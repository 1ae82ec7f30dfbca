import { type TestAuthority, testIssuing, testKey, testRoot } from "@/server/testing/x509";
import { bigInteger, type DerPart, encode, explicit, implicit, integer, sequence } from "@/server/engines/x509/der";
import { utcTime } from "@/server/engines/x509/der-primitives";
import { DerReader } from "@/server/engines/x509/der-reader";
import { readExtensions } from "@/server/engines/x509/extension-reader";
import {
  authorityKeyIdentifier,
  basicConstraints,
  encodeExtension,
  extendedKeyUsage,
  keyUsage,
  subjectAltName,
  subjectKeyIdentifier,
} from "@/server/engines/x509/extensions";
import { encodeName } from "@/server/engines/x509/names";
import { extensionOids } from "@/server/engines/x509/oids";
import { encodeSignatureAlgorithm } from "@/server/engines/x509/signatures";

/** The root, the issuing authority and the subject key of everything below. */
export const root = testRoot("P-256");
export const issuing = testIssuing(root, "P-256");
export const key = testKey("P-256");
/** The validity that `tbsOf` writes. */
export const now = new Date(Math.floor(Date.now() / 1000) * 1000);
export const hourLater = new Date(now.getTime() + 3_600_000);

/** The fields of a `TBSCertificate`, each to be replaced. */
export interface Parts {
  version: DerPart;
  serial: DerPart;
  signature: DerPart;
  issuer: DerPart;
  notBefore: DerPart;
  notAfter: DerPart;
  subject: DerPart;
  spki: DerPart;
  uniqueId: DerPart[];
  extensions: Extensions;
}

/** The extensions of a `TBSCertificate` by name; null leaves one out, `more` come last. */
export type Extensions = Partial<Record<keyof typeof leafExtensions, DerPart | null>> & { more?: DerPart[] };

/** What a sound leaf carries. */
export const leafExtensions = {
  aki: authorityKeyIdentifier(issuing.context.keyIdentifier),
  ski: subjectKeyIdentifier(key.subjectKeyIdentifier),
  ku: keyUsage(["digitalSignature"]),
  eku: extendedKeyUsage(["clientAuth"]),
  bc: basicConstraints({ authority: false }),
  san: subjectAltName([{ type: "dns", value: "a.swarm.local" }], "plain"),
};

/** What a sound authority below the root carries instead. */
const authorityExtensions: Extensions = {
  aki: authorityKeyIdentifier(root.context.keyIdentifier),
  ku: keyUsage(["keyCertSign", "cRLSign"]),
  eku: null,
  bc: basicConstraints({ authority: true, pathLength: 0 }),
  san: null,
};

/** A leaf's TBS put together from parts, so that any of them may be wrong. */
export function tbsOf(changes: Partial<Parts> = {}, signer: TestAuthority = issuing): Uint8Array {
  const { more = [], ...named } = { ...leafExtensions, ...changes.extensions };
  const list = Object.values(named).filter((part): part is DerPart => part !== null && part !== undefined);
  return encode(
    sequence([
      changes.version ?? explicit(0, [integer(2)]),
      changes.serial ?? bigInteger(0x1234567890abcdef1234n),
      changes.signature ?? encodeSignatureAlgorithm("ecdsa-with-SHA256"),
      changes.issuer ?? signer.context.name,
      sequence([changes.notBefore ?? utcTime(now), changes.notAfter ?? utcTime(hourLater)]),
      changes.subject ?? encodeName([{ type: "CN", value: "a" }]),
      changes.spki ?? key.publicKey.spki,
      ...(changes.uniqueId ?? []),
      explicit(3, [sequence([...list, ...more])]),
    ]),
  );
}

/** The same for an authority below the root. */
export const authorityTbs = (extensions: Extensions, changes: Partial<Parts> = {}): Uint8Array =>
  tbsOf({ ...changes, extensions: { ...authorityExtensions, ...extensions } }, root);

/** A general name whose octets are taken as they are. */
export function rawNames(...names: [number, string][]): Uint8Array {
  const octets = new TextEncoder();
  return encodeExtension(
    extensionOids.subjectAltName,
    "plain",
    sequence(names.map(([number, text]) => implicit(number, octets.encode(text)))),
  );
}

/** The same extension, critical or not. */
export function remark(value: Uint8Array, criticality: "critical" | "plain"): Uint8Array {
  const [found] = readExtensions(DerReader.of(encode(sequence([value]))));
  return encodeExtension(found?.oid ?? "", criticality, found?.value ?? new Uint8Array());
}
