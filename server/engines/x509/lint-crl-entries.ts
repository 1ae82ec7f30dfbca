import { readCrlEntry } from "./crl-reader";
import type { DerElement } from "./der-reader";
import { timeValue } from "./der-values";
import { DerError } from "./errors";
import { toHex } from "./hex";
import { isRightlyEncoded } from "./lint-fields";

/** What is wrong with the entries of a CRL; each field is the first problem of its kind, or null. */
export interface EntryProblems {
  readable: string | null;
  unique: string | null;
  dates: string | null;
  reasons: string | null;
}

/** `revocationDate` as UTCTime, and the one extension that our own entries carry, `reasonCode`, up to its value. */
const utcTimeHeader = [0x17, 0x0d];
const reasonHeader = [0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01];

/**
 * Walks the entries once, in time linear in their number (100,000 in a few milliseconds): the form that this product
 * writes is recognised by its octets, any other goes through the strict reader.
 */
export function scanEntries(revoked: DerElement | null, thisUpdate: Date): EntryProblems {
  const problems: EntryProblems = { readable: null, unique: null, dates: null, reasons: null };
  if (revoked === null) return problems;
  if (revoked.end === revoked.contentStart)
    return { ...problems, readable: "the list of revoked certificates is empty" };
  const walk = new EntryWalk(revoked, thisUpdate, problems);
  try {
    walk.run();
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    problems.readable = error.message;
  }
  return problems;
}

class EntryWalk {
  private readonly bytes: Uint8Array;
  private readonly serials: SerialSet;
  private readonly latest: Uint8Array;

  constructor(
    private readonly revoked: DerElement,
    private readonly thisUpdate: Date,
    private readonly problems: EntryProblems,
  ) {
    this.bytes = revoked.bytes;
    this.serials = new SerialSet(this.bytes, revoked.end - revoked.contentStart);
    this.latest = new TextEncoder().encode(utcDigits(thisUpdate));
  }

  run(): void {
    let offset = this.revoked.contentStart;
    while (offset < this.revoked.end) offset = this.fastEntry(offset) ?? this.slowEntry(offset);
  }

  /** The end of an entry that has our own form and nothing wrong with it, else null. */
  private fastEntry(start: number): number | null {
    const { bytes } = this;
    const length = bytes[start + 1] ?? 0x80;
    const serialLength = bytes[start + 3] ?? 0;
    const end = start + 2 + length;
    const time = start + 4 + serialLength;
    if (bytes[start] !== 0x30 || length >= 0x80 || end > this.revoked.end || bytes[start + 2] !== 0x02) return null;
    if (serialLength === 0 || serialLength > 20 || !this.isMinimalPositive(start + 4, serialLength)) return null;
    if (!this.matches(time, utcTimeHeader) || !this.isPastUtcTime(time + 2)) return null;
    if (end !== time + 15 && !this.isReasonExtension(time + 15, end)) return null;
    this.remember(start + 4, serialLength);
    return end;
  }

  private isMinimalPositive(offset: number, length: number): boolean {
    const first = this.bytes[offset] ?? 0;
    if (first === 0) return length > 1 && (this.bytes[offset + 1] ?? 0) >= 0x80;
    return first < 0x80;
  }

  /** Whether 13 octets are twelve digits of a real date and `Z`, not after `thisUpdate`, in the years 2000 to 2049. */
  private isPastUtcTime(offset: number): boolean {
    if (this.bytes[offset + 12] !== 0x5a || (this.bytes[offset] ?? 0) > 0x34) return false;
    for (let index = 0; index < 12; index++) {
      const octet = this.bytes[offset + index] ?? 0;
      if (octet < 0x30 || octet > 0x39) return false;
    }
    return this.isPlausibleClock(offset) && this.isNotLater(offset);
  }

  /** Days up to the 28th are real in every month; the few others go through the strict reader. */
  private isPlausibleClock(offset: number): boolean {
    const month = this.pair(offset + 2);
    const day = this.pair(offset + 4);
    const isDay = month >= 1 && month <= 12 && day >= 1 && day <= 28;
    return isDay && this.pair(offset + 6) < 24 && this.pair(offset + 8) < 60 && this.pair(offset + 10) < 60;
  }

  private pair(offset: number): number {
    return ((this.bytes[offset] ?? 0) - 0x30) * 10 + (this.bytes[offset + 1] ?? 0) - 0x30;
  }

  private isNotLater(offset: number): boolean {
    for (let index = 0; index < 12; index++) {
      const difference = (this.bytes[offset + index] ?? 0) - (this.latest[index] ?? 0);
      if (difference !== 0) return difference < 0;
    }
    return true;
  }

  private isReasonExtension(offset: number, end: number): boolean {
    const reason = this.bytes[offset + reasonHeader.length] ?? 0;
    return end === offset + reasonHeader.length + 1 && this.matches(offset, reasonHeader) && isReason(reason);
  }

  private matches(offset: number, expected: readonly number[]): boolean {
    for (let index = 0; index < expected.length; index++) {
      if (this.bytes[offset + index] !== expected[index]) return false;
    }
    return true;
  }

  private slowEntry(start: number): number {
    const reader = this.revoked.reader();
    reader.skipTo(start);
    const element = reader.read(0x30);
    const entry = readCrlEntry(element.reader());
    const fields = element.reader();
    const serial = fields.read(0x02);
    const time = timeValue(fields.readAny());
    if (serial.end - serial.contentStart > 20)
      throw new DerError("der.integer", serial.start, "a serial of over 20 octets");
    if (!isRightlyEncoded(time))
      this.problems.dates ??= `serial ${entry.serial} has a time of the wrong type for its year`;
    if (time.date > this.thisUpdate) this.problems.dates ??= `serial ${entry.serial} is revoked in the future`;
    if (!fields.isDone && entry.reason === "unspecified") {
      this.problems.reasons ??= `serial ${entry.serial} writes out an unspecified reason, or an unknown extension`;
    }
    if (entry.reason === "removeFromCRL")
      this.problems.reasons ??= `serial ${entry.serial} is removed in a complete CRL`;
    this.remember(serial.contentStart, serial.end - serial.contentStart);
    return element.end;
  }

  private remember(offset: number, length: number): void {
    if (this.serials.add(offset, length)) return;
    this.problems.unique ??= `serial ${toHex(this.bytes.subarray(offset, offset + length))} appears twice`;
  }
}

function isReason(code: number): boolean {
  return (code >= 1 && code <= 6) || code === 9 || code === 10;
}

/** `YYMMDDHHMMSS` of a time before 2050, else digits that no time comes after. */
function utcDigits(date: Date): string {
  return date.getUTCFullYear() >= 2050 ? "999999999999" : date.toISOString().slice(2, 19).replace(/[-T:]/g, "");
}

/** A hash set of octet ranges of one input, open addressing, kept half empty. */
class SerialSet {
  private readonly mask: number;
  private readonly slots: Int32Array;

  /** No entry has fewer than 20 octets, which bounds how many there are. */
  constructor(
    private readonly bytes: Uint8Array,
    contentLength: number,
  ) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, contentLength / 10)));
    this.mask = size - 1;
    this.slots = new Int32Array(size);
  }

  /** Adds the range unless the same octets are there already; says whether it was added. */
  add(offset: number, length: number): boolean {
    let slot = this.hash(offset, length) & this.mask;
    for (;;) {
      const other = this.slots[slot] ?? 0;
      if (other === 0) break;
      if (this.isSame(other, offset, length)) return false;
      slot = (slot + 1) & this.mask;
    }
    this.slots[slot] = offset;
    return true;
  }

  private hash(offset: number, length: number): number {
    let hash = 0x811c9dc5;
    for (let index = 0; index < length; index++) hash = Math.imul(hash ^ (this.bytes[offset + index] ?? 0), 0x01000193);
    return hash ^ (hash >>> 15);
  }

  /** Each range is preceded by its length octet, so the lengths are compared first. */
  private isSame(left: number, right: number, length: number): boolean {
    for (let index = -1; index < length; index++) {
      if (this.bytes[left + index] !== this.bytes[right + index]) return false;
    }
    return true;
  }
}
