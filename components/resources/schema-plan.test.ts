import { describe, expect, it } from "vitest";
import { attributesOf, plansOf, typedOf } from "./schema-plan";

const SCHEMA = `
entity Team; entity Pool; entity Role; entity Session;
entity Provider = { trust: String, region?: String };
entity Compute in [Pool, Team] = {
  team?: Team, provider: Provider, gpus: Long, isNew?: Bool, address?: ipaddr, zones: Set<String>, more?: { a: Long }
} tags String;`;

const plan = (type: string) => {
  const found = plansOf(SCHEMA).find((each) => each.type === type);
  if (!found) throw new Error(`no plan of ${type}`);
  return found;
};

describe("what a schema asks about resources", () => {
  it("is of types that are registered, by name", () => {
    expect(plansOf(SCHEMA).map(({ type }) => type)).toEqual(["Compute", "Pool", "Provider"]);
    expect(plansOf("entity entity")).toEqual([]);
  });

  it("is each attribute as it is typed in; the team and what it is within stand beside", () => {
    expect(plan("Compute")).toEqual({
      type: "Compute",
      within: ["Pool"],
      hasTeam: true,
      hasLabels: true,
      fields: [
        { name: "provider", kind: { is: "entity", type: "Provider" }, isRequired: true },
        { name: "gpus", kind: { is: "number" }, isRequired: true },
        { name: "isNew", kind: { is: "yes-no" }, isRequired: false },
        { name: "address", kind: { is: "extension", call: "ip" }, isRequired: false },
        { name: "zones", kind: { is: "texts" }, isRequired: true },
        { name: "more", kind: { is: "json" }, isRequired: false },
      ],
    });
    expect(plan("Provider")).toMatchObject({ hasTeam: false, hasLabels: false, within: [] });
    expect(plan("Provider").fields[0]?.kind).toEqual({ is: "choice", values: ["trusted", "verified", "untrusted"] });
  });
});

describe("what is typed", () => {
  const attributes = {
    provider: { __entity: { type: "Provider", id: "nordwind" } },
    gpus: 8,
    isNew: false,
    address: { __extn: { fn: "ip", arg: "10.0.0.1" } },
    zones: ["a", "b"],
    more: { a: 1 },
  };

  it("goes there and back", () => {
    const typed = typedOf(plan("Compute"), attributes);
    expect(typed).toMatchObject({ provider: "nordwind", gpus: "8", isNew: "false", zones: "a, b" });
    expect(attributesOf(plan("Compute"), typed)).toEqual({ attributes, errors: {} });
  });

  it("may leave out what is optional, and a set may be empty", () => {
    const { attributes: few, errors } = attributesOf(plan("Compute"), { provider: "x", gpus: "0" });
    expect([few, errors]).toEqual([{ provider: { __entity: { type: "Provider", id: "x" } }, gpus: 0, zones: [] }, {}]);
  });

  it.each([
    [{ gpus: "1" }, "provider"],
    [{ provider: "x", gpus: "1.5" }, "gpus"],
    [{ provider: "x", gpus: "99999999999999999999" }, "gpus"],
    [{ provider: "x", gpus: "1", more: "{" }, "more"],
  ])("%j is wrong at one place", (typed, name) => {
    expect(Object.keys(attributesOf(plan("Compute"), typed).errors)).toEqual([name]);
  });
});
