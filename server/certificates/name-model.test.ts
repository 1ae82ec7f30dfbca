import { describe, expect, it } from "vitest";
import { formatGeneralName, parseGeneralName } from "@/server/engines/x509/general-names";
import { builtInProfiles } from "./built-in-profiles";
import { type Bearer, identityNameIn, judgeNames, namesFor, readTypedName, type Vouching } from "./name-model";

const profiles = new Map(builtInProfiles("swarm.local").map((draft) => [draft.name, draft.rules]));
const NODE: Bearer = { kind: "node", name: "gpu-7", trustDomain: "swarm.local" };
const USER: Bearer = { kind: "user", name: "priya", trustDomain: "swarm.local" };

function judge(bearer: Bearer, name: string, vouching: Vouching = "person") {
  const rules = profiles.get(bearer.kind);
  if (!rules) throw new Error("no such profile");
  return judgeNames(rules, bearer, [parseGeneralName(name)], vouching);
}

describe("names that a profile takes", () => {
  it.each([
    [NODE, "uri:spiffe://swarm.local/node/gpu-7"],
    [NODE, "dns:gpu-7.swarm.local"],
    [NODE, "dns:a.b.c.swarm.local"],
    [NODE, "ip:10.0.0.7"],
    [NODE, "ip:fd00::7"],
    [NODE, "ip:127.0.0.1"],
    [USER, "uri:spiffe://swarm.local/user/priya"],
    [USER, "email:priya@swarm.local"],
    [USER, "email:Priya@swarm.local"],
  ])("%o may have %s", (bearer, name) => {
    expect(judge(bearer, name)).toEqual([]);
  });
});

describe("names that a profile refuses", () => {
  it.each([
    [
      NODE,
      "uri:spiffe://swarm.local/node/gpu-8",
      1,
      "SAN `spiffe://swarm.local/node/gpu-8` is not `spiffe://swarm.local/node/gpu-7`, rule 1",
    ],
    [NODE, "uri:spiffe://evil.local/node/gpu-7", 1, undefined],
    [NODE, "uri:https://swarm.local/node/gpu-7", 1, undefined],
    [NODE, "dns:db.example.com", 2, "SAN `db.example.com` is outside `*.swarm.local`, rule 2"],
    [NODE, "dns:xswarm.local", 2, undefined],
    [NODE, "dns:swarm.local", 2, undefined],
    [NODE, "dns:*.gpu-7.swarm.local", 2, undefined],
    [NODE, "ip:8.8.8.8", 3, undefined],
    [NODE, "ip:11.0.0.1", 3, undefined],
    [NODE, "ip:::ffff:10.0.0.1", 3, undefined],
    [NODE, "ip:2001:db8::1", 3, undefined],
    [NODE, "email:gpu-7@swarm.local", null, undefined],
    [USER, "email:mara@swarm.local", 2, "SAN `mara@swarm.local` is not an address of `priya`, rule 2"],
    [USER, "email:priya@example.com", 2, "SAN `priya@example.com` is outside `swarm.local`, rule 2"],
    [USER, "dns:priya.swarm.local", null, undefined],
  ])("%o may not have %s", (bearer, name, rule, message) => {
    const findings = judge(bearer, name);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ rule, about: name, ...(message && { message }) });
  });
});

describe("a join token speaks for one name only", () => {
  const token: Vouching = { ownNamesOnly: true, address: "10.0.0.7" };

  it.each(["dns:gpu-7.swarm.local", "ip:10.0.0.7"])("%s is its own", (name) => {
    expect(judge(NODE, name, token)).toEqual([]);
  });

  it("no address is its own when none was seen", () => {
    expect(judge(NODE, "ip:10.0.0.7", { ownNamesOnly: true, address: null })).toMatchObject([{ code: "name.not_own" }]);
  });

  it.each([
    "dns:gpu-8.swarm.local",
    "dns:gpu-77.swarm.local",
    "dns:db.gpu-7.swarm.local",
    "dns:gpu-7.rack-3.swarm.local",
    "ip:10.0.0.8",
    "ip:127.0.0.1",
  ])("%s is not", (name) => {
    expect(judge(NODE, name, "person")).toEqual([]);
    expect(judge(NODE, name, token)).toMatchObject([{ code: "name.not_own" }]);
  });
});

it("refuses more names than anybody has", () => {
  const names = Array.from({ length: 101 }, (_, index) => parseGeneralName(`dns:n${index}.swarm.local`));
  const rules = profiles.get("node");
  expect(rules && judgeNames(rules, NODE, names, "person")).toMatchObject([{ code: "name.too_many" }]);
});

it.each([
  ["gpu-7.swarm.local", "dns:gpu-7.swarm.local"],
  ["GPU-7.Swarm.Local", "dns:gpu-7.swarm.local"],
  ["DNS:gpu-7.swarm.local", "dns:gpu-7.swarm.local"],
  [" 10.0.0.7 ", "ip:10.0.0.7"],
  ["fd00:0::7", "ip:fd00::7"],
  ["ip:fd00::7", "ip:fd00::7"],
  ["Priya@Swarm.Local", "email:Priya@swarm.local"],
  ["spiffe://swarm.local/node/gpu-7", "uri:spiffe://swarm.local/node/gpu-7"],
])("somebody who types %s means %s", (typed, meant) => {
  expect(formatGeneralName(readTypedName(typed))).toBe(meant);
});

it("puts the SPIFFE ID first, then a machine's own DNS name, and every name once", () => {
  const requested = ["dns:gpu-7.swarm.local", "uri:spiffe://swarm.local/node/gpu-7", "ip:10.0.0.7", "ip:10.0.0.7"];
  expect(namesOf(NODE, requested)).toEqual([
    "uri:spiffe://swarm.local/node/gpu-7",
    "dns:gpu-7.swarm.local",
    "ip:10.0.0.7",
  ]);
  expect(namesOf(USER, [])).toEqual(["uri:spiffe://swarm.local/user/priya"]);
});

it("adds no DNS name where the profile has none, or where it would be too long", () => {
  const rules = { names: [{ type: "spiffe", path: "/{kind}/{name}" } as const] };
  expect(namesFor(rules, NODE, [])).toHaveLength(1);
  const trustDomain = Array(4).fill("a".repeat(50)).join(".");
  expect(namesOf({ ...NODE, name: "b".repeat(63), trustDomain }, [])).toHaveLength(1);
});

function namesOf(bearer: Bearer, requested: readonly string[]): string[] {
  const rules = builtInProfiles(bearer.trustDomain).find((draft) => draft.kind === bearer.kind)?.rules;
  if (!rules) throw new Error("no such profile");
  return namesFor(rules, bearer, requested.map(parseGeneralName)).map(formatGeneralName);
}

it.each([
  ["gpu-7", [], "gpu-7"],
  ["GPU-7.swarm.local", [], "gpu-7"],
  ["other", ["uri:spiffe://swarm.local/node/gpu-7"], "gpu-7"],
  ["other", ["uri:spiffe://swarm.local/service/gpu-7"], "other"],
  ["Priya Nair", [], null],
  [null, [], null],
])("a request with common name %s and %o speaks of %s", (commonName, sans, expected) => {
  expect(identityNameIn({ commonName, names: sans.map(parseGeneralName) }, "node", "swarm.local")).toBe(expected);
});
