import { describe, expect, it } from "vitest";
import type { IdentityConsequences } from "@/server/identities/contract";
import { comesBackWhenUnlocked, stopsWhenLocked, stopsWhenRetired } from "./consequence-items";

function consequences(kind: "user" | "node", validCertificates: number, openSessions: number): IdentityConsequences {
  const at = new Date(0);
  return {
    identity: {
      id: "x",
      kind,
      name: "x",
      displayName: "X",
      email: null,
      team: null,
      labels: {},
      state: "active",
      stateReason: null,
      stateChangedAt: at,
      createdAt: at,
      lastSeenAt: null,
      lastSeenAddress: null,
      roles: [],
      hasSecondFactor: null,
    },
    validCertificates,
    openSessions,
    grants: 0,
    thefts: [],
    isLastAdmin: false,
  };
}

describe("the consequences of locking", () => {
  it("are sessions and certificates for a person", () => {
    expect(stopsWhenLocked(consequences("user", 2, 1)).map(({ strong }) => strong)).toEqual([
      "1 open session",
      "2 valid certificates",
    ]);
  });

  it("are certificates alone for a machine", () => {
    expect(stopsWhenLocked(consequences("node", 1, 0)).map(({ strong }) => strong)).toEqual(["1 valid certificate"]);
  });
});

describe("the consequences of unlocking", () => {
  const theft = { serial: "a1", raisedAt: new Date(0), certificates: ["a1", "a2"] };
  const told = (kind: "user" | "node", valid: number, thefts: IdentityConsequences["thefts"]) =>
    comesBackWhenUnlocked({ ...consequences(kind, valid, 0), thefts }).map(({ sign, what }) => `${sign} ${what}`);

  it("are its certificates and its rights", () => {
    expect(told("node", 1, [])).toEqual([
      "+ 1 valid certificate accepted again at once",
      "+ May enrol and renew again",
    ]);
  });

  it("say after a theft what stays revoked, and that the machine must enrol anew", () => {
    expect(told("node", 0, [theft])).toEqual([
      "= 2 certificates that came of the copied key stay revoked: key compromise",
      "= It holds no valid certificate: it must enrol anew, with a new join token",
      "+ May enrol and renew again",
      "+ The alert counts as settled",
    ]);
  });

  it("say of a person that a new certificate is issued", () => {
    expect(told("user", 0, [theft])).toContain("= It holds no valid certificate: issue a new one");
  });
});

describe("the consequences of retiring", () => {
  it.each([
    [0, "No certificate is valid, so none is revoked."],
    [1, "1 valid certificate is revoked, also for those who only read the revocation list."],
    [3, "3 valid certificates are revoked, also for those who only read the revocation list."],
  ])("say of %i certificates what becomes of them", (count, sentence) => {
    expect(stopsWhenRetired(consequences("node", count, 0)).map(({ strong, rest }) => `${strong} ${rest}`)).toEqual([
      sentence,
    ]);
  });
});
