import { describe, expect, it } from "vitest";
import { tokenize } from "./lexer";

const kindsOf = (text: string) =>
  tokenize(text).map(({ kind, text: word }) => (word === "" ? kind : `${kind} ${word}`));

describe("tokens", () => {
  it.each([
    ["if _a1 ?slot 007", ["identifier if", "identifier _a1", "slot ?slot", "integer 007", "end"]],
    ["a::b==c!=!d<=<", ["a", "::", "b", "==", "c", "!=", "!", "d", "<=", "<"].map(kindOf).concat("end")],
    ['"a\\"b" "x\ny"', ['string "a\\"b"', 'string "x\ny"', "end"]],
    ["1a", ["integer 1", "identifier a", "end"]],
    ["a & b|c", ["identifier a", "unknown &", "identifier b", "unknown |", "identifier c", "end"]],
    ["'a b' 'c", ["unknown 'a b'", "unknown '", "identifier c", "end"]],
    ["prénom ? #", ["identifier pr", "unknown é", "identifier nom", "unknown ?", "unknown #", "end"]],
    ['"open\nnext', ['string "open', "identifier next", "end"]],
    ['"a\\\nb"', ['string "a\\', "identifier b", 'string "', "end"]],
    ["a/*b\n*/c /*", ["identifier a", "unknown /*b\n*/", "identifier c", "unknown /*", "end"]],
    ["", ["end"]],
  ])("of %j", (text, tokens) => {
    expect(kindsOf(text)).toEqual(tokens);
  });

  it("keep white space and comments as the trivia of what follows them", () => {
    expect(tokenize("\u2003// one\n a// two\r\n// three")).toEqual([
      { kind: "identifier", text: "a", trivia: "\u2003// one\n ", start: 9, end: 10 },
      { kind: "end", text: "", trivia: "// two\r\n// three", start: 26, end: 26 },
    ]);
  });

  it("of a text with a hundred thousand quotes that nothing closes come as fast as any", () => {
    const text = '"\\\n'.repeat(100_000) + '"\\"'.repeat(100_000);
    const tokens = tokenize(text);
    expect(tokens.map(({ trivia, text: word }) => trivia + word).join("")).toBe(text);
  });
});

function kindOf(word: string): string {
  return `${/\w/.test(word) ? "identifier" : "symbol"} ${word}`;
}
