import { EncodingError } from "./errors";

/** Universal tags of X.690, as the single identifier octet that DER writes. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** A constructed value whose parts are copied once, when the whole tree is encoded. */
export class DerNode {
  readonly contentLength: number;

  constructor(
    readonly tag: number,
    readonly parts: readonly DerPart[],
  ) {
    let length = 0;
    for (const part of parts) length += encodedLength(part);
    this.contentLength = length;
  }
}

/** Finished DER, or a tree that is still to be copied. */
export type DerPart = Uint8Array | DerNode;

/** The finished octets of a tree: one allocation, one pass. */
export function encode(part: DerPart): Uint8Array {
  if (part instanceof Uint8Array) return part;
  const bytes = new Uint8Array(encodedLength(part));
  writePart(bytes, 0, part);
  return bytes;
}

function encodedLength(part: DerPart): number {
  if (part instanceof Uint8Array) return part.length;
  return 1 + lengthOctets(part.contentLength) + part.contentLength;
}

function lengthOctets(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x100) return 2;
  if (length < 0x10000) return 3;
  if (length < 0x1000000) return 4;
  return 5;
}

function writePart(bytes: Uint8Array, start: number, part: DerPart): number {
  if (part instanceof Uint8Array) {
    bytes.set(part, start);
    return start + part.length;
  }
  let offset = writeHeader(bytes, start, part.tag, part.contentLength);
  for (const child of part.parts) offset = writePart(bytes, offset, child);
  return offset;
}

function writeHeader(bytes: Uint8Array, start: number, tag: number, length: number): number {
  let offset = start;
  bytes[offset++] = tag;
  const count = lengthOctets(length);
  if (count === 1) {
    bytes[offset++] = length;
    return offset;
  }
  bytes[offset++] = 0x80 | (count - 1);
  for (let shift = (count - 2) * 8; shift >= 0; shift -= 8) bytes[offset++] = (length >>> shift) & 0xff;
  return offset;
}

/** One tag, its minimal definite length and its content (X.690 sections 8.1 and 10.1). */
export function tlv(tag: number, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + lengthOctets(content.length) + content.length);
  bytes.set(content, writeHeader(bytes, 0, tag, content.length));
  return bytes;
}

/** SEQUENCE of the parts, in their order (X.690 section 8.9). */
export function sequence(parts: readonly DerPart[]): DerNode {
  return new DerNode(tags.sequence, parts);
}

/** SET OF the parts, sorted by their encoding (X.690 section 11.6). */
export function setOf(parts: readonly DerPart[]): DerNode {
  if (parts.length < 2) return new DerNode(tags.set, parts);
  return new DerNode(tags.set, parts.map(encode).sort(compareBytes));
}

/** The order of X.690 section 11.6: octet by octet, the shorter first when it is a prefix. */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** `[number] EXPLICIT`: a constructed context tag around the parts (X.690 section 8.14). */
export function explicit(number: number, parts: readonly DerPart[]): DerNode {
  return new DerNode(0xa0 | number, parts);
}

/** `[number] IMPLICIT` of a primitive type: the content under a primitive context tag. */
export function implicit(number: number, content: Uint8Array): Uint8Array {
  return tlv(0x80 | number, content);
}

/** BOOLEAN TRUE; FALSE is a DEFAULT wherever X.509 has one and is therefore never written (X.690 section 11.5). */
export const booleanTrue: Uint8Array = Uint8Array.of(tags.boolean, 1, 0xff);

/** NULL. */
export const derNull: Uint8Array = Uint8Array.of(tags.null, 0);

/** INTEGER of a small non-negative number. @throws EncodingError beyond 2^31 - 1. */
export function integer(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0x7fffffff) throw new EncodingError("not a small integer");
  return unsignedInteger(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value));
}

/** INTEGER of a non-negative big integer. @throws EncodingError when it is negative. */
export function bigInteger(value: bigint): Uint8Array {
  if (value < 0n) throw new EncodingError("not a non-negative integer");
  const text = value.toString(16);
  const padded = text.length % 2 === 0 ? text : `0${text}`;
  const magnitude = new Uint8Array(padded.length / 2);
  for (let index = 0; index < magnitude.length; index++) {
    magnitude[index] = Number.parseInt(padded.slice(index * 2, index * 2 + 2), 16);
  }
  return unsignedInteger(magnitude);
}

/** INTEGER of a big-endian magnitude, minimal and never negative (X.690 section 8.3). */
export function unsignedInteger(magnitude: Uint8Array): Uint8Array {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const first = magnitude[start] ?? 0;
  const digits = magnitude.subarray(start);
  const content = new Uint8Array(Math.max(1, digits.length) + (first >= 0x80 ? 1 : 0));
  content.set(digits, content.length - digits.length);
  return tlv(tags.integer, content);
}

/** ENUMERATED of a number below 128. @throws EncodingError */
export function enumerated(value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 127) throw new EncodingError("not a small enumerated value");
  return Uint8Array.of(tags.enumerated, 1, value);
}

/** BIT STRING of whole octets. */
export function bitString(bytes: Uint8Array): Uint8Array {
  const content = new Uint8Array(bytes.length + 1);
  content.set(bytes, 1);
  return tlv(tags.bitString, content);
}

/** BIT STRING of named bits, trailing zero bits removed (X.690 section 11.2.2). */
export function namedBits(bits: readonly number[]): Uint8Array {
  return tlv(tags.bitString, namedBitsContent(bits));
}

/** The content octets of a BIT STRING of named bits, for an implicit tag. */
export function namedBitsContent(bits: readonly number[]): Uint8Array {
  if (bits.length === 0) return Uint8Array.of(0);
  const highest = Math.max(...bits);
  const content = new Uint8Array(2 + (highest >> 3));
  content[0] = 7 - (highest & 7);
  for (const bit of bits) content[1 + (bit >> 3)] = (content[1 + (bit >> 3)] ?? 0) | (0x80 >> (bit & 7));
  return content;
}

/** OCTET STRING of the octets. */
export function octetString(bytes: Uint8Array): Uint8Array {
  return tlv(tags.octetString, bytes);
}

/** OCTET STRING around other DER, copied once. */
export function octetStringOf(part: DerPart): DerNode {
  return new DerNode(tags.octetString, [part]);
}
