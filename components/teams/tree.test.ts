import { describe, expect, it } from "vitest";
import { idsWithin, treeRows } from "./tree";

const item = (name: string, parentId: string | null = null) => ({ id: name, name, parentId });
const TEAMS = [
  item("vision", "platform"),
  item("audio"),
  item("faces", "vision"),
  item("platform"),
  item("edge", "platform"),
];

describe("a tree of teams", () => {
  it("has each followed by what lies within it, by name", () => {
    expect(treeRows(TEAMS).map(({ item: { name }, depth }) => `${"-".repeat(depth)}${name}`)).toEqual([
      "audio",
      "platform",
      "-edge",
      "-vision",
      "--faces",
    ]);
  });

  it("has at its top what lies within something that is not there", () => {
    expect(treeRows([item("lost", "gone")])).toMatchObject([{ depth: 0 }]);
    expect(treeRows([])).toEqual([]);
  });

  it("knows all that lies within one", () => {
    expect([...idsWithin(TEAMS, "platform")].sort()).toEqual(["edge", "faces", "platform", "vision"]);
    expect([...idsWithin(TEAMS, "audio")]).toEqual(["audio"]);
  });
});
