import { describe, expect, it } from "vitest";
import type { Cell, Condition, KnownAction } from "@/server/roles/contract";
import { layOut } from "./matrix";

const ACTIONS: KnownAction[] = [
  { name: "workload.run", groups: ["use"], resourceTypes: ["Compute"], principalTypes: [] },
  { name: "storage.read", groups: ["use"], resourceTypes: ["Storage"], principalTypes: [] },
  { name: "storage.write", groups: ["change"], resourceTypes: ["Storage"], principalTypes: [] },
];
const training: Condition = { on: "workload_kind", any: ["training"] };
const cell = (action: string, resourceType: string, from: string, ...conditions: Condition[]): Cell => ({
  ...{ action, resourceType, from, conditions },
});

describe("what a role permits, laid out", () => {
  const matrix = layOut(
    "trainer",
    [
      cell("storage.write", "Storage", "trainer"),
      cell("workload.run", "Compute", "trainer", training),
      cell("workload.run", "Compute", "reader", training),
      cell("workload.run", "Compute", "trainer", training),
      cell("storage.read", "Storage", "reader"),
    ],
    ACTIONS,
  );

  it("has types by name, and actions by group in the order of the schema", () => {
    expect(matrix.types).toEqual(["Compute", "Storage"]);
    expect(matrix.groups.map(({ name, rows }) => [name, rows.map(({ action }) => action)])).toEqual([
      ["use", ["workload.run", "storage.read"]],
      ["change", ["storage.write"]],
    ]);
  });

  it("says what is inherited from whom, and each condition once", () => {
    const [run, read] = matrix.groups[0]?.rows ?? [];
    expect(run).toMatchObject({ isOwn: true, from: ["reader"] });
    expect(run?.cells).toEqual([
      [
        { from: null, conditions: 1 },
        { from: "reader", conditions: 1 },
      ],
      [],
    ]);
    expect(read).toMatchObject({ isOwn: false, from: ["reader"], cells: [[], [{ from: "reader", conditions: null }]] });
    expect(matrix.conditions).toEqual([[training]]);
  });

  it("lists what the schema does not know any more at the end", () => {
    const { groups } = layOut("r", [cell("gone", "Compute", "r"), cell("storage.read", "Storage", "r")], ACTIONS);
    expect(groups.map(({ name }) => name)).toEqual(["use", null]);
  });
});
