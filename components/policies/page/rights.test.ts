import { describe, expect, it } from "vitest";
import type { DraftDetail } from "@/server/policies/contract";
import { wayOn } from "./rights";

const saved: DraftDetail = {
  ...{ id: "pdr_1", policy: "p", kind: "change", text: "permit (principal, action, resource);", revision: 2 },
  ...{
    updatedAt: new Date(0),
    by: { id: "usr_1", name: "Priya" },
    isBaseInForce: true,
    review: null,
    shadowSince: null,
  },
};
const typed = { saved, errors: 0, isChanged: false, text: "permit (principal, action, resource);" };
const may = { draft: undefined, publish: undefined };
const alone = { needsReview: false, mayPublishDraft: true, draft: saved };
const author = { needsReview: true, mayPublishDraft: false, draft: saved };
const second = { needsReview: true, mayPublishDraft: true, draft: saved };
const asked = { ...saved, review: { note: "look", isCurrent: true } };

describe("the way on for a draft", () => {
  it.each([
    ["a saved draft is published", typed, may, alone, "publish", true],
    ["what is typed is published", { ...typed, saved: null, isChanged: true }, may, alone, "publish", true],
    ["what is in force is not published again", { ...typed, saved: null }, may, alone, "publish", false],
    ["nothing is published", { ...typed, saved: null, text: " \n" }, may, alone, "publish", false],
    ["errors are not published", { ...typed, errors: 1 }, may, alone, "publish", false],
    [
      "a removal has no text that could have errors",
      { ...typed, saved: { ...saved, kind: "removal" as const }, errors: 1 },
      may,
      alone,
      "publish",
      true,
    ],
    ["an author asks for review where two are required", typed, may, author, "review", true],
    ["an author has asked already", { ...typed, saved: asked }, may, author, "review", false],
    ["an author asks again after a change", { ...typed, saved: asked, isChanged: true }, may, author, "review", true],
    ["a second person publishes", { ...typed, saved: asked }, may, second, "publish", true],
    [
      "a second person who changes it is its author",
      { ...typed, saved: asked, isChanged: true },
      may,
      second,
      "review",
      true,
    ],
    [
      "a second person who saved it is its author",
      { ...typed, saved: { ...saved, revision: 3 } },
      may,
      second,
      "review",
      true,
    ],
    ["who may only draft asks for review", typed, { ...may, publish: "no" }, alone, "review", true],
    ["who may neither sees why", typed, { draft: "no", publish: "no" }, alone, "review", false],
  ] as const)("%s", (_, draft, refused, detail, kind, isOpen) => {
    const way = wayOn(draft, refused, detail);
    expect([way.kind, way.disabledBecause === undefined]).toEqual([kind, isOpen]);
  });
});
