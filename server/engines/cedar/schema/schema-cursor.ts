import { tokenize } from "../syntax/lexer";
import { readString } from "../syntax/literals";
import { type Problem, problemAt, type Range } from "../syntax/problem";
import type { Name, Token } from "../syntax/syntax";

/** Thrown where nothing more can be read of a declaration; caught where the next one starts. */
class Unreadable extends Error {}

/** Walks over the tokens of a schema, and collects what is wrong with them. */
export class Cursor {
  readonly problems: Problem[] = [];
  readonly #tokens: readonly Token[];
  #at = 0;
  /** How many braces and brackets are open. */
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  /** The token that comes next. */
  get token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  /** The offset where the last token that was read ends. */
  get end(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  next(): Token {
    const { token } = this;
    if (token.kind !== "end") this.#at += 1;
    if (this.#isSign(token, "{", "[")) this.#depth += 1;
    if (this.#isSign(token, "}", "]")) this.#depth -= 1;
    return token;
  }

  get isAtString(): boolean {
    return this.token.kind === "string";
  }

  /** Whether this word or sign comes next. */
  isAt(text: string): boolean {
    return this.token.text === text && this.token.kind !== "string";
  }

  /** Reads this word or sign when it comes next, and says whether it did. */
  take(text: string): boolean {
    const isThere = this.isAt(text);
    if (isThere) this.next();
    return isThere;
  }

  /** Reads this word or sign. @throws {Unreadable} when another comes, with a problem that says so. */
  require(text: string, ...others: readonly string[]): Token {
    if (!this.isAt(text)) this.refuseToken([text, ...others]);
    return this.next();
  }

  /** The range from an offset to what was read last. */
  since(start: number): Range {
    return { start, end: Math.max(start, this.end) };
  }

  /** Says that something else was expected here. @throws {Unreadable} always */
  refuseToken(expected: readonly string[]): never {
    const { token } = this;
    const found = token.kind === "end" ? "the end" : `\`${token.text.slice(0, 40)}\``;
    this.refuse(token, "syntax.unexpected", `expected ${expected.join(" or ")}, found ${found}`, expected);
  }

  /** Adds a problem. @throws {Unreadable} always */
  refuse(range: Range, code: string, message: string, expected: readonly string[] = []): never {
    this.report(range, code, message, { expected });
    throw new Unreadable();
  }

  /** Adds a problem, and goes on. */
  report(...problem: Parameters<typeof problemAt>): void {
    this.problems.push(problemAt(...problem));
  }

  /** Reads a text in quotes. */
  string(): Name {
    const { token } = this;
    if (token.kind !== "string") this.refuseToken(["a text in quotes"]);
    this.next();
    return { value: readString(token, this.problems), start: token.start, end: token.end };
  }

  /** Reads a declaration; where it cannot be read, goes on where the next one is likely to start. */
  recovering(read: () => void): void {
    const [depth, at] = [this.#depth, this.#at];
    try {
      read();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.#skipDeclaration(depth);
      if (this.#at === at) this.next();
      this.#depth = depth;
    }
  }

  /** Past the `;` of a declaration, or to the `}` around it, or to a line that starts with the word of another. */
  #skipDeclaration(depth: number): void {
    for (; this.token.kind !== "end"; this.next()) {
      const isOutside = this.#depth <= depth;
      if (isOutside && (this.isAt("}") || this.take(";"))) return;
      const isOnNewLine = /[\n\r]/.test(this.token.trivia);
      if (isOnNewLine && STARTS.has(this.token.text) && !this.#isAttribute()) return;
      if (isOnNewLine && isOutside && this.isAt("@")) return;
    }
  }

  #isAttribute(): boolean {
    const after = this.#tokens[this.#at + 1];
    return after?.text === ":" || after?.text === "?";
  }

  #isSign(token: Token, ...signs: readonly string[]): boolean {
    return token.kind === "symbol" && signs.includes(token.text);
  }
}

const STARTS: ReadonlySet<string> = new Set(["entity", "action", "type", "namespace"]);
