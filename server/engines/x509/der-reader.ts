import { DerError } from "./errors";

/** The largest input that is read unless the caller raises it: 64 kB. */
export const defaultSizeLimit = 65_536;

/** How many constructed values may be inside each other. */
export const depthLimit = 24;

/** One element of the input: where it starts, where its content is and where it ends. */
export class DerElement {
  constructor(
    readonly bytes: Uint8Array,
    readonly tag: number,
    readonly start: number,
    readonly contentStart: number,
    readonly end: number,
    readonly depth: number,
  ) {}

  /** The content octets, as a view. */
  get content(): Uint8Array {
    return this.bytes.subarray(this.contentStart, this.end);
  }

  /** The whole element with its header, as a view. */
  get encoded(): Uint8Array {
    return this.bytes.subarray(this.start, this.end);
  }

  /** A reader over the content; @throws DerError when it is nested too deeply. */
  reader(): DerReader {
    if (this.depth >= depthLimit) throw new DerError("der.depth", this.start, "nested too deeply");
    return new DerReader(this.bytes, this.contentStart, this.end, this.depth + 1);
  }
}

/** A strict DER reader over one range of the input: definite minimal lengths, low tag numbers, nothing left over (X.690 section 10). */
export class DerReader {
  constructor(
    readonly bytes: Uint8Array,
    private offset: number,
    private readonly end: number,
    private readonly depth: number,
  ) {}

  /** A reader over a whole input. @throws DerError `der.size` beyond the limit. */
  static of(bytes: Uint8Array, sizeLimit = defaultSizeLimit): DerReader {
    if (bytes.length > sizeLimit) throw new DerError("der.size", 0, `longer than ${sizeLimit} octets`);
    return new DerReader(bytes, 0, bytes.length, 0);
  }

  /** Whether everything was read. */
  get isDone(): boolean {
    return this.offset === this.end;
  }

  /** Where the next element starts. */
  get position(): number {
    return this.offset;
  }

  /** Moves to an offset that is known to be the start of an element in this range. */
  skipTo(offset: number): void {
    if (offset < this.offset || offset > this.end) throw new DerError("der.truncated", offset, "outside the value");
    this.offset = offset;
  }

  /** The tag of the next element, or -1 at the end. */
  peekTag(): number {
    return this.offset < this.end ? (this.bytes[this.offset] ?? -1) : -1;
  }

  /** The next element, whatever it is. @throws DerError */
  readAny(): DerElement {
    const start = this.offset;
    const tag = this.octet(start);
    if ((tag & 0x1f) === 0x1f) throw new DerError("der.tag", start, "tag numbers above 30 are not used in X.509");
    const first = this.octet(start + 1);
    if (first < 0x80) return this.element(tag, start, start + 2, first);
    return this.element(tag, start, start + 2 + (first & 0x7f), this.longLength(start + 1, first & 0x7f));
  }

  /** The next element, which must have this tag. @throws DerError */
  read(tag: number): DerElement {
    const actual = this.peekTag();
    if (actual === tag) return this.readAny();
    if (actual === -1)
      throw new DerError("der.truncated", this.offset, `expected ${tagText(tag)}, but nothing follows`);
    throw new DerError("der.tag", this.offset, `expected ${tagText(tag)}, found ${tagText(actual)}`);
  }

  /** The next element when it has this tag, else null. @throws DerError */
  readOptional(tag: number): DerElement | null {
    return this.peekTag() === tag ? this.readAny() : null;
  }

  /** A reader over the content of the next element, which must have this tag. @throws DerError */
  enter(tag: number): DerReader {
    return this.read(tag).reader();
  }

  /** Asserts that nothing is left. @throws DerError `der.trailing` */
  finish(): void {
    if (this.offset !== this.end) throw new DerError("der.trailing", this.offset, "something follows that should not");
  }

  private octet(offset: number): number {
    if (offset >= this.end) throw new DerError("der.truncated", offset, "the input ends early");
    return this.bytes[offset] ?? 0;
  }

  private longLength(offset: number, count: number): number {
    if (count === 0) throw new DerError("der.length", offset, "an indefinite length is not DER");
    if (count > 4) throw new DerError("der.length", offset, "the length is too long");
    let length = 0;
    for (let index = 1; index <= count; index++) length = length * 256 + this.octet(offset + index);
    const least = count === 1 ? 0x80 : 256 ** (count - 1);
    if (length < least) throw new DerError("der.length", offset, "the length is not in its shortest form");
    return length;
  }

  private element(tag: number, start: number, contentStart: number, length: number): DerElement {
    const end = contentStart + length;
    if (end > this.end) throw new DerError("der.truncated", start, "the length reaches beyond the end");
    this.offset = end;
    return new DerElement(this.bytes, tag, start, contentStart, end, this.depth);
  }
}

/** The one element that the input consists of. @throws DerError */
export function readSingle(bytes: Uint8Array, tag: number, sizeLimit = defaultSizeLimit): DerElement {
  const reader = DerReader.of(bytes, sizeLimit);
  const element = reader.read(tag);
  reader.finish();
  return element;
}

/** Walks an element and everything inside it; says nothing but that the structure is DER. @throws DerError */
export function assertDer(element: DerElement): void {
  if ((element.tag & 0x20) === 0) return;
  const reader = element.reader();
  while (!reader.isDone) assertDer(reader.readAny());
}

function tagText(tag: number): string {
  return `tag 0x${tag.toString(16).padStart(2, "0")}`;
}
