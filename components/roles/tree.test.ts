import { describe, expect, it } from "vitest";
import type { KnownAction } from "@/server/roles/contract";
import { actionsNamed, actionTree, type ActionNode, countActions, headingOf, searchTree } from "./tree";

const action = (name: string, ...groups: string[]): KnownAction => ({
  ...{ name, groups, resourceTypes: ["Compute"], principalTypes: ["Node"] },
});

const ACTIONS = [
  action("workload.run", "use", "swarm"),
  action("storage.read", "use", "swarm"),
  action("storage.write", "change", "swarm"),
  action("audit.list", "reading", "audit", "console"),
  action("audit.export", "audit", "console"),
  action("role.list", "reading", "console"),
  action("alone"),
];

/** `use(workload.run storage.read)` */
const write = ({ name, members }: ActionNode): string =>
  members.length === 0 ? name : `${name}(${members.map(write).join(" ")})`;

describe("the tree of actions", () => {
  it("has groups within groups, and an action of two groups twice", () => {
    expect(actionTree(ACTIONS).map(write)).toEqual([
      "swarm(use(workload.run storage.read) change(storage.write))",
      "console(reading(audit.list role.list) audit(audit.list audit.export))",
      "alone",
    ]);
  });

  it("ends, though two groups hold the same", () => {
    expect(actionTree([action("a", "x", "y")]).map(write)).toEqual(["x(y(a))"]);
  });

  it("is searched by names: a group that has the text is there whole", () => {
    const found = (text: string) => searchTree(actionTree(ACTIONS), text).map(write);
    expect(found("STORAGE")).toEqual(["swarm(use(storage.read) change(storage.write))"]);
    expect(found("use")).toEqual(["swarm(use(workload.run storage.read))"]);
    expect(found("nothing is called so")).toEqual([]);
  });

  it("counts actions, not groups", () => {
    expect(actionTree(ACTIONS).map(countActions)).toEqual([3, 4, 1]);
  });
});

describe("an action", () => {
  it.each([
    ["workload.run", "use"],
    ["audit.list", "audit"],
    ["alone", null],
    ["gone", null],
  ])("%s is listed under %s", (name, heading) => {
    expect(headingOf(ACTIONS, name)).toBe(heading);
  });

  it("is named by itself or by a group", () => {
    expect(actionsNamed(ACTIONS, ["use", "alone"]).map(({ name }) => name)).toEqual([
      ...["workload.run", "storage.read", "alone"],
    ]);
  });
});
