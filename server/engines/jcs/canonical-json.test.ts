import canonicalize from "canonicalize";
import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson } from "./canonical-json";

/** Text of any code points; fast-check's own unit of that name takes a second to list them all. */
const anyText = fc
  .array(
    fc.nat(0x10_ffff - 0x800).map((n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800)),
    { maxLength: 10 },
  )
  .map((characters) => characters.join(""));

/** Any JSON, with keys of whatever characters, among them those that JavaScript would sort by number. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, false, -0, 1e21, 1e-7, 2 ** 53),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    anyText,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.oneof(anyText, fc.nat(20).map(String)), tie("value"), { maxKeys: 6 }),
  ),
})).value;

it("writes what another implementation of RFC 8785 writes, and what means the same", () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value);
      expect(text).toBe(canonicalize(value));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
    { numRuns: 3_000 },
  );
});

it("sorts as RFC 8785, 3.2.3, does: by UTF-16 code units", () => {
  const value = {
    "\u20ac": 1,
    "\r": 2,
    "\ufb33": 3,
    "1": 4,
    "\ud83d\ude00": 5,
    "\u0080": 6,
    "\u00f6": 7,
    "10": 8,
    "9": 9,
  };
  expect(canonicalJson(value)).toBe(
    '{"\\r":2,"1":4,"10":8,"9":9,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  );
});

it.each([
  [0x0000000000000000n, "0"],
  [0x8000000000000000n, "0"],
  [0x0000000000000001n, "5e-324"],
  [0x7fefffffffffffffn, "1.7976931348623157e+308"],
  [0x4340000000000000n, "9007199254740992"],
  [0x444b1ae4d6e2ef4fn, "999999999999999900000"],
  [0x444b1ae4d6e2ef50n, "1e+21"],
  [0x3eb0c6f7a0b5ed8dn, "0.000001"],
  [0x3e7ad7f29abcaf48n, "1e-7"],
])("writes numbers as appendix B of RFC 8785: %s", (bits, expected) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  expect(canonicalJson(view.getFloat64(0))).toBe(expected);
});

it("leaves out what is undefined, and writes a time as its ISO 8601", () => {
  expect(canonicalJson({ b: undefined, a: new Date(0) })).toBe('{"a":"1970-01-01T00:00:00.000Z"}');
});

it("takes half a surrogate pair, so that nobody stays out of the log by typing one", () => {
  expect(canonicalJson("\ud800")).toBe('"\\ud800"');
});

it.each([
  ["NaN", Number.NaN],
  ["infinity", -Infinity],
  ["a bigint", 1n],
  ["undefined", undefined],
  ["a function", () => 1],
  ["undefined in an array", [undefined]],
  ["a Map", { a: new Map() }],
])("refuses %s", (_, value) => {
  expect(() => canonicalJson(value)).toThrow(/no JSON/);
});
