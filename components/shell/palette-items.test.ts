import { describe, expect, it } from "vitest";
import { deedsFor, paletteItems } from "./palette-items";

const now = Date.UTC(2026, 2, 12, 14, 32);
const certificate = {
  serial: "4f1c9ae207b35d88210c4f1c9ae207b3",
  name: "gpu-7",
  kind: "node",
  status: "active",
  notAfter: now + 5 * 3_600_000,
  matched: "part",
} as const;

describe("paletteItems", () => {
  it("leads a pasted serial to its certificate before everything else", () => {
    const items = paletteItems(
      certificate.serial,
      {
        identities: [{ id: "idn_1", kind: "node", name: "gpu-7", state: "active" }],
        certificates: [{ ...certificate, matched: "serial" }],
      },
      now,
    );
    expect(items.map(({ href, isExact }) => [href, isExact])).toEqual([
      [`/certificates/${certificate.serial}`, true],
      ["/nodes/idn_1", false],
    ]);
  });

  it("says what a person must know of each thing", () => {
    const items = paletteItems(
      "gpu",
      {
        identities: [{ id: "idn_1", kind: "node", name: "gpu-7", state: "locked" }],
        certificates: [certificate],
      },
      now,
    );
    expect(items.map(({ hint }) => hint)).toEqual(["locked", "ends in 5 h"]);
  });
});

describe("deedsFor", () => {
  it("offers only what the person may do", () => {
    expect(deedsFor("add", ["identity.create"]).map(({ label }) => label)).toEqual(["Add a service", "Add a person"]);
    expect(deedsFor("add", [])).toEqual([]);
    expect(deedsFor("password", []).map(({ href }) => href)).toEqual(["/account"]);
  });
});
