import type { Token } from "./syntax";

/**
 * The tokens of a policy text, in order, with an `end` token as the last. No byte is lost: the trivia and the texts of
 * all tokens, put together, are the text. What the language does not know becomes an `unknown` token, and a string that
 * nothing closes is one token to the end of its line. Never throws; linear in the length of the text.
 * https://docs.cedarpolicy.com/policies/syntax-grammar.html (the tokens below the rules)
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const quoted = new Quoted(text);
  let at = 0;
  for (;;) {
    const start = skipTrivia(text, at);
    const trivia = text.slice(at, start);
    const kind = kindAt(text, start);
    at = quoted.endOf(start) ?? endOf(text, start, kind);
    tokens.push({ kind, text: text.slice(start, at), trivia, start, end: at });
    if (kind === "end") return tokens;
  }
}

const SYMBOLS = new Set("@.,;:(){}[]<>+-*/%!=");
const PAIRS = new Set(["::", "==", "!=", "<=", ">=", "||", "&&"]);

/** The sign that closes a bracket. */
export const CLOSER_OF: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);
export const CLOSERS: ReadonlySet<string> = new Set(CLOSER_OF.values());

function kindAt(text: string, at: number): Token["kind"] {
  const character = text[at];
  if (character === undefined) return "end";
  if (isLetter(text.charCodeAt(at))) return "identifier";
  if (isDigit(text.charCodeAt(at))) return "integer";
  if (character === '"') return "string";
  if (text.startsWith("/*", at)) return "unknown";
  if (character === "?" && isLetter(text.charCodeAt(at + 1))) return "slot";
  return SYMBOLS.has(character) || PAIRS.has(text.slice(at, at + 2)) ? "symbol" : "unknown";
}

function endOf(text: string, start: number, kind: Token["kind"]): number {
  switch (kind) {
    case "identifier":
      return skipWhile(text, start, isWordPart);
    case "slot":
      return skipWhile(text, start + 1, isWordPart);
    case "integer":
      return skipWhile(text, start, isDigit);
    case "symbol":
      return start + (PAIRS.has(text.slice(start, start + 2)) ? 2 : 1);
    case "unknown":
      return text[start] === "'" ? endOfQuoted(text, start) : Math.max(start + 1, skipWhile(text, start, isForeign));
    case "string":
    case "end":
      return start;
  }
}

/** A text in single quotes, which the language does not have, is one token too when its line closes it. */
function endOfQuoted(text: string, start: number): number {
  const end = skipWhile(text, start + 1, (code) => code !== 0x27 && code !== 0x0a && code !== 0x0d);
  return text[end] === "'" ? end + 1 : start + 1;
}

/** What runs up to its closing sign: strings, and the block comments that the language does not have. */
class Quoted {
  /** Up to here no quote closes anything, for the search from an earlier one came this far. */
  #unclosedTo = -1;
  #lastCommentEnd: number | undefined;

  constructor(readonly text: string) {}

  /** Where what starts here ends; null when it is neither. */
  endOf(start: number): number | null {
    if (this.text.startsWith("/*", start)) return this.#commentEnd(start);
    if (this.text[start] !== '"') return null;
    const end = start < this.#unclosedTo ? null : this.#closingQuote(start + 1);
    return end ?? skipWhile(this.text, start, (code) => code !== 0x0a && code !== 0x0d);
  }

  #commentEnd(start: number): number {
    this.#lastCommentEnd ??= this.text.lastIndexOf("*/");
    return start + 2 <= this.#lastCommentEnd ? this.text.indexOf("*/", start + 2) + 2 : start + 2;
  }

  #closingQuote(from: number): number | null {
    let at = from;
    while (at < this.text.length) {
      const code = this.text.charCodeAt(at);
      if (code === 0x22) return at + 1;
      if (code === 0x5c && this.text.charCodeAt(at + 1) === 0x0a) break;
      at += code === 0x5c ? 2 : 1;
    }
    this.#unclosedTo = at;
    return null;
  }
}

/** Past white space and comments. A comment runs to the next LF or CR. */
function skipTrivia(text: string, from: number): number {
  let at = from;
  for (;;) {
    at = skipWhile(text, at, isSpace);
    if (!text.startsWith("//", at)) return at;
    at = skipWhile(text, at, (code) => code !== 0x0a && code !== 0x0d);
  }
}

function skipWhile(text: string, from: number, holds: (code: number) => boolean): number {
  let at = from;
  while (at < text.length && holds(text.charCodeAt(at))) at += 1;
  return at;
}

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const isLetter = (code: number) => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
const isWordPart = (code: number) => isLetter(code) || isDigit(code);
const isForeign = (code: number) => code > 0x7f && !isSpace(code);

/** White space as Unicode has it: https://www.unicode.org/reports/tr44/#White_Space */
function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x1680) return code === 0x85 || code === 0xa0;
  return (code >= 0x2000 && code <= 0x200a) || OTHER_SPACES.has(code);
}

const OTHER_SPACES = new Set([0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]);
