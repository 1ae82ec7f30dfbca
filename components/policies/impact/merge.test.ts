import { describe, expect, it } from "vitest";
import type { ReplayGroup, ReplayPage } from "@/server/policies/impact-contract";
import { addPage, countOf, NOTHING_REPLAYED, sentenceOf } from "./merge";

const group = (change: ReplayGroup["change"], id: string, count: number, seq: number): ReplayGroup => ({
  ...{ change, subject: { type: "Node", id }, team: null, action: "workload.run", resourceType: "Compute", count },
  policies: ["p"],
  decisions: [{ seq, at: new Date(seq), resource: "r" }],
});
const page = (groups: ReplayGroup[], at: number): ReplayPage => ({
  ...{ replayed: 10, unreadable: 1, oldest: new Date(at), newest: new Date(at + 5), groups, next: null, total: 20 },
});

describe("pages of a replayed log", () => {
  it("are one, with groups of the same kind counted together, the greatest first", () => {
    const first = addPage(
      NOTHING_REPLAYED,
      page([group("newly denied", "a", 2, 9), group("newly allowed", "a", 3, 8)], 50),
    );
    const both = addPage(first, page([group("newly denied", "a", 4, 3)], 10));
    expect(both).toMatchObject({ replayed: 20, unreadable: 2, oldest: new Date(10), newest: new Date(55) });
    expect(both.groups.map(({ change, count }) => [change, count])).toEqual([
      ["newly denied", 6],
      ["newly allowed", 3],
    ]);
    expect(both.groups[0]?.decisions.map(({ seq }) => seq)).toEqual([9, 3]);
    expect([countOf(both, "newly denied"), countOf(both, "newly allowed")]).toEqual([6, 3]);
  });
});

describe("the sentence of a draft", () => {
  it.each([
    [0, 0, "This draft changes no decision of the log."],
    [412, 29, "This draft takes away 412 decisions and gives 29 new ones."],
    [1, 1, "This draft takes away 1 decision and gives 1 new one."],
    [1_200, 0, "This draft takes away 1,200 decisions."],
    [0, 1, "This draft gives 1 decision that was denied."],
  ])("%i denied and %i allowed", (denied, allowed, sentence) => {
    expect(sentenceOf(denied, allowed)).toBe(sentence);
  });
});
