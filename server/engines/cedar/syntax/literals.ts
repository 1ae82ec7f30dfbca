import { type Problem, problemAt, type Range } from "./problem";
import type { Token } from "./syntax";
import { type PatternPiece, WILDCARD } from "../values/like";

/** What a string literal says, one entry a character; `isStar` for `*` that was not written `\*`. */
interface Piece {
  readonly text: string;
  readonly isStar: boolean;
}

/** The text that a string token means. https://docs.cedarpolicy.com/policies/syntax-datatypes.html#datatype-string */
export function readString(token: Token, problems: Problem[]): string {
  return readPieces(token, "text", problems)
    .map(({ text }) => text)
    .join("");
}

/**
 * The pattern that a string token after `like` means: `*` is any text, `\*` a star.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#operators-string-like
 */
export function readPattern(token: Token, problems: Problem[]): PatternPiece[] {
  const pattern: PatternPiece[] = [];
  let text = "";
  for (const piece of readPieces(token, "pattern", problems)) {
    if (!piece.isStar) text += piece.text;
    else {
      if (text !== "") pattern.push(text);
      pattern.push(WILDCARD);
      text = "";
    }
  }
  return text === "" ? pattern : [...pattern, text];
}

function readPieces(token: Token, kind: "text" | "pattern", problems: Problem[]): Piece[] {
  const pieces: Piece[] = [];
  const { text } = token;
  const report = (code: string, message: string, from: number, to: number, suggestion: string | null = null) =>
    problems.push(problemAt(shift(token, from, to), code, message, { suggestion }));
  let at = 1;
  while (at < text.length && text[at] !== '"') {
    const character = text[at] as string;
    if (character === "\\") {
      const escape = readEscape(text, at);
      const isStar = kind === "pattern" && text[at + 1] === "*";
      if (isStar) pieces.push({ text: "*", isStar: false });
      else if (escape.value !== null) pieces.push({ text: escape.value, isStar: escape.value === "*" });
      else report("syntax.invalid_escape", escape.message, at, escape.end, kindly(text.slice(at, escape.end)));
      at = escape.end;
    } else {
      const isHalf = isLoneSurrogate(text, at);
      if (isHalf) report("syntax.unknown_character", "this is half of a character, which no file can hold", at, at + 1);
      if (character === "\r") report("syntax.carriage_return", "a string has no bare CR", at, at + 1, "\\r");
      pieces.push({ text: character, isStar: character === "*" });
      at += 1;
    }
  }
  if (at >= text.length) report("syntax.unterminated_string", "this string is not closed", 0, text.length, `${text}"`);
  return pieces;
}

/** Whether a UTF-16 unit is half of a pair whose other half is not beside it. */
function isLoneSurrogate(text: string, at: number): boolean {
  const isHigh = (index: number) => (text.charCodeAt(index) & 0xfc00) === 0xd800;
  const isLow = (index: number) => (text.charCodeAt(index) & 0xfc00) === 0xdc00;
  return (isHigh(at) && !isLow(at + 1)) || (isLow(at) && !isHigh(at - 1));
}

const shift = (token: Token, from: number, to: number): Range => ({ start: token.start + from, end: token.start + to });

/** What somebody who wrote a wrong escape most likely meant. */
function kindly(escape: string): string | null {
  if (escape === "\\*") return "*";
  const byte = /^\\x([89a-fA-F][0-9a-fA-F])$/.exec(escape);
  if (byte) return `\\u{${byte[1]}}`;
  return /^\\[a-zA-Z0-9]$/.test(escape) && escape !== "\\x" && escape !== "\\u" ? `\\${escape}` : null;
}

type Escape = { readonly value: string | null; readonly end: number; readonly message: string };

const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "\\": "\\",
  "0": "\0",
  "'": "'",
  '"': '"',
};

/** The escape that starts at a backslash. */
function readEscape(text: string, at: number): Escape {
  const next = String.fromCodePoint(text.codePointAt(at + 1) ?? 0x20);
  const end = Math.min(text.length, at + 1 + next.length);
  const simple = SIMPLE[next];
  if (simple !== undefined) return { value: simple, end, message: "" };
  if (next === "x") return readByte(text, at);
  if (next === "u") return readCodePoint(text, at);
  return { value: null, end, message: `\`${text.slice(at, end)}\` is not an escape` };
}

/** `\x41`: two hexadecimal digits, up to 7F. */
function readByte(text: string, at: number): Escape {
  const digits = /^[0-9a-fA-F]{0,2}/.exec(text.slice(at + 2, at + 4))?.[0] ?? "";
  const end = at + 2 + digits.length;
  const code = digits.length === 2 ? Number.parseInt(digits, 16) : 0x80;
  if (code < 0x80) return { value: String.fromCharCode(code), end, message: "" };
  return { value: null, end, message: `\`${text.slice(at, end)}\` is not an escape: \\x has two digits, 00 to 7f` };
}

/** `\u{1F600}`: one to six hexadecimal digits, which `_` may part. */
function readCodePoint(text: string, at: number): Escape {
  const pattern = /\{([0-9a-fA-F_]*)\}/y;
  pattern.lastIndex = at + 2;
  const written = pattern.exec(text);
  const end = at + 2 + (written?.[0].length ?? 0);
  const digits = written?.[1]?.replaceAll("_", "") ?? "";
  const code = Number.parseInt(digits, 16);
  const isScalar = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  if (digits.length <= 6 && isScalar && !written?.[1]?.startsWith("_")) {
    return { value: String.fromCodePoint(code), end, message: "" };
  }
  return {
    value: null,
    end,
    message: `\`${text.slice(at, end)}\` is not an escape: \\u{…} has one character's number`,
  };
}

/** A whole number as written, or null when it is greater than `limit`. */
export function readInteger(digits: string, limit: bigint): bigint | null {
  const significant = digits.replace(/^0+(?=.)/, "");
  if (significant.length > 19) return null;
  const value = BigInt(significant);
  return value > limit ? null : value;
}
