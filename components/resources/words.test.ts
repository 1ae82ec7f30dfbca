import { describe, expect, it } from "vitest";
import { readResourceAddress, resourcesHref } from "./resource-address";
import { iconOf, labelOf, nowLine, valueWords } from "./words";

describe("the sentence above the list", () => {
  it.each([
    [0, 0, 0, "No resource is registered yet."],
    [1, 0, 0, "1 resource; no provider is untrusted."],
    [41, 2, 7, "41 resources; 2 providers are untrusted, and 7 compute resources are theirs."],
    [41, 1, 1, "41 resources; 1 provider is untrusted, and 1 compute resource is theirs."],
    [41, 1, 0, "41 resources; 1 provider is untrusted, and no compute is theirs."],
  ])("counts %i, %i and %i", (resources, untrustedProviders, untrustedCompute, words) => {
    expect(nowLine({ resources, untrustedProviders, untrustedCompute })).toBe(words);
  });
});

describe("an attribute", () => {
  it.each([
    ["region", "Region"],
    ["gpuModel", "GPU model"],
    ["coolingKind", "Cooling kind"],
  ])("%s is called %s", (name, label) => {
    expect(labelOf(name)).toBe(label);
  });

  it.each([
    [true, "Yes"],
    [1200, "1,200"],
    [["a", "b"], "a, b"],
    [[], "None"],
    [{ a: 1 }, '{"a":1}'],
  ])("%j is said as %s", (value, words) => {
    expect(valueWords(value)).toBe(words);
  });

  it("of a type that an admin added has a drawing too", () => {
    expect(iconOf("Robot")).toBe("resource");
  });
});

describe("the address of the list", () => {
  it("goes there and back", () => {
    const address = {
      ...{ text: "gpu", type: "Compute", team: "Vision", cursor: "Compute gpu-7" },
      open: { type: "Far::Compute", id: "rack/gpu:7" },
    };
    const { searchParams } = new URL(resourcesHref(address), "http://localhost");
    expect(readResourceAddress(Object.fromEntries(searchParams))).toEqual(address);
    expect(resourcesHref({ text: "" })).toBe("/resources");
  });

  it("leaves out what cannot be understood", () => {
    expect(readResourceAddress({ type: "a b", open: "gpu-7", q: ["x", "y"] })).toEqual({
      text: "x",
      type: undefined,
      team: undefined,
      cursor: undefined,
      open: undefined,
    });
  });
});
