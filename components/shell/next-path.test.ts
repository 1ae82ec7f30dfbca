import { describe, expect, it } from "vitest";
import { safeNextPath, signInHref } from "./next-path";

describe("safeNextPath", () => {
  it.each([
    ["/nodes/idn_1?state=locked", "/nodes/idn_1?state=locked"],
    ["/nodes?_rsc=1x2y&q=gpu", "/nodes?q=gpu"],
    ["https://evil.example/", "/"],
    ["//evil.example/", "/"],
    ["/\\evil.example/", "/"],
    ["/\t/evil.example/", "/"],
    ["/.//evil.example/", "/"],
    ["/nodes/..//evil.example/", "/"],
    ["/%2e//evil.example/", "/"],
    ["javascript:alert(1)", "/"],
    ["/sign-in?next=/sign-in", "/"],
    ["/api/trpc/session.signOut", "/"],
    ["", "/"],
    [undefined, "/"],
  ])("makes of %j the place %j", (wanted, place) => {
    expect(safeNextPath(wanted)).toBe(place);
  });
});

describe("signInHref", () => {
  it("keeps the place as one parameter", () => {
    expect(signInHref("/nodes?q=a&state=locked")).toBe("/sign-in?next=%2Fnodes%3Fq%3Da%26state%3Dlocked");
    expect(signInHref("/")).toBe("/sign-in");
  });
});
