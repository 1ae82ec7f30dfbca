import { CLOSER_OF } from "./lexer";
import { type Problem, problemAt, type Range } from "./problem";
import type { Token } from "./syntax";

/** What a problem may have besides its place and its words. */
interface Hints {
  readonly expected?: readonly string[];
  readonly suggestion?: string | null;
}

/** Tokens from left to right, for a parser that goes on after a problem. Past its last, it stands at an `end`. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  #at = 0;
  /** Where the last problem of form was: there is one such a place, for the others only follow from it. */
  #troubleAt = -1;
  /** The closing brackets that are awaited, innermost last. */
  readonly #awaited: string[] = [];
  /** How many problems there were before these tokens. */
  readonly #before: number;

  constructor(
    tokens: readonly Token[],
    readonly problems: Problem[],
  ) {
    this.#before = problems.length;
    this.#tokens = tokens.filter((token) => !this.#isBlockComment(token));
    const end = tokens.at(-1)?.end ?? 0;
    this.#end = { kind: "end", text: "", trivia: "", start: end, end };
  }

  /** Reports and leaves out the comments of other languages. */
  #isBlockComment(token: Token): boolean {
    const isOne = token.kind === "unknown" && token.text.startsWith("/*");
    if (isOne) this.report("syntax.unexpected", "comments start with `//` and end with their line", token);
    return isOne;
  }

  /** Whether a problem has come up in these tokens. */
  get hasProblems(): boolean {
    return this.problems.length > this.#before;
  }

  get token(): Token {
    return this.peek(0);
  }

  peek(distance: number): Token {
    return this.#tokens[this.#at + distance] ?? this.#end;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length || this.token.text === ";";
  }

  /** Where the token before this one ends. */
  get lastEnd(): number {
    return this.#tokens[this.#at - 1]?.end ?? this.#tokens[0]?.start ?? 0;
  }

  next(): Token {
    const { token } = this;
    if (this.#at < this.#tokens.length) this.#at += 1;
    return token;
  }

  is(...texts: readonly string[]): boolean {
    return this.token.kind !== "end" && texts.includes(this.token.text);
  }

  accept(text: string): Token | null {
    return this.is(text) ? this.next() : null;
  }

  /** A problem of meaning: each counts. */
  report(code: string, message: string, range: Range, hints: Hints = {}): void {
    this.problems.push(problemAt(range, code, message, hints));
  }

  /** A problem of form at this token; only the first at one place is told. */
  reportOnce(code: string, message: string, hints: Hints = {}, range: Range = this.token): void {
    if (this.#troubleAt === this.#at) return;
    this.#troubleAt = this.#at;
    this.report(code, message, range, hints);
  }

  /** This token is none of those that could stand here. */
  reportUnexpected(what: string, hints: Hints = {}): void {
    const { token } = this;
    if (token.kind === "unknown") return this.reportOnce(...unknownToken(token), hints);
    const found = token.kind === "end" ? "the end" : `\`${shorten(token.text)}\``;
    this.reportOnce("syntax.unexpected", `expected ${what}, found ${found}`, { expected: [what], ...hints });
  }

  /** Takes a token that must stand here; where it does not, says that it is missing after what is before. */
  expect(text: string): boolean {
    if (this.accept(text)) return true;
    const place = { start: this.lastEnd, end: this.lastEnd };
    this.reportOnce("syntax.missing", `missing \`${text}\``, { expected: [text], suggestion: text }, place);
    return false;
  }

  /** Takes an opening bracket. */
  open(): Token {
    this.#awaited.push(CLOSER_OF.get(this.token.text) ?? "");
    return this.next();
  }

  /** Takes the closing bracket of what was opened last, past whatever does not belong before it. */
  close(): void {
    const closer = this.#awaited.at(-1) ?? ")";
    if (!this.is(closer)) {
      if (this.isAtEnd || this.#awaited.includes(this.token.text)) this.expect(closer);
      else this.reportUnexpected(`\`${closer}\``);
      this.skipTo();
    }
    this.#awaited.pop();
    this.accept(closer);
  }

  /** Skips to one of some texts, or to the end of what is open, and over what opens and closes before it. */
  skipTo(...texts: readonly string[]): void {
    const within: string[] = [];
    while (!this.isAtEnd) {
      const { text } = this.token;
      if (within.length === 0 && texts.includes(text)) return;
      const closes = within.lastIndexOf(text);
      if (closes >= 0) within.length = closes;
      else if (this.#awaited.includes(text)) return;
      const closer = CLOSER_OF.get(text);
      if (closer !== undefined) within.push(closer);
      this.next();
    }
  }
}

function unknownToken({ text }: Token): [code: string, message: string] {
  if (text.startsWith("'")) return ["syntax.unexpected", "strings stand in double quotes"];
  return ["syntax.unknown_character", `\`${shorten(text)}\` is not a word of the language`];
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
