import { describe, expect, it } from "vitest";
import { refusalWords, whyNot } from "./refusal";

describe("refusalWords", () => {
  it("says the reason as a sentence and whom to ask", () => {
    expect(refusalWords("it belongs to another team; ask a security admin")).toEqual({
      because: "It belongs to another team.",
      ask: "Ask a security admin.",
    });
  });

  it("names the people to ask", () => {
    expect(refusalWords("no policy allows it", ["Priya Nair", "Hanna Berg"]).ask).toBe("Ask Priya Nair or Hanna Berg.");
  });
});

describe("whyNot", () => {
  it("is silent about what is allowed", () => {
    expect(whyNot({ "identity.lock": null }, "identity.lock")).toBeUndefined();
  });

  it("refuses what it does not know", () => {
    expect(whyNot({}, "identity.lock")).toBe("No policy allows it. Ask a security admin.");
  });
});
