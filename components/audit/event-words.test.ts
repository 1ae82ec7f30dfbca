import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ACTIONS } from "@/server/kernel/actions";
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
      {
        kind: "sign_in.refused",
        actor: nobody,
        object: { type: "Identity", id: "unknown" },
        outcome: "refused" as const,
      },
      "Somebody tried to sign in as somebody who is not here",
    ],
    [
      { kind: "denied", action: "certificate.issue", object: { type: "Certificate", id: "*" } },
      "Priya Nair tried to issue a certificate",
    ],
    [
      { kind: "denied", action: "identity.lock", object: { type: "Identity", id: "nod_7", name: "gpu-7" } },
      "Priya Nair tried to lock gpu-7",
    ],
    [
      { kind: "denied", action: "moon.land", object: { type: "Moon", id: "m1" } },
      "Priya Nair tried moon.land on moon m1",
    ],
    [{ kind: "setup.finished", object: { type: "Organisation", id: "*" } }, "Priya Nair finished the setup"],
    [{ kind: "audit.exported", object: { type: "AuditEntry", id: "*" } }, "Priya Nair exported the audit log"],
    [
      { kind: "password.changed", object: { type: "Identity", id: "usr_1", name: "Priya Nair" } },
      "Priya Nair changed their password",
    ],
    [
      { kind: "certificate.renewed", actor: { kind: "node", id: "nod_7", name: "gpu-7" } },
      "gpu-7 renewed its certificate",
    ],
    [
      {
        kind: "certificate.revoked",
        action: "certificate.revoke",
        actor: { kind: "node", id: "nod_7", name: "gpu-7" },
      },
      "gpu-7 revoked its certificate",
    ],
    [
      { kind: "certificate.revoked", action: "certificate.renew", actor: { kind: "node", id: "nod_7", name: "gpu-7" } },
      "gpu-7 had its certificate revoked",
    ],
    [{ kind: "certificate.issued", actor: nobody }, "gpu-7 enrolled with a join token"],
    [{ kind: "moon.landed_on" }, "Priya Nair moon landed on gpu-7"],
  ])("%j", (event, words) => {
    expect(said(event)).toBe(words);
  });

  it.each([...kindsWritten()])("has words for %s, which the product writes", (kind) => {
    const words = said({ kind, object: { type: "Identity", id: "usr_2", name: "Mara" } });
    expect(words).not.toContain(kind.replace(/[._]/g, " "));
  });

  it.each(Object.keys(ACTIONS))("says what it is to be refused %s", (action) => {
    expect(said({ kind: "denied", action })).toMatch(/^Priya Nair tried to [a-z ]+ gpu-7$/);
    expect(said({ kind: "denied", action, object: { type: "X", id: "*" } })).toMatch(/^Priya Nair tried to [a-z, ]+$/);
  });

  it("names kinds for the facets", () => {
    expect(kindWords("denied")).toBe("Not allowed by policy");
    expect(kindWords("join_token.created")).toBe("Join token: created");
  });
});

/** Every kind of event that the rooms' code names. */
function kindsWritten(): Set<string> {
  const files = readdirSync("server", { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.ts$/.test(path) && !/\.test\.ts$|^(testing|engines)\//.test(path),
  );
  const kinds = files.flatMap((path) => [
    ...readFileSync(`server/${path}`, "utf8").matchAll(/\bkind: "([a-z_]+\.[a-z_]+)"/g),
  ]);
  expect(kinds.length).toBeGreaterThan(30);
  return new Set(kinds.map(([, kind = ""]) => kind));
}
