import { describe, expect, it } from "vitest";
import { choiceFrom } from "./columns";

describe("the choice of columns", () => {
  it("is the usual one while nothing is kept", () => {
    expect(choiceFrom(null)).toMatchObject({ name: true, serial: true, seen: true, fingerprint: false, key: false });
  });

  it("shows name, status and end whatever is kept", () => {
    expect(choiceFrom("fingerprint,nonsense")).toEqual({
      ...{ name: true, status: true, ends: true, fingerprint: true },
      ...{ kind: false, issuer: false, names: false, serial: false, seen: false },
      ...{ profile: false, key: false, issued: false, issuedBy: false },
    });
  });
});
