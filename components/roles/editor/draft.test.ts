import { describe, expect, it } from "vitest";
import type { KnownAction, RoleDefinition } from "@/server/roles/contract";
import { askable, copyOf, definitionOf, draftOf, missingIn, nameFrom, withActions, withPermission } from "./draft";

const KNOWN: KnownAction[] = [
  { name: "storage.read", groups: ["use"], resourceTypes: ["Storage"], principalTypes: [] },
  { name: "workload.run", groups: ["use"], resourceTypes: ["Compute"], principalTypes: [] },
];
const READER: RoleDefinition = {
  ...{ title: "Reader", description: "Reads.", inherits: ["base"] },
  permissions: [{ actions: ["storage.read"], resourceTypes: ["Storage"], conditions: [{ on: "own_team" }] }],
};

describe("the name of a role", () => {
  it.each([
    ["Training operator", "training-operator"],
    ["  Night shift (EU) ", "night-shift-eu"],
    ["Überprüfer", "uberprufer"],
    ["24/7 on call", "on-call"],
    ["!!", ""],
    ["x".repeat(80), "x".repeat(60)],
    [`${"x".repeat(59)} y`, "x".repeat(59)],
  ])("of %j is suggested as %j", (title, name) => {
    expect(nameFrom(title)).toBe(name);
  });

  it("of a copy is new, and follows its title until it is typed", () => {
    expect(copyOf(READER)).toMatchObject({ title: "Copy of Reader", name: "copy-of-reader", isNameTyped: false });
  });
});

describe("a draft", () => {
  it("is the definition that it was made from", () => {
    expect(definitionOf(draftOf("reader", READER))).toEqual(READER);
  });

  it("is asked about without what is still empty", () => {
    const draft = withPermission(draftOf("", null));
    expect(askable(draft)).toMatchObject({ name: "new-role", title: "New role", permissions: [] });
    const [permission] = draft.permissions;
    const half = { ...draft, permissions: permission ? [withActions(permission, ["use"], KNOWN)] : [] };
    const [started] = half.permissions;
    const empty = { on: "pool", any: [] } as const;
    const asked = askable({
      ...half,
      permissions: started ? [{ ...started, conditions: [{ ...empty, any: [] }] }] : [],
    });
    expect(asked.permissions).toEqual([{ actions: ["use"], resourceTypes: [], conditions: [] }]);
  });

  it("says what is missing in a permission", () => {
    const permission = { key: 0, actions: ["use"], resourceTypes: [], conditions: [] };
    expect(missingIn(permission)).toBeUndefined();
    expect(missingIn({ ...permission, actions: [] })).toMatch(/action/);
    expect(missingIn({ ...permission, conditions: [{ on: "pool", any: [] }] })).toMatch(/condition/);
    expect(missingIn({ ...permission, conditions: [{ on: "own_team" }] })).toBeUndefined();
  });

  it("lets go of types that its actions do not take", () => {
    const permission = { key: 0, actions: ["use"], resourceTypes: ["Storage", "Compute"], conditions: [] };
    expect(withActions(permission, ["workload.run"], KNOWN).resourceTypes).toEqual(["Compute"]);
  });

  it("tells each permission from the others, whichever went before", () => {
    const two = withPermission(withPermission(draftOf("", null)));
    const rest = { ...two, permissions: two.permissions.slice(1) };
    expect(withPermission(rest).permissions.map(({ key }) => key)).toEqual([1, 2]);
  });
});
