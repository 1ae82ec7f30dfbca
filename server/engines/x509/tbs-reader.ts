import { tags } from "./der";
import { type DerElement, type DerReader, readSingle } from "./der-reader";
import { type DerTime, integerContent, smallInteger, timeValue } from "./der-values";
import { DerError } from "./errors";
import { type Extension, readExtensions } from "./extension-reader";

/** The parts of a `TBSCertificate` as they stand, with no rule but DER applied (RFC 5280 section 4.1). */
export interface RawTbs {
  encoded: Uint8Array;
  /** 1, 2 or 3, and whatever else was written. */
  version: number;
  /** The content octets of the serial number, sign octet included. */
  serial: Uint8Array;
  signatureAlgorithm: DerElement;
  issuer: DerElement;
  notBefore: DerTime;
  notAfter: DerTime;
  subject: DerElement;
  publicKey: DerElement;
  hasUniqueIdentifiers: boolean;
  extensions: Extension[];
}

/** Reads a whole `TBSCertificate`. @throws DerError */
export function readTbsCertificate(tbs: Uint8Array): RawTbs {
  return readTbsElement(readSingle(tbs, tags.sequence));
}

/** Reads a `TBSCertificate` inside a certificate. @throws DerError */
export function readTbsElement(element: DerElement): RawTbs {
  const reader = element.reader();
  const version = readVersion(reader);
  const serial = integerContent(reader.read(tags.integer));
  const signatureAlgorithm = reader.read(tags.sequence);
  const issuer = reader.read(tags.sequence);
  const validity = reader.enter(tags.sequence);
  const notBefore = timeValue(validity.readAny());
  const notAfter = timeValue(validity.readAny());
  validity.finish();
  const subject = reader.read(tags.sequence);
  const publicKey = reader.read(tags.sequence);
  const issuerId = reader.readOptional(0x81);
  const subjectId = reader.readOptional(0x82);
  const wrapper = reader.readOptional(0xa3);
  reader.finish();
  return {
    encoded: element.encoded,
    version,
    serial,
    signatureAlgorithm,
    issuer,
    notBefore,
    notAfter,
    subject,
    publicKey,
    hasUniqueIdentifiers: issuerId !== null || subjectId !== null,
    extensions: wrapper === null ? [] : readWrapped(wrapper),
  };
}

/** `version [0] EXPLICIT INTEGER DEFAULT v1`, counted from 1. */
function readVersion(reader: DerReader): number {
  const wrapper = reader.readOptional(0xa0);
  if (wrapper === null) return 1;
  const inner = wrapper.reader();
  const version = inner.read(tags.integer);
  inner.finish();
  if (smallInteger(version) === 0)
    throw new DerError("der.default", version.start, "the default version was written out");
  return smallInteger(version) + 1;
}

function readWrapped(wrapper: DerElement): Extension[] {
  const reader = wrapper.reader();
  const extensions = readExtensions(reader);
  reader.finish();
  return extensions;
}
