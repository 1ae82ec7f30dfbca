import { expect, it } from "vitest";
import { CedarWorld } from "@/server/testing/cedar-world";
import type { CompiledPolicy } from "./compile-policy";
import { Frame } from "./evaluation";
import { PolicyIndex } from "./policy-index";

const [USERS, ROLES, NODES, POOLS] = [
  ["User::u0", "User::u1", "User::u2", "Service::u0"],
  ["Role::r0", "Role::r1", "Role::r2"],
  ["Node::n0", "Node::n1", "Volume::n0"],
  ["Pool::p0", "Pool::p1"],
];

const quoted = (uid: string) => uid.replace("::", '::"').concat('"');

/** Every kind of scope of a variable. */
function scopes(
  variable: string,
  types: readonly string[],
  ones: readonly string[],
  groups: readonly string[],
): string[] {
  return [
    variable,
    ...types.map((type) => `${variable} is ${type}`),
    ...ones.map((one) => `${variable} == ${quoted(one)}`),
    ...groups.map((group) => `${variable} in ${quoted(group)}`),
    `${variable} is ${types[0]} in ${quoted(groups[0] ?? "")}`,
  ];
}

/** 2,352 policies: so many that every variable sorts them. */
function allPolicies(): string {
  const principals = scopes("principal", ["User", "Service"], USERS, ROLES);
  const resources = scopes("resource", ["Node", "Volume"], NODES, POOLS);
  const actions = [
    ...["action", 'action == Action::"read"', 'action in Action::"any"', "action in []"],
    ...['action in [Action::"read", Action::"any"]', 'action == Action::"any"', 'action in [Action::"write"]'],
  ];
  const conditions = ["", 'when { context.kind == "a" }', 'when { context.kind == "b" && context.size == 1 }', ""];
  return principals
    .flatMap((principal) => actions.flatMap((action) => resources.map((resource) => [principal, action, resource])))
    .flatMap((scope) => [scope, scope])
    .map((scope, at) => `permit(${scope.join(", ")}) ${conditions[at % conditions.length]};`)
    .join("\n");
}

const world = new CedarWorld(allPolicies(), {
  "User::u0": { in: ["Role::r0"] },
  "User::u1": { in: ["Role::r0", "Role::r1"] },
  "Service::u0": { in: ["Role::r2"] },
  "Role::r1": { in: ["Role::r2"] },
  "Node::n0": { in: ["Pool::p0"] },
  "Volume::n0": { in: ["Pool::p1"] },
  "Action::read": { in: ["Action::any"] },
});
const all = [...world.engine.epoch.policies.values()];
const { entities } = world.engine.epoch;

interface Asked {
  readonly principal: string | null;
  readonly action: string;
  readonly resource: string | null;
}

/** What an index finds, and what each policy says for itself. */
function compare(index: PolicyIndex, policies: readonly CompiledPolicy[], asked: Asked) {
  const request = world.request(asked.principal ?? "User::new", asked.action, asked.resource ?? "Node::new", {
    kind: "b",
    size: 2n,
  });
  const frame = new Frame(request, entities);
  const known = [
    asked.principal === null ? null : entities.keyed(request.principal),
    entities.keyed(request.action),
    asked.resource === null ? null : entities.keyed(request.resource),
  ] as const;
  const fits = ({ scope }: CompiledPolicy) =>
    (asked.principal === null || scope.principal.fits(frame)) &&
    scope.action.fits(frame) &&
    (asked.resource === null || scope.resource.fits(frame));
  const found = index
    .find(known)
    .filter((policy) => asked.principal === null || asked.resource === null || policy.fitsTypes(frame));
  const guarded = index.find(known, frame);
  return { found, guarded, expected: policies.filter(fits), frame };
}

const QUESTIONS: readonly Asked[] = [...USERS, null].flatMap((principal) =>
  ["read", "any", "write", "other"].flatMap((action) =>
    [...NODES, null].map((resource) => ({ principal, action, resource })),
  ),
);

const idsOf = (policies: readonly CompiledPolicy[]) => policies.map(({ id }) => id).toSorted();

it("finds each policy whose scope fits what is known, once", () => {
  const index = PolicyIndex.of(all);
  for (const asked of QUESTIONS) {
    const { found, expected } = compare(index, all, asked);
    const ids = idsOf(found);
    expect(new Set(ids).size).toBe(ids.length);
    if (asked.principal !== null && asked.resource !== null) expect(ids).toEqual(idsOf(expected));
    else expect(idsOf(expected).filter((id) => !ids.includes(id))).toEqual([]);
  }
});

it("leaves out those alone that their guards rule out", () => {
  const index = PolicyIndex.of(all);
  for (const asked of QUESTIONS.filter(({ principal, resource }) => principal !== null && resource !== null)) {
    const { found, guarded, frame } = compare(index, all, asked);
    const open = found.filter((policy) => policy.holds(frame, 0));
    expect(idsOf(guarded.filter((policy) => policy.fitsTypes(frame)))).toEqual(idsOf(open));
  }
});

it("is the same however policies came and went, and each index stays as it was", () => {
  const [some, others] = [all.filter((_, at) => at % 3 > 0), all.filter((_, at) => at % 3 === 0)];
  const before = PolicyIndex.of(some);
  const grown = others.reduce((index, policy) => index.with(policy), before);
  const back = others.toReversed().reduce((index, policy) => index.without(policy), grown);
  const none = all.reduce((index, policy) => index.without(policy), grown);
  for (const asked of QUESTIONS.filter((_, at) => at % 7 === 0)) {
    const found = (index: PolicyIndex) => idsOf(compare(index, all, asked).found);
    expect(found(grown)).toEqual(found(PolicyIndex.of(all)));
    expect(found(before)).toEqual(found(PolicyIndex.of(some)));
    expect(found(back)).toEqual(found(before));
    expect(found(none)).toEqual([]);
  }
});

it("knows whom scopes have named", () => {
  const index = PolicyIndex.of(all);
  const named = [...USERS, ...ROLES, ...NODES, ...POOLS, "Action::read", "Action::any"].map((uid) => world.uid(uid));
  expect(named.filter((uid) => !index.hasNamed(uid))).toEqual([]);
  expect(["User::new", "Node::new", "Action::other"].filter((uid) => index.hasNamed(world.uid(uid)))).toEqual([]);
});
