import { tags } from "./der";
import { assertDer, type DerElement, type DerReader, readSingle } from "./der-reader";
import { oidText, setElements, smallInteger, wholeBits } from "./der-values";
import { DerError } from "./errors";
import { type Extension, readExtensions } from "./extension-reader";
import { decodeGeneralNames, type GeneralName } from "./general-names";
import { type PublicKeyInfo, readPublicKey } from "./keys";
import { decodeNameElement, formatName, type NameAttribute } from "./names";
import { extensionOids, extensionRequestOid } from "./oids";
import { decodePem } from "./pem";
import { assertSignatureFitsKey, readSignatureAlgorithm, type SignatureAlgorithm } from "./signatures";

/**
 * A certification request, checked in everything but its signature: verify `signature` over `tbs` with
 * `publicKey.spki` before believing it. Byte fields are views into the input.
 */
export interface CertificateRequest {
  tbs: Uint8Array;
  subject: Uint8Array;
  subjectAttributes: NameAttribute[];
  subjectText: string;
  publicKey: PublicKeyInfo;
  /** The names of the requested subjectAltName extension; to be judged by a profile, never copied. */
  requestedSans: GeneralName[];
  /** Object identifiers of every other requested extension. */
  otherExtensions: string[];
  signatureAlgorithm: SignatureAlgorithm;
  signature: Uint8Array;
}

/**
 * `CertificationRequest ::= SEQUENCE { certificationRequestInfo, signatureAlgorithm, signature BIT STRING }`
 * (RFC 2986 section 4.2), read strictly as DER.
 *
 * @throws X509Error and nothing else: DerError, NameRefused, KeyRefused, SignatureRefused
 */
export function parseRequest(der: Uint8Array): CertificateRequest {
  const outer = readSingle(der, tags.sequence).reader();
  const tbs = outer.read(tags.sequence);
  const algorithm = outer.read(tags.sequence);
  const signature = wholeBits(outer.read(tags.bitString));
  outer.finish();
  const info = readInfo(tbs);
  const signatureAlgorithm = readSignatureAlgorithm(algorithm);
  assertSignatureFitsKey(signatureAlgorithm, info.publicKey.algorithm);
  // By name: what V8 makes of a spread with more behind it is slow to make, and slow to read for ever after.
  const { subject, subjectAttributes, subjectText, publicKey, requestedSans, otherExtensions } = info;
  return {
    tbs: tbs.encoded,
    subject,
    subjectAttributes,
    subjectText,
    publicKey,
    requestedSans,
    otherExtensions,
    signatureAlgorithm,
    signature,
  };
}

/** The request of a PEM text (RFC 7468 section 7). @throws X509Error and nothing else */
export function parseRequestPem(text: string): CertificateRequest {
  return parseRequest(decodePem("CERTIFICATE REQUEST", text));
}

/** `CertificationRequestInfo ::= SEQUENCE { version 0, subject, subjectPKInfo, attributes [0] }` (RFC 2986 section 4.1). */
function readInfo(tbs: DerElement): Omit<CertificateRequest, "tbs" | "signatureAlgorithm" | "signature"> {
  const reader = tbs.reader();
  const version = reader.read(tags.integer);
  if (smallInteger(version) !== 0) throw new DerError("der.value", version.start, "not a version 1 request");
  const subject = reader.read(tags.sequence);
  const publicKey = readPublicKey(reader.read(tags.sequence));
  const extensions = readRequestedExtensions(reader.read(0xa0));
  reader.finish();
  const subjectAttributes = decodeNameElement(subject);
  const subjectAltName = extensions.find((extension) => extension.oid === extensionOids.subjectAltName);
  return {
    subject: subject.encoded,
    subjectAttributes,
    subjectText: formatName(subjectAttributes),
    publicKey,
    requestedSans: subjectAltName === undefined ? [] : decodeGeneralNames(subjectAltName.value),
    otherExtensions: extensions.filter((extension) => extension !== subjectAltName).map((extension) => extension.oid),
  };
}

function readRequestedExtensions(attributes: DerElement): Extension[] {
  let requested: Extension[] | null = null;
  for (const attribute of setElements(attributes)) {
    const reader = attributeReader(attribute);
    const type = oidText(reader.read(tags.oid));
    const values = setElements(reader.read(tags.set));
    reader.finish();
    if (type !== extensionRequestOid) {
      for (const value of values) assertDer(value);
      continue;
    }
    if (requested !== null) throw new DerError("der.value", attribute.start, "extensions are requested twice");
    requested = readRequest(attribute, values);
  }
  return requested ?? [];
}

function attributeReader(attribute: DerElement): DerReader {
  if (attribute.tag !== tags.sequence) throw new DerError("der.tag", attribute.start, "expected an attribute");
  return attribute.reader();
}

function readRequest(attribute: DerElement, values: readonly DerElement[]): Extension[] {
  const [value] = values;
  if (value === undefined || values.length > 1) {
    throw new DerError("der.value", attribute.start, "an extension request has exactly one value");
  }
  const extensions = readExtensions(attributeValueReader(attribute));
  if (new Set(extensions.map((extension) => extension.oid)).size !== extensions.length) {
    throw new DerError("der.value", value.start, "an extension is requested twice");
  }
  return extensions;
}

/** A reader that stands before the one value of an attribute. */
function attributeValueReader(attribute: DerElement): DerReader {
  const reader = attribute.reader();
  reader.read(tags.oid);
  return reader.enter(tags.set);
}
