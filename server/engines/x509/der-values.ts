import { compareBytes, tags } from "./der";
import type { DerElement, DerReader } from "./der-reader";
import { DerError } from "./errors";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const ascii = new TextDecoder();
const utf16 = new TextDecoder("utf-16be", { fatal: true, ignoreBOM: true });

/** The content of an INTEGER in its shortest form, sign octet included (X.690 section 8.3). @throws DerError */
export function integerContent(element: DerElement): Uint8Array {
  const { bytes, contentStart, end } = element;
  if (end === contentStart) throw new DerError("der.integer", element.start, "an integer without content");
  const first = bytes[contentStart] ?? 0;
  const second = bytes[contentStart + 1] ?? 0;
  const isPadded = end - contentStart > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (isPadded) throw new DerError("der.integer", element.start, "the integer is not in its shortest form");
  return element.content;
}

/** A non-negative INTEGER as octets without its sign octet. @throws DerError */
export function unsignedMagnitude(element: DerElement): Uint8Array {
  const content = integerContent(element);
  if ((content[0] ?? 0) >= 0x80) throw new DerError("der.integer", element.start, "the integer is negative");
  return content[0] === 0 && content.length > 1 ? content.subarray(1) : content;
}

/** A non-negative INTEGER below 2^31. @throws DerError */
export function smallInteger(element: DerElement): number {
  const magnitude = unsignedMagnitude(element);
  const isSmall = magnitude.length < 4 || (magnitude.length === 4 && (magnitude[0] ?? 0) < 0x80);
  if (!isSmall) throw new DerError("der.integer", element.start, "the integer is too large");
  return magnitude.reduce((value, octet) => value * 256 + octet, 0);
}

/** BOOLEAN: 00 or FF and nothing else (X.690 section 11.1). @throws DerError */
export function booleanValue(element: DerElement): boolean {
  const value = element.bytes[element.contentStart];
  const isOne = element.end - element.contentStart === 1;
  if (!isOne || (value !== 0 && value !== 0xff)) throw new DerError("der.boolean", element.start, "not a boolean");
  return value === 0xff;
}

/** `BOOLEAN DEFAULT FALSE`: true when present, and present only when true (X.690 section 11.5). @throws DerError */
export function defaultFalse(reader: DerReader, tag: number = tags.boolean): boolean {
  const element = reader.readOptional(tag);
  if (element === null) return false;
  if (!booleanValue(element)) throw new DerError("der.default", element.start, "a default value was written out");
  return true;
}

/** BIT STRING of whole octets, without its count of unused bits. @throws DerError */
export function wholeBits(element: DerElement): Uint8Array {
  if (element.end - element.contentStart < 1 || element.bytes[element.contentStart] !== 0) {
    throw new DerError("der.bit_string", element.start, "expected a bit string of whole octets");
  }
  return element.bytes.subarray(element.contentStart + 1, element.end);
}

/** The numbers of the bits that are set in a BIT STRING of named bits, in their one DER form (X.690 section 11.2). @throws DerError */
export function namedBitNumbers(element: DerElement): number[] {
  const content = element.content;
  const unused = content[0] ?? 8;
  const last = content[content.length - 1] ?? 0;
  const isEmpty = content.length === 1 && unused === 0;
  // The last bit that is used must be set: trailing zero bits, and set unused bits, are other forms of the same value.
  const isMinimal = unused < 8 && (last & ((1 << (unused + 1)) - 1)) === 1 << unused;
  if (!isEmpty && (content.length < 2 || !isMinimal)) {
    throw new DerError("der.bit_string", element.start, "the bit string is not in its shortest form");
  }
  const bits: number[] = [];
  for (let bit = 0; bit < (content.length - 1) * 8; bit++) {
    if (((content[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0) bits.push(bit);
  }
  return bits;
}

/** An object identifier that was read before. */
interface KnownOid {
  readonly content: Uint8Array;
  readonly text: string;
}

/** The last one read at each place: certificates repeat two dozen, and writing one out costs more than finding it. */
const knownOids = new Array<KnownOid | undefined>(64).fill(undefined);

/** OBJECT IDENTIFIER as dotted text, arcs of up to 128 bits (X.690 section 8.19). @throws DerError */
export function oidText(element: DerElement): string {
  const { bytes, contentStart, end } = element;
  // A formula that gives every identifier of `oids.ts` a place of its own.
  const place = ((end - contentStart) * 7 + (bytes[end - 1] ?? 0) * 25 + (bytes[end - 2] ?? 0) * 4) % knownOids.length;
  const known = knownOids[place];
  if (known !== undefined && isContent(element, known.content)) return known.text;
  const text = writtenOut(element);
  // A copy: the input may be a view of memory that is used again.
  knownOids[place] = { content: new Uint8Array(element.content), text };
  return text;
}

function isContent({ bytes, contentStart, end }: DerElement, content: Uint8Array): boolean {
  if (end - contentStart !== content.length) return false;
  for (let index = 0; index < content.length; index++) {
    if (bytes[contentStart + index] !== content[index]) return false;
  }
  return true;
}

function writtenOut(element: DerElement): string {
  const { bytes, contentStart, end } = element;
  const length = end - contentStart;
  if (length === 0 || length > 64 || (bytes[end - 1] ?? 0) >= 0x80) {
    throw new DerError("der.oid", element.start, "not an object identifier");
  }
  let text = "";
  for (let offset = contentStart; offset < end; ) {
    if (bytes[offset] === 0x80) throw new DerError("der.oid", offset, "an arc is not in its shortest form");
    let stop = offset;
    while ((bytes[stop] ?? 0) >= 0x80) stop++;
    text += text === "" ? firstArcs(arc(element, offset, stop)) : `.${arc(element, offset, stop)}`;
    offset = stop + 1;
  }
  return text;
}

function arc(element: DerElement, start: number, stop: number): number | bigint {
  if (stop - start > 18) throw new DerError("der.oid", start, "an arc is too large");
  if (stop - start > 5) return bigArc(element.bytes.subarray(start, stop + 1));
  let value = 0;
  for (let offset = start; offset <= stop; offset++) value = value * 128 + ((element.bytes[offset] ?? 0) & 0x7f);
  return value;
}

function bigArc(octets: Uint8Array): bigint {
  return octets.reduce((value, octet) => (value << 7n) | BigInt(octet & 0x7f), 0n);
}

function firstArcs(value: number | bigint): string {
  if (value < 40) return `0.${value}`;
  if (value < 80) return `1.${Number(value) - 40}`;
  return `2.${typeof value === "number" ? value - 80 : value - 80n}`;
}

/** NULL. @throws DerError when it has content. */
export function assertNull(element: DerElement): void {
  if (element.end !== element.contentStart) throw new DerError("der.value", element.start, "a null with content");
}

/** An ASCII text without control characters, as IA5String carries it; the tag is not looked at. @throws DerError `der.string` */
export function asciiText(element: DerElement): string {
  for (let offset = element.contentStart; offset < element.end; offset++) {
    const octet = element.bytes[offset] ?? 0;
    if (octet < 0x20 || octet > 0x7e) {
      throw new DerError("der.string", offset, "a NUL, a control or a non-ASCII character in an ASCII text");
    }
  }
  return ascii.decode(element.content);
}

/** The text of a directory string or an IA5String (RFC 5280 section 4.1.2.4); T.61 is refused, for nobody agrees on it. @throws DerError */
export function stringText(element: DerElement): string {
  switch (element.tag) {
    case tags.utf8String:
      return decodeText(element, strictUtf8);
    case tags.bmpString:
      return decodeText(element, utf16);
    case tags.printableString:
      return matching(element, /^[A-Za-z0-9 '()+,\-./:=?]*$/);
    case tags.numericString:
      return matching(element, /^[0-9 ]*$/);
    case tags.ia5String:
      return asciiText(element);
    default:
      throw new DerError("der.string", element.start, "a string type that names do not use");
  }
}

function decodeText(element: DerElement, decoder: TextDecoder): string {
  try {
    return decoder.decode(element.content);
  } catch {
    throw new DerError("der.string", element.start, "the text is not well-formed Unicode");
  }
}

function matching(element: DerElement, allowed: RegExp): string {
  const text = asciiText(element);
  if (!allowed.test(text))
    throw new DerError("der.string", element.start, "a character that its string type cannot carry");
  return text;
}

/** A point in time and the type that carried it. */
export interface DerTime {
  date: Date;
  encoding: "utc" | "generalized";
}

/** UTCTime or GeneralizedTime in the only form of RFC 5280 section 4.1.2.5: whole seconds, `Z`. @throws DerError `der.time` */
export function timeValue(element: DerElement): DerTime {
  const encoding = element.tag === tags.utcTime ? "utc" : "generalized";
  if (encoding === "generalized" && element.tag !== tags.generalizedTime) throw badTime(element);
  const yearDigits = encoding === "utc" ? 2 : 4;
  if (element.end - element.contentStart !== yearDigits + 11 || element.bytes[element.end - 1] !== 0x5a) {
    throw badTime(element);
  }
  const digits = digitsOf(element, yearDigits);
  const year = encoding === "utc" ? (digits < 50 ? 2000 + digits : 1900 + digits) : digits;
  return { date: clock(element, year, element.contentStart + yearDigits), encoding };
}

function clock(element: DerElement, year: number, start: number): Date {
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = [0, 2, 4, 6, 8].map((shift) =>
    pair(element, start + shift),
  );
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal =
    year >= 1000 &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isReal) throw badTime(element);
  return date;
}

function digitsOf(element: DerElement, count: number): number {
  const first = pair(element, element.contentStart);
  return count === 2 ? first : first * 100 + pair(element, element.contentStart + 2);
}

function pair(element: DerElement, offset: number): number {
  const tens = (element.bytes[offset] ?? 0) - 0x30;
  const ones = (element.bytes[offset + 1] ?? 0) - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) throw badTime(element);
  return tens * 10 + ones;
}

function badTime(element: DerElement): DerError {
  return new DerError("der.time", element.start, "not a time of the form YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ");
}

/** The elements of a SET OF, which must be in the order of X.690 section 11.6. @throws DerError `der.set_order` */
export function setElements(element: DerElement): DerElement[] {
  const reader = element.reader();
  const elements: DerElement[] = [];
  while (!reader.isDone) {
    const next = reader.readAny();
    const previous = elements.at(-1);
    if (previous !== undefined && compareBytes(previous.encoded, next.encoded) > 0) {
      throw new DerError("der.set_order", next.start, "the set is not sorted");
    }
    elements.push(next);
  }
  return elements;
}
