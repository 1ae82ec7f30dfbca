import { tags, tlv } from "./der";
import { EncodingError } from "./errors";

const utf8 = new TextEncoder();
const oidCache = new Map<string, Uint8Array>();
const oidCacheLimit = 1024;

/** OBJECT IDENTIFIER of a dotted text (X.690 section 8.19), kept for the next call. @throws EncodingError */
export function oid(text: string): Uint8Array {
  const known = oidCache.get(text);
  if (known !== undefined) return known;
  const encoded = tlv(tags.oid, oidContent(text));
  if (oidCache.size >= oidCacheLimit) oidCache.clear();
  oidCache.set(text, encoded);
  return encoded;
}

/** Whether a text is a dotted object identifier that can be encoded. */
export function isOid(text: string): boolean {
  if (text.length > 128 || !/^[0-2](\.(0|[1-9][0-9]*)){1,}$/.test(text)) return false;
  const [first, second] = text.split(".");
  return first === "2" || Number(second) < 40;
}

function oidContent(text: string): Uint8Array {
  if (!isOid(text)) throw new EncodingError(`"${text.slice(0, 64)}" is not an object identifier`);
  const [first = 0n, second = 0n, ...rest] = text.split(".").map((arc) => BigInt(arc));
  const octets: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) octets.push(...arcOctets(arc));
  return Uint8Array.from(octets);
}

function arcOctets(arc: bigint): number[] {
  const octets = [Number(arc & 0x7fn)];
  for (let left = arc >> 7n; left > 0n; left >>= 7n) octets.unshift(Number(left & 0x7fn) | 0x80);
  return octets;
}

/** UTF8String; a lone surrogate is refused, for it would change silently. @throws EncodingError */
export function utf8String(text: string): Uint8Array {
  if (/[\ud800-\udfff]/u.test(text)) throw new EncodingError("the text is not well-formed Unicode");
  return tlv(tags.utf8String, utf8.encode(text));
}

/** PrintableString (X.680 section 41.4). @throws EncodingError */
export function printableString(text: string): Uint8Array {
  if (!isPrintable(text)) throw new EncodingError("the text has characters that a PrintableString cannot carry");
  return tlv(tags.printableString, utf8.encode(text));
}

/** Whether every character is one that a PrintableString can carry. */
export function isPrintable(text: string): boolean {
  return /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text);
}

/** IA5String. @throws EncodingError */
export function ia5String(text: string): Uint8Array {
  return tlv(tags.ia5String, ia5Octets(text));
}

/** The octets of an ASCII text, for an implicit tag. @throws EncodingError */
export function ia5Octets(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) throw new EncodingError("the text has characters outside ASCII");
    octets[index] = code;
  }
  return octets;
}

/** UTCTime through 2049, GeneralizedTime from 2050 on, whole seconds in UTC (RFC 5280 section 4.1.2.5). @throws EncodingError */
export function time(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050 ? utcTime(date) : generalizedTime(date);
}

/** UTCTime `YYMMDDHHMMSSZ` (RFC 5280 section 4.1.2.5.1). @throws EncodingError outside 1950 to 2049. */
export function utcTime(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  if (!(year >= 1950 && year < 2050)) throw new EncodingError("UTCTime reaches from 1950 to 2049");
  const bytes = new Uint8Array(15);
  bytes[0] = tags.utcTime;
  bytes[1] = 13;
  twoDigits(bytes, 2, year % 100);
  writeClock(bytes, 4, date);
  return bytes;
}

/** GeneralizedTime `YYYYMMDDHHMMSSZ` (RFC 5280 section 4.1.2.5.2). @throws EncodingError outside the years 1000 to 9999. */
export function generalizedTime(date: Date): Uint8Array {
  const year = date.getUTCFullYear();
  if (!(year >= 1000 && year <= 9999)) throw new EncodingError("the time is outside the years 1000 to 9999");
  const bytes = new Uint8Array(17);
  bytes[0] = tags.generalizedTime;
  bytes[1] = 15;
  twoDigits(bytes, 2, Math.floor(year / 100));
  twoDigits(bytes, 4, year % 100);
  writeClock(bytes, 6, date);
  return bytes;
}

function writeClock(bytes: Uint8Array, start: number, date: Date): void {
  twoDigits(bytes, start, date.getUTCMonth() + 1);
  twoDigits(bytes, start + 2, date.getUTCDate());
  twoDigits(bytes, start + 4, date.getUTCHours());
  twoDigits(bytes, start + 6, date.getUTCMinutes());
  twoDigits(bytes, start + 8, date.getUTCSeconds());
  bytes[start + 10] = 0x5a;
}

function twoDigits(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = 0x30 + Math.floor(value / 10);
  bytes[offset + 1] = 0x30 + (value % 10);
}
