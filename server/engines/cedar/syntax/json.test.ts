import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JSON_NESTING, type Json, JsonError, parseJson } from "./json";

describe("parseJson", () => {
  it.each<[string, Json]>([
    ["9223372036854775807", 9223372036854775807n],
    ["-9223372036854775808", -9223372036854775808n],
    ["9223372036854775808", 2 ** 63],
    ["-9223372036854775809", -(2 ** 63)],
    ["0", 0n],
    ["-0", 0n],
    ["1.0", 1],
    ["1e3", 1000],
    ["[1, true, null]", [1n, true, null]],
    [String.raw`"a\n\u00e9\ud83d\ude00\/"`, "a\né😀/"],
    [' {"a": {"b": []}} ', new Map([["a", new Map([["b", []]])]])],
    ['{"__proto__": 1}', new Map([["__proto__", 1n]])],
  ])("reads %s", (text, value) => {
    expect(parseJson(text)).toStrictEqual(value);
  });

  it.each([
    ["", 0],
    ["[1,]", 3],
    ["[1 2]", 3],
    ['{"a":1,"a":2}', 7],
    [String.raw`{"a":1,"\u0061":2}`, 7],
    ["{a:1}", 1],
    ["01", 1],
    ["1.", 1],
    ["+1", 0],
    ["nul", 0],
    ["1 1", 2],
    ['"a', 0],
    ['"a\n"', 2],
    [String.raw`"\x41"`, 1],
    [String.raw`"\u00g0"`, 1],
    [String.raw`"\ud800"`, 1],
    [String.raw`"\ud800\u0041"`, 1],
  ])("refuses %j at its place", (text, offset) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ name: "JsonError", offset }));
  });

  it("reads as deep as it may, and refuses what is deeper without running out of stack", () => {
    const text = "[".repeat(JSON_NESTING) + "]".repeat(JSON_NESTING);
    expect(() => parseJson(text)).not.toThrow();
    expect(() => parseJson(`[${text}]`)).toThrow(expect.objectContaining({ offset: JSON_NESTING }));
    const deep = '{"a":'.repeat(100_000);
    expect(() => parseJson(deep)).toThrow(expect.objectContaining({ offset: 5 * JSON_NESTING }));
  });

  it("tells where every value stands", () => {
    const text = '{"a": [10, "x"]}';
    const seen: string[] = [];
    parseJson(text, (_, key, { start, end }) => seen.push(`${key} ${text.slice(start, end)}`));
    expect(seen).toEqual(["0 10", '1 "x"', 'a [10, "x"]']);
  });

  it("accepts what JSON.parse accepts, and nothing that it refuses", () => {
    const token = fc.constantFrom(
      ..."{}[],:".split(""),
      '"a"',
      '"b"',
      "1",
      "-2.5e1",
      "true",
      "null",
      " ",
      String.raw`"\n"`,
    );
    const text = fc.oneof(
      fc.json(),
      fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join("")),
    );
    fc.assert(
      fc.property(text, (written) => {
        const [ours, theirs] = [
          outcome(() => plain(parseJson(written))),
          outcome(() => JSON.parse(written) as unknown),
        ];
        const isTwice = ours instanceof JsonError && ours.reason.endsWith("is here twice");
        if (!isTwice)
          expect(ours instanceof Error ? "refused" : ours).toEqual(theirs instanceof Error ? "refused" : theirs);
      }),
      { numRuns: 500 },
    );
  });
});

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}

/** The value as `JSON.parse` gives it. */
function plain(json: Json): unknown {
  if (json instanceof Map) return Object.fromEntries([...json].map(([name, value]) => [name, plain(value as Json)]));
  if (Array.isArray(json)) return json.map((value) => plain(value as Json));
  return typeof json === "bigint" ? Number(json) : json;
}
