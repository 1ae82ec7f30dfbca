import fc from "fast-check";
import { expect, it } from "vitest";
import { matcherOf, WILDCARD } from "./like";
import { ExtensionValue, isEqual, Names, RecordValue, SetValue, type Value } from "./value";

const names = new Names();

/** Values as plain data, so that two of them are easily told apart without what is tested. */
const plain = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.boolean(),
    fc.bigInt({ min: -2n, max: 2n }),
    fc.constantFrom("", "a", "true", "1", "\0[1]", "\0"),
    fc.constantFrom({ entity: "a" }, { entity: "b" }, { decimal: 1n }, { duration: 1n }),
    fc.array(tie("value"), { maxLength: 3 }).map((set) => ({ set })),
    fc.dictionary(fc.constantFrom("a", "b", "__proto__"), tie("value"), { maxKeys: 2 }).map((record) => ({ record })),
  ),
})).value;

function valueOf(from: unknown): Value {
  if (typeof from !== "object" || from === null) return from as Value;
  if ("entity" in from) return names.of("T", String(from.entity));
  if ("decimal" in from) return new ExtensionValue("decimal", from.decimal as bigint);
  if ("duration" in from) return new ExtensionValue("duration", from.duration as bigint);
  if ("set" in from) return SetValue.of((from.set as unknown[]).map(valueOf));
  return RecordValue.of(
    Object.entries((from as { record: object }).record).map(([name, value]) => [name, valueOf(value)]),
  );
}

/** Text that equal values have in common: sets sorted and without repetition. */
function normal(from: unknown): string {
  if (typeof from !== "object" || from === null) return `${typeof from}:${JSON.stringify(String(from))}`;
  const [[kind, inner] = ["", null]] = Object.entries(from) as [string, unknown][];
  if (kind === "set") return `[${[...new Set((inner as unknown[]).map(normal))].sort().join()}]`;
  if (kind !== "record") return `${kind}:${String(inner)}`;
  const entries = Object.entries(inner as object).map(([name, value]) => `${name}=${normal(value)}`);
  return `{${entries.sort().join()}}`;
}

it("is equal to another by what it contains, and so it is found in sets", () => {
  fc.assert(
    fc.property(plain, plain, (a, b) => {
      const expected = normal(a) === normal(b);
      expect(isEqual(valueOf(a), valueOf(b))).toBe(expected);
      expect(SetValue.of([valueOf(a)]).has(valueOf(b))).toBe(expected);
      expect(SetValue.of([valueOf(a), valueOf(b)]).elements).toHaveLength(expected ? 1 : 2);
    }),
    { numRuns: 3_000 },
  );
});

it("matches a pattern as a regular expression with the same wildcards does", () => {
  const pieces = fc.array(fc.constantFrom("a", "b", "ab", "*", "é", WILDCARD), { maxLength: 6 });
  fc.assert(
    fc.property(
      pieces,
      fc.string({ unit: fc.constantFrom("a", "b", "*", "é", "\n"), maxLength: 8 }),
      (pattern, text) => {
        const source = pattern.map((piece) => (piece === WILDCARD ? "[^]*" : piece.replaceAll("*", "\\*"))).join("");
        expect(matcherOf(pattern)(text)).toBe(new RegExp(`^${source}$`, "u").test(text));
      },
    ),
    { numRuns: 3_000 },
  );
});

it("keeps one entity for each name, whatever the name is", () => {
  expect(names.of("T", "__proto__")).toBe(names.of("T", "__proto__"));
  expect(names.of("T", "a")).not.toBe(names.of("T2", "a"));
  expect(names.at(names.of("T", "x").handle)).toBe(names.of("T", "x"));
});

it("compares records of as many shapes as anybody sends", () => {
  const recordOf = (n: number) => RecordValue.of([["a", true] as const, [`name ${n}`, 1n] as const]);
  const before = recordOf(0);
  for (let n = 1; n < 25_000; n += 1) recordOf(n);
  expect(isEqual(before, recordOf(0))).toBe(true);
  expect(isEqual(before, recordOf(1))).toBe(false);
  expect(SetValue.of([before]).has(recordOf(0))).toBe(true);
});
