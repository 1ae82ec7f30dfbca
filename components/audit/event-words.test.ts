import { describe, expect, it } from "vitest";
import { eventWords, kindWords } from "./event-words";

const priya = { kind: "user", id: "usr_1", name: "Priya Nair" };
const nobody = { kind: "anonymous", id: "anonymous", name: "Nobody" };
const gpu7 = { type: "Certificate", id: "4f1c", name: "gpu-7" };

function said(event: Partial<Parameters<typeof eventWords>[0]>): string {
  const { who, did, what } = eventWords({
    kind: "",
    action: "",
    actor: priya,
    object: gpu7,
    outcome: "done",
    ...event,
  });
  return [who, did, what].filter(Boolean).join(" ");
}

describe("an event in words", () => {
  it.each([
    [{ kind: "certificate.revoked" }, "Priya Nair revoked a certificate of gpu-7"],
    [
      { kind: "session.started", actor: nobody, object: { type: "Identity", id: "usr_1", name: "Priya Nair" } },
      "Priya Nair signed in",
    ],
    [
      { kind: "sign_in.refused", actor: nobody, object: { type: "Session", id: "x", name: "Priya Nair" } },
      "Somebody tried to sign in as Priya Nair",
    ],
    [
      { kind: "denied", action: "certificate.issue", object: { type: "Certificate", id: "*" } },
      "Priya Nair tried certificate.issue on every certificate",
    ],
    [{ kind: "audit.exported", object: { type: "AuditEntry", id: "*" } }, "Priya Nair exported the audit log"],
    [
      { kind: "password.changed", object: { type: "Identity", id: "usr_1", name: "Priya Nair" } },
      "Priya Nair changed the password of themself",
    ],
    [{ kind: "certificate.issued", actor: nobody }, "gpu-7 enrolled with a join token"],
    [{ kind: "moon.landed_on" }, "Priya Nair moon landed on gpu-7"],
  ])("%j", (event, words) => {
    expect(said(event)).toBe(words);
  });

  it("names kinds for the facets", () => {
    expect(kindWords("denied")).toBe("Not allowed by policy");
    expect(kindWords("join_token.created")).toBe("Join token: created");
  });
});
