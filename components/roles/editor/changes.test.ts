import { describe, expect, it } from "vitest";
import type { Cell, Condition } from "@/server/roles/contract";
import { type Change, changesOf } from "./changes";

const training: Condition = { on: "workload_kind", any: ["training"] };
const cell = (action: string, resourceType: string, ...conditions: Condition[]): Cell => ({
  ...{ action, resourceType, from: "r", conditions },
});
const state = (cells: readonly Cell[], title = "Reader", description = "") => ({
  ...{ definition: { title, description }, cells },
});
const say = ({ sign, strong, rest }: Change) => `${sign} ${strong} ${rest}`;

describe("what saving a role changes", () => {
  it("is all of a new one, alike actions in one line", () => {
    const cells = [cell("a.read", "Storage"), cell("b.read", "Storage"), cell("run", "Compute", training)];
    expect(changesOf(null, state(cells)).map(say)).toEqual([
      "+ a.read and b.read on Storage",
      "+ run on Compute, where the workload is training",
    ]);
  });

  it("is what is gained, taken and kept", () => {
    const before = state([cell("a", "Storage"), cell("a", "Dataset"), cell("b", "Storage")]);
    const after = state([cell("a", "Storage"), cell("b", "Storage"), cell("c", "Model")]);
    expect(changesOf(before, after).map(say)).toEqual([
      "+ c on Model",
      "− a on Dataset",
      "= 2 actions stay as they are",
    ]);
  });

  it("shows a condition that came as less than before", () => {
    const changes = changesOf(state([cell("run", "Compute")]), state([cell("run", "Compute", training)]));
    expect(changes.map(say)).toEqual(["+ run on Compute, where the workload is training", "− run on Compute"]);
  });

  it("does not care which role it comes from", () => {
    const inherited = { ...cell("a", "Storage"), from: "other" };
    expect(changesOf(state([inherited]), state([cell("a", "Storage")])).map(say)).toEqual([
      "= 1 action stays as it is",
    ]);
  });

  it("may be words alone", () => {
    expect(changesOf(state([]), state([], "Writer", "Writes.")).map(say)).toEqual([
      "+ Its title is “Writer”, not “Reader”",
      "+ Its description says something else",
    ]);
    expect(changesOf(state([]), state([], "Reader "))).toEqual([]);
  });
});
