import { describe, expect, it } from "vitest";
import { isWithin, navItems } from "./nav";

describe("the places of the console", () => {
  it("have one shortcut each", () => {
    expect(new Set(navItems.map((item) => item.shortcut)).size).toBe(navItems.length);
  });

  it.each([
    ["/", "/", true],
    ["/certificates", "/", false],
    ["/certificates", "/certificates", true],
    ["/certificates/4f1c", "/certificates", true],
    ["/certificates-old", "/certificates", false],
  ])("%s within %s is %s", (path, href, is) => {
    expect(isWithin(path, href)).toBe(is);
  });
});
