import { describe, expect, it } from "vitest";
import type { Profile } from "@/server/certificates/contract";
import { draftFor, inputOf, livesOf, splitNames, withProfile } from "./draft";

const node: Profile = {
  ...{ id: "prf_1", name: "node", kind: "node", createdAt: new Date(0) },
  authority: { id: "aut_1", slug: "nodes", name: "Nodes CA" },
  rules: {
    ...{ description: "", keyTypes: ["P-256", "Ed25519"], defaultHours: 168, longestHours: 720 },
    ...{ extendedKeyUsage: ["clientAuth"], names: [{ type: "spiffe", path: "/{kind}/{name}" }] },
    renewalOpensAtPercent: 0,
  },
};
const strict: Profile = {
  ...node,
  name: "strict",
  rules: { ...node.rules, keyTypes: ["P-384"], defaultHours: 24, longestHours: 24 },
};

describe("the form that issues", () => {
  it("offers presets up to the profile's longest, and says which is usual", () => {
    expect(livesOf(node).map(({ label }) => label)).toEqual([
      "1 h",
      "1 d",
      "7 d, usual",
      "30 d, the most",
      "Another length",
    ]);
  });

  it("keeps what another profile allows and takes its own for the rest", () => {
    const draft = { ...draftFor(node, "gpu-7"), algorithm: "Ed25519" as const };
    expect(withProfile(draft, strict)).toMatchObject({
      profile: "strict",
      name: "gpu-7",
      algorithm: "P-384",
      life: "24",
    });
    expect(withProfile(draft, { ...node, name: "other" })).toMatchObject({ algorithm: "Ed25519", life: "168" });
  });

  it("takes names by line, comma or space, each once", () => {
    expect(splitNames("a.swarm.local\n b.swarm.local, a.swarm.local\n")).toEqual(["a.swarm.local", "b.swarm.local"]);
  });

  it("leaves an empty name to the request", () => {
    expect(inputOf({ ...draftFor(node), life: "other", otherHours: "36" }, "PEM")).toEqual({
      ...{ profile: "node", name: undefined, csr: "PEM", names: [], hours: 36 },
    });
  });
});
