import type { Range } from "./problem";
import { LONG_MAX, LONG_MIN } from "../values/value";

/**
 * A JSON value, RFC 8259. Integers that fit in 64 bits are bigint; every other number, `1.0` and `1e3` too, is a number,
 * which no Cedar value is made of. Objects keep the order of their members.
 */
export type Json = null | boolean | bigint | number | string | readonly Json[] | ReadonlyMap<string, Json>;

/** A text that is not JSON, has a member twice, or nests deeper than `JSON_NESTING`. */
export class JsonError extends Error {
  constructor(
    readonly reason: string,
    /** Where in the text, in UTF-16 units. */
    readonly offset: number,
  ) {
    super(`${reason} at offset ${offset}`);
    this.name = "JsonError";
  }
}

/** How many arrays and objects may stand in each other. */
export const JSON_NESTING = 128;

/** Is told where each member of an object and each element of an array stands: of which it is one, its key, and its range. */
type NoteRange = (holder: object, key: string | number, range: Range) => void;

/** Reads a JSON text. @throws {JsonError} */
export function parseJson(text: string, note: NoteRange | null = null): Json {
  const reader = new Reader(text, note);
  reader.skipSpace();
  const value = reader.value(0);
  reader.skipSpace();
  if (reader.at < text.length) reader.fail("expected the end of the text");
  return value;
}

const [QUOTE, BACKSLASH, LOWER_U] = [0x22, 0x5c, 0x75];
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Reader {
  at = 0;

  constructor(
    readonly text: string,
    readonly note: NoteRange | null,
  ) {}

  fail(reason: string, offset = this.at): never {
    throw new JsonError(reason, offset);
  }

  skipSpace(): void {
    for (; ; this.at += 1) {
      const unit = this.text.charCodeAt(this.at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
    }
  }

  value(depth: number): Json {
    switch (this.text[this.at]) {
      case "{":
        return this.object(depth + 1);
      case "[":
        return this.array(depth + 1);
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      default:
        return this.number();
    }
  }

  object(depth: number): Json {
    this.assertShallow(depth);
    const members = new Map<string, Json>();
    this.open();
    for (let isFirst = true; !this.closes("}", isFirst); isFirst = false) {
      const start = this.at;
      if (this.text[start] !== '"') this.fail("expected a member's name in quotes");
      const name = this.string();
      if (members.has(name)) this.fail(`the member ${JSON.stringify(name)} is here twice`, start);
      this.skipSpace();
      if (this.text[this.at] !== ":") this.fail("expected :");
      this.open();
      members.set(name, this.element(members, name, depth));
    }
    return members;
  }

  array(depth: number): Json {
    this.assertShallow(depth);
    const elements: Json[] = [];
    this.open();
    for (let isFirst = true; !this.closes("]", isFirst); isFirst = false) {
      elements.push(this.element(elements, elements.length, depth));
    }
    return elements;
  }

  element(holder: object, key: string | number, depth: number): Json {
    const start = this.at;
    const value = this.value(depth);
    this.note?.(holder, key, { start, end: this.at });
    this.skipSpace();
    return value;
  }

  assertShallow(depth: number): void {
    if (depth > JSON_NESTING) this.fail(`nested deeper than ${JSON_NESTING}`);
  }

  /** Past one character and the space behind it. */
  open(): void {
    this.at += 1;
    this.skipSpace();
  }

  /** Whether the array or object ends here; when not, past the comma before the next of its values. */
  closes(bracket: "}" | "]", isFirst: boolean): boolean {
    const character = this.text[this.at];
    if (character === bracket) {
      this.at += 1;
      return true;
    }
    if (isFirst) return false;
    if (character !== ",") this.fail(`expected , or ${bracket}`);
    this.open();
    return false;
  }

  word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) this.fail("expected a JSON value");
    this.at += word.length;
    return value;
  }

  number(): bigint | number {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    if (!found) this.fail(this.at < this.text.length ? "expected a JSON value" : "the text ends too early");
    this.at = NUMBER.lastIndex;
    const [written, fraction, exponent] = found;
    if (fraction !== undefined || exponent !== undefined || written.length > 20) return Number(written);
    const integer = BigInt(written);
    return integer < LONG_MIN || integer > LONG_MAX ? Number(written) : integer;
  }

  string(): string {
    const { text } = this;
    let whole = "";
    let start = (this.at += 1);
    for (;;) {
      const unit = text.charCodeAt(this.at);
      if (unit === QUOTE) break;
      if (unit === BACKSLASH) {
        whole += text.slice(start, this.at) + this.escape();
        start = this.at;
      } else if (unit >= 0x20) this.at += 1;
      else if (this.at < text.length) this.fail("a control character must be escaped");
      else this.fail("the string has no end", start - 1);
    }
    whole += text.slice(start, this.at);
    this.at += 1;
    return whole;
  }

  escape(): string {
    const start = this.at;
    const letter = this.text.charAt(start + 1);
    this.at += 2;
    if (letter.charCodeAt(0) !== LOWER_U) return ESCAPES[letter] ?? this.fail("there is no such escape", start);
    const unit = this.hex(start);
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
    if (unit > 0xdbff || !this.text.startsWith("\\u", this.at)) this.fail("a surrogate stands alone", start);
    this.at += 2;
    const low = this.hex(start);
    if (low < 0xdc00 || low > 0xdfff) this.fail("a surrogate stands alone", start);
    return String.fromCharCode(unit, low);
  }

  hex(start: number): number {
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[\dA-Fa-f]{4}$/.test(digits)) this.fail("expected four hexadecimal digits", start);
    this.at += 4;
    return Number.parseInt(digits, 16);
  }
}
