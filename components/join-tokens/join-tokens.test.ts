import { describe, expect, it } from "vitest";
import { readTokenAddress, tokensHref } from "./token-address";
import { leadLine, nowLine } from "./words";

describe("the list of join tokens", () => {
  it.each([
    [{ state: "open" }, { state: "open" }],
    [{ state: "nonsense", after: "" }, {}],
    [
      { state: ["used", "open"], after: "jtk_1" },
      { state: "used", after: "jtk_1" },
    ],
  ])("reads the address %o", (parameters, address) => {
    expect(readTokenAddress(parameters)).toEqual({ state: undefined, after: undefined, ...address });
  });

  it("writes what it reads", () => {
    expect(tokensHref({})).toBe("/join-tokens");
    expect(tokensHref({ state: "expired", after: "jtk_1" })).toBe("/join-tokens?state=expired&after=jtk_1");
  });

  it.each([
    [0, "No join token is open."],
    [1, "1 join token is open; whoever holds it may enrol once in its name."],
    [3, "3 join tokens are open; whoever holds one may enrol once in its name."],
  ])("says with %d open ones what needs a person", (open, line) => {
    const counts = { open, used: 1, expired: 2, revoked: 0 };
    expect(nowLine({ counts })).toBe(line);
    expect(leadLine({ counts })).toBe(
      "A token works once, for one name, and not for long. 1 was used, 2 ended unused.",
    );
  });
});
