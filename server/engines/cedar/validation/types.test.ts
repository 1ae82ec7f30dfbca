import { describe, expect, it } from "vitest";
import { BOOL, type Checked, FALSE, isSame, leastUpperBound, LONG, STRING, TRUE } from "./types";

const USER: Checked = { kind: "entity", name: "User" };
const TEAM: Checked = { kind: "entity", name: "Team" };
const IP: Checked = { kind: "extension", name: "ipaddr" };
const DECIMAL: Checked = { kind: "extension", name: "decimal" };
const setOf = (element: Checked): Checked => ({ kind: "set", element });

/** A record; names that end with `?` are not required. */
function recordOf(types: Readonly<Record<string, Checked>>): Checked {
  const attributes = Object.entries(types).map(([name, type]) => {
    return [name.replace("?", ""), { type, isRequired: !name.endsWith("?") }] as const;
  });
  return { kind: "record", attributes: new Map(attributes) };
}

describe("the least upper bound", () => {
  it.each([
    [TRUE, TRUE, TRUE],
    [TRUE, FALSE, BOOL],
    [FALSE, BOOL, BOOL],
    [LONG, LONG, LONG],
    [LONG, STRING, null],
    [LONG, BOOL, null],
    [USER, USER, USER],
    [USER, TEAM, null],
    [USER, recordOf({}), null],
    [IP, IP, IP],
    [IP, DECIMAL, null],
    [setOf(TRUE), setOf(FALSE), setOf(BOOL)],
    [setOf(LONG), setOf(STRING), null],
    [setOf(LONG), LONG, null],
    [recordOf({ a: TRUE }), recordOf({ a: FALSE }), recordOf({ a: BOOL })],
    [recordOf({ a: LONG, b: LONG }), recordOf({ b: LONG, a: LONG }), recordOf({ a: LONG, b: LONG })],
    [recordOf({ a: LONG }), recordOf({ a: STRING }), null],
    [recordOf({ a: LONG }), recordOf({ b: LONG }), null],
    [recordOf({ a: LONG }), recordOf({ a: LONG, b: LONG }), null],
    [recordOf({ a: LONG }), recordOf({ "a?": LONG }), null],
    [recordOf({ "a?": TRUE }), recordOf({ "a?": FALSE }), recordOf({ "a?": BOOL })],
  ])("of %j and %j is %j, either way round", (a, b, bound) => {
    expect(leastUpperBound(a, b)).toEqual(bound);
    expect(leastUpperBound(b, a)).toEqual(bound);
  });
});

it("tells singletons apart where types must be the same", () => {
  expect(isSame(TRUE, TRUE)).toBe(true);
  expect(isSame(TRUE, BOOL)).toBe(false);
  expect(isSame(IP, DECIMAL)).toBe(false);
});
