import { describe, expect, it } from "vitest";
import { listHref, readListAddress } from "./list-address";

describe("the address of a list", () => {
  it("is read back as it was written", () => {
    const address = { query: "rack 3 & 4", state: "locked", teamId: "team_1", cursor: "gpu-7" } as const;
    const href = listHref("/nodes", address);
    expect(href).toBe("/nodes?q=rack+3+%26+4&state=locked&team=team_1&cursor=gpu-7");
    expect(readListAddress(Object.fromEntries(new URL(href, "http://x").searchParams))).toEqual(address);
  });

  it("leaves out what it does not understand", () => {
    expect(readListAddress({ q: ["a", "b"], state: "broken", team: "" })).toEqual({
      query: "a",
      state: undefined,
      teamId: undefined,
      cursor: undefined,
    });
  });

  it("is bare when nothing is asked for", () => {
    expect(listHref("/people", { query: "" })).toBe("/people");
  });
});
