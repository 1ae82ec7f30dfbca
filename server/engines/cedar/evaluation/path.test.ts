import { expect, it } from "vitest";
import { CedarWorld } from "@/server/testing/cedar-world";
import { Frame } from "./evaluation";
import { guardsOf } from "./guards";
import { literalNumberAt, type Path, pathOf, UNREADABLE } from "./path";
import { conjunctsOf } from "../syntax/walk";
import { NOT_ASKED } from "../values/numbers";

const world = new CedarWorld("", {
  "User::ann": { attributes: { site: "ams", level: 3n } },
  "User::bob": { attributes: { site: "fra" } },
  "Node::n1": { attributes: { rank: 1n, site: "sto" } },
  "Action::read": { attributes: { site: "hel" } },
});

function frameOf(principal: string, context: Parameters<CedarWorld["request"]>[3] = {}): Frame {
  return new Frame(world.request(principal, "read", "Node::n1", context), world.engine.epoch.entities);
}

function path(written: string): Path {
  const [policy] = world.read(`permit(principal, action, resource) when { ${written} };`);
  const body = policy?.policy.conditions[0]?.body;
  const found = body?.kind === "attribute" ? pathOf(body.target, body.name.value) : null;
  if (!found) throw new Error(`${written} is no path`);
  return found;
}

it("reads the attribute of each request, whatever was read before", () => {
  const [ofPrincipal, ofContext] = [path("principal.site"), path('context["site"]')];
  const frames = [
    frameOf("User::ann", { site: "a" }),
    frameOf("User::bob", { a: 1n, site: "b" }),
    frameOf("User::new", {}),
    frameOf("User::ann", { site: "c", z: true }),
  ];
  for (const _ of [1, 2]) {
    expect(frames.map((frame) => ofPrincipal.valueIn(frame))).toEqual(["ams", "fra", undefined, "ams"]);
    expect(frames.map((frame) => ofContext.valueIn(frame))).toEqual(["a", "b", undefined, "c"]);
  }
  const frame = frameOf("User::ann");
  expect(["resource.site", "action.site", "resource.level"].map((one) => path(one).valueIn(frame))).toEqual([
    "sto",
    "hel",
    undefined,
  ]);
});

it("is one for each variable and name", () => {
  expect(path("principal.site")).toBe(path('(principal)["site"]'));
  expect(new Set(["principal.site", "resource.site", "principal.level"].map(path)).size).toBe(3);
});

it("tells the number of the literal that the attribute equals", () => {
  const [policy] = world.read('permit(principal, action, resource) when { principal.site == "ams" };');
  const [guard] = guardsOf(conjunctsOf(policy?.policy.conditions ?? []), world.names);
  if (!guard) throw new Error("the condition is a guard");
  const frames = ["User::ann", "User::bob", "User::new", "User::ann"].map((principal) => frameOf(principal));
  expect(frames.map((frame) => guard.path.literalNumberIn(frame))).toEqual([
    guard.number,
    NOT_ASKED,
    UNREADABLE,
    guard.number,
  ]);
  expect(frames.map((frame) => literalNumberAt(guard.path.number, frame))).toEqual([
    guard.number,
    NOT_ASKED,
    UNREADABLE,
    guard.number,
  ]);
});
