import { tags } from "./der";
import { type DerElement, readSingle } from "./der-reader";
import { oidText, wholeBits } from "./der-values";
import { DerError, KeyRefused } from "./errors";
import {
  type Extension,
  readAuthorityInfoAccess,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readCertificatePolicies,
  readCrlDistributionPoints,
  readExtendedKeyUsage,
  readKeyUsage,
  readSubjectKeyIdentifier,
  sequenceValue,
} from "./extension-reader";
import type { BasicConstraintsInput, KeyUsage } from "./extensions";
import { decodeGeneralNames, type GeneralName } from "./general-names";
import { equalBytes, serialToHex } from "./hex";
import { keyName, type PublicKeyInfo, readPublicKey } from "./keys";
import { type NameConstraints, readNameConstraints } from "./name-constraints";
import { decodeNameElement, formatName, type NameAttribute } from "./names";
import { extensionName, extensionOids } from "./oids";
import { describeSignatureAlgorithm } from "./signatures";
import { type RawTbs, readTbsElement } from "./tbs-reader";

/** A distinguished name: its bytes, its attributes in order and its RFC 4514 text. */
export interface ParsedName {
  der: Uint8Array;
  attributes: NameAttribute[];
  text: string;
}

/** One extension with its name in words. */
export interface NamedExtension extends Extension {
  name: string;
}

/** Every field of a certificate (RFC 5280 section 4.1); a list is empty and a value null where the extension is absent. */
export interface Certificate {
  der: Uint8Array;
  tbs: Uint8Array;
  version: number;
  serial: string;
  signatureAlgorithm: string;
  signature: Uint8Array;
  issuer: ParsedName;
  subject: ParsedName;
  notBefore: Date;
  notAfter: Date;
  spki: Uint8Array;
  /** Null when the key is of a kind that this product does not issue to; `publicKeyText` then says why. */
  publicKey: PublicKeyInfo | null;
  publicKeyText: string;
  subjectAltNames: GeneralName[];
  keyUsage: KeyUsage[];
  extendedKeyUsage: string[];
  basicConstraints: BasicConstraintsInput | null;
  subjectKeyIdentifier: Uint8Array | null;
  authorityKeyIdentifier: Uint8Array | null;
  nameConstraints: NameConstraints | null;
  crlUrls: string[];
  caIssuersUrls: string[];
  ocspUrls: string[];
  policies: string[];
  extensions: NamedExtension[];
}

/**
 * Reads a certificate; its signature is not verified, and nothing here is a decision of trust.
 * @throws X509Error and nothing else
 */
export function parseCertificate(der: Uint8Array): Certificate {
  const element = readSingle(der, tags.sequence);
  const outer = element.reader();
  const tbs = readTbsElement(outer.read(tags.sequence));
  const algorithm = outer.read(tags.sequence);
  const signature = wholeBits(outer.read(tags.bitString));
  outer.finish();
  if (!equalBytes(algorithm.encoded, tbs.signatureAlgorithm.encoded)) {
    throw new DerError("der.value", algorithm.start, "the two signature algorithms differ");
  }
  return { der: element.encoded, signature, ...readFields(tbs), ...readKnownExtensions(tbs.extensions) };
}

function readFields(tbs: RawTbs) {
  return {
    tbs: tbs.encoded,
    version: tbs.version,
    serial: serialToHex(tbs.serial),
    signatureAlgorithm: describeSignatureAlgorithm(tbs.signatureAlgorithm),
    issuer: parsedName(tbs.issuer),
    subject: parsedName(tbs.subject),
    notBefore: tbs.notBefore.date,
    notAfter: tbs.notAfter.date,
    spki: tbs.publicKey.encoded,
    ...readKey(tbs.publicKey),
  };
}

/** A name with its bytes. @throws DerError, NameRefused */
export function parsedName(element: DerElement): ParsedName {
  const attributes = decodeNameElement(element);
  return { der: element.encoded, attributes, text: formatName(attributes) };
}

function readKey(element: DerElement): { publicKey: PublicKeyInfo | null; publicKeyText: string } {
  try {
    const publicKey = readPublicKey(element);
    return { publicKey, publicKeyText: `${keyName(publicKey)} (${publicKey.bits} bits)` };
  } catch (error) {
    if (error instanceof KeyRefused) return { publicKey: null, publicKeyText: `${keyOid(element)}: ${error.message}` };
    throw error;
  }
}

function keyOid(element: DerElement): string {
  return oidText(element.reader().enter(tags.sequence).read(tags.oid));
}

function readKnownExtensions(extensions: readonly Extension[]) {
  const find = <T>(oid: string, absent: T, read: (extension: Extension) => T): T => {
    const extension = extensions.find((candidate) => candidate.oid === oid);
    return extension === undefined ? absent : read(extension);
  };
  const access = find(extensionOids.authorityInfoAccess, { caIssuers: [], ocsp: [] }, ({ value }) =>
    readAuthorityInfoAccess(value),
  );
  return {
    subjectAltNames: find<GeneralName[]>(extensionOids.subjectAltName, [], ({ value }) => decodeGeneralNames(value)),
    keyUsage: find<KeyUsage[]>(extensionOids.keyUsage, [], ({ value }) => readKeyUsage(value)),
    extendedKeyUsage: find<string[]>(extensionOids.extendedKeyUsage, [], ({ value }) => readExtendedKeyUsage(value)),
    basicConstraints: find<BasicConstraintsInput | null>(extensionOids.basicConstraints, null, ({ value }) =>
      readBasicConstraints(value),
    ),
    subjectKeyIdentifier: find<Uint8Array | null>(extensionOids.subjectKeyIdentifier, null, ({ value }) =>
      readSubjectKeyIdentifier(value),
    ),
    authorityKeyIdentifier: find<Uint8Array | null>(extensionOids.authorityKeyIdentifier, null, ({ value }) =>
      readAuthorityKeyIdentifier(value),
    ),
    nameConstraints: find<NameConstraints | null>(extensionOids.nameConstraints, null, (extension) =>
      readNameConstraints(sequenceValue(extension)),
    ),
    crlUrls: find<string[]>(extensionOids.crlDistributionPoints, [], ({ value }) => readCrlDistributionPoints(value)),
    caIssuersUrls: access.caIssuers,
    ocspUrls: access.ocsp,
    policies: find<string[]>(extensionOids.certificatePolicies, [], ({ value }) => readCertificatePolicies(value)),
    extensions: extensions.map((extension) => ({ ...extension, name: extensionName(extension.oid) })),
  };
}
