import { describe, expect, it } from "vitest";
import type { EntityName } from "@/server/kernel/ports";
import { cursorOf, isWithin, placeOf, referencesOf, usersInWords, usersOf } from "./model";

const pool = (id: string): EntityName => ({ type: "Pool", id });

describe("a resource within others", () => {
  const parents: Readonly<Record<string, EntityName[]>> = { a: [pool("b")], b: [pool("c"), pool("d")], d: [pool("a")] };
  const parentsOf = ({ id }: EntityName) => parents[id] ?? [];

  it.each([
    ["c", [], false],
    ["c", ["d"], true],
    ["c", ["x"], false],
    ["x", ["a"], false],
    ["x", ["x"], true],
  ])("%s, put within %j: is it within itself? %s", (id, within, expected) => {
    expect(isWithin({ ...pool(id), parents: within.map(pool) }, parentsOf)).toBe(expected);
  });
});

describe("what a resource refers to", () => {
  it("is its parents and every entity in its attributes, however deep", () => {
    const entity = (id: string) => ({ __entity: { type: "Provider", id } });
    const attributes = { provider: entity("a"), others: [entity("b"), { deep: entity("c") }], plain: "d", gpus: 8 };
    expect(referencesOf({ parents: [pool("train")], attributes }).map(({ id }) => id)).toEqual([
      "train",
      "a",
      "b",
      "c",
    ]);
  });

  it("is no record that only looks like one", () => {
    const attributes = { plain: { type: "Provider", id: "a" }, half: { __entity: { type: "Provider" } }, text: "a" };
    expect(referencesOf({ parents: [], attributes })).toEqual([]);
  });
});

describe("who uses a resource", () => {
  it.each([
    [1, "1 of Compute uses it: gpu-1"],
    [3, "3 of Compute use it: gpu-1, gpu-2, gpu-3"],
    [7, "7 of Compute use it: gpu-1, gpu-2, gpu-3, gpu-4, gpu-5 and 2 more"],
  ])("is said in words: %i", (count, words) => {
    const names = Array.from({ length: count }, (_, at) => ({ type: "Compute", id: `gpu-${at + 1}` }));
    expect(usersInWords(usersOf(names))).toBe(words);
  });

  it("is said by type", () => {
    const names = [
      { type: "Compute", id: "gpu-1" },
      { type: "Storage", id: "lake" },
    ];
    expect(usersInWords(usersOf(names))).toBe("1 of Compute uses it: gpu-1; 1 of Storage uses it: lake");
  });
});

it("goes on where a page ended, and a place that was made up is harmless", () => {
  expect(placeOf(cursorOf({ type: "Compute", id: "rack/gpu:7" }))).toEqual({ type: "Compute", id: "rack/gpu:7" });
  expect(placeOf("")).toEqual({ type: "", id: "" });
});
