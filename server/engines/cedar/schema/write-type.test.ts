import { expect, it } from "vitest";
import type { Type } from "../values/type";
import { writeType } from "./write-type";

const LONG: Type = { kind: "long" };

/** A record; a name that ends with `?` may be missing. */
function recordOf(...names: readonly string[]): Type {
  const attributes = names.map(
    (name) => [name.replace("?", ""), { type: LONG, isRequired: !name.endsWith("?") }] as const,
  );
  return { kind: "record", attributes: new Map(attributes) };
}

it.each([
  [{ kind: "true" } as const, "Bool"],
  [
    { kind: "set", element: { kind: "set", element: { kind: "entity", name: "N::User" } } } as const,
    "Set<Set<N::User>>",
  ],
  [{ kind: "extension", name: "ipaddr" } as const, "ipaddr"],
  [recordOf(), "{}"],
  [recordOf("a", "b c?", "if"), '{ a: Long, "b c"?: Long, "if": Long }'],
  [recordOf("a", "b", "c", "d", "e"), "{ a: Long, b: Long, c: Long, d: Long, … }"],
])("writes %j as a schema does: %s", (type, written) => {
  expect(writeType(type)).toBe(written);
});
