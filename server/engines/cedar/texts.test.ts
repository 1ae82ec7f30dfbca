import { describe, expect, it } from "vitest";
import { parsePolicies } from "./syntax/parser";
import { TextEngine } from "./text-engine";
import { policiesOf, schemaOf, TextRefused, treeOf } from "./texts";

const PERMIT = "permit (principal, action, resource);";

describe("policies of a text", () => {
  it("are named in the order of their appearance; templates count and are left out", () => {
    const text = `permit (principal in ?principal, action, resource); ${PERMIT} forbid (principal, action, resource is A in ?resource); ${PERMIT}`;
    expect(policiesOf(parsePolicies(text)).map(({ id }) => id)).toEqual(["policy1", "policy3"]);
  });

  it("are refused with the places of what is wrong, ten of them at most", () => {
    expect(() => treeOf(`${PERMIT}\n permit (principal);`)).toThrow(/^policies:2:\d+ /);
    const places = (count: number) => {
      try {
        treeOf("permit (principal, action, resource) when { 1 + };\n".repeat(count));
      } catch (error) {
        return error instanceof TextRefused ? error.message.split("; ").length : Number.NaN;
      }
      return 0;
    };
    expect([0, 1, 10, 11, 99].map(places)).toEqual([0, 1, 10, 11, 11]);
  });
});

describe("the schema of a text", () => {
  it.each([
    ["Cedar's own syntax", " entity A;"],
    ["JSON", ' {"": {"entityTypes": {"A": {}}, "actions": {}}}'],
  ])("is read from %s", (_, text) => {
    expect([...(schemaOf(text)?.entityTypes.keys() ?? [])]).toEqual(["A"]);
  });

  it("is none where the text is blank, and is refused where it is broken", () => {
    expect(schemaOf(" \n")).toBeNull();
    expect(() => schemaOf("entity;")).toThrow(/^schema:1:7 /);
    expect(() => schemaOf("{")).toThrow(/^schema:1:2 /);
  });
});

describe("an engine of texts", () => {
  const engine = new TextEngine(PERMIT.repeat(12), "");
  const uid = (type: string) => `{"type":"${type}","id":"1"}`;
  const request = `{"principal":${uid("A")},"action":${uid("Action")},"resource":${uid("B")}}`;

  it("tells ids by their number", () => {
    expect(engine.answer(request).reason).toEqual(Array.from({ length: 12 }, (_, at) => `policy${at}`));
  });

  it("keeps the entities that it has when others cannot be read", () => {
    const member = new TextEngine('permit (principal in A::"2", action, resource);', "");
    member.setEntities(`[{"uid":${uid("A")},"attrs":{},"parents":[{"type":"A","id":"2"}]}]`);
    expect(() => member.setEntities("[1]")).toThrow(TextRefused);
    expect(member.answer(request).decision).toBe("allow");
  });

  it("denies what cannot be asked", () => {
    expect(engine.answer("1")).toMatchObject({ decision: "deny", error: expect.stringMatching(/^request: /) });
  });
});
