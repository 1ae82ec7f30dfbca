import { describe, expect, it } from "vitest";
import { choiceFrom, NARROW, WIDE } from "./columns";

describe("the choice of columns", () => {
  it("is the usual one while nothing is kept", () => {
    const wide = { name: true, serial: true, seen: true, fingerprint: false, key: false };
    expect(choiceFrom(null, WIDE.usual)).toMatchObject(wide);
    const narrow = { name: true, status: true, ends: true, serial: false, seen: false };
    expect(choiceFrom(null, NARROW.usual)).toMatchObject(narrow);
  });

  it.each([WIDE, NARROW])("shows name, status and end whatever is kept as $keptAs", ({ usual }) => {
    expect(choiceFrom("fingerprint,nonsense", usual)).toEqual({
      ...{ name: true, status: true, ends: true, fingerprint: true },
      ...{ kind: false, issuer: false, names: false, serial: false, seen: false },
      ...{ profile: false, key: false, issued: false, issuedBy: false },
    });
  });
});
