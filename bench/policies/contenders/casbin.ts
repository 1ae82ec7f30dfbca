import { newEnforcer, newModelFromString } from "casbin";
import { type Asked, OPERATE, pick, type Rule, STAFF, type World } from "../world";
import type { Contender } from "./contender";

const ANY = "*";

/** What is cheap to ask comes first, and what has to be looked up last. */
const MODEL = `[request_definition]
r = sub, act, obj, ctx

[policy_definition]
p = sub, act, type, place, workload, kind, sensitivity, cleared, own, mfa, eft

[role_definition]
g = _, _
g2 = _, _
g3 = _, _

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = r.obj.type == p.type \\
  && (p.kind == "*" || p.kind == r.obj.kind) \\
  && (p.workload == "*" || p.workload == r.ctx.workload) \\
  && (p.sensitivity == "*" || r.obj.sensitivity <= p.sensitivity) \\
  && (p.cleared == "*" || r.obj.sensitivity <= r.sub.clearance) \\
  && (p.own == "*" || r.obj.team == r.sub.team) \\
  && (p.mfa == "*" || !r.ctx.mfa) \\
  && g3(r.act, p.act) \\
  && g(r.sub.id, p.sub) \\
  && (p.place == "*" || g2(r.obj.id, p.place))
`;

/**
 * casbin: a column for each attribute, which it evaluates faster than `eval` of a rule's text, and its own role managers
 * for roles, places and groups of actions. Its cache keeps whole answers by texts, and takes no attributes.
 */
export async function enterCasbin(world: World, asked: readonly Asked[]): Promise<Contender> {
  const enforcer = await newEnforcer(newModelFromString(MODEL));
  await enforcer.addPolicies(world.rules.map(columnsOf));
  await enforcer.addGroupingPolicies([...world.roles.map((role) => [role, STAFF]), ...rolesOf(world)]);
  await enforcer.addNamedGroupingPolicies("g2", placesOf(world));
  await enforcer.addNamedGroupingPolicies(
    "g3",
    OPERATE.map((action) => [action, "operate"]),
  );
  const requests = asked.map(({ user, action, resource, workload, gpus, mfa }) => {
    return [world.user(user), action, world.resource(resource), { workload, gpus, mfa }] as const;
  });
  return { name: "casbin", ask: (n) => enforcer.enforceSync(...pick(requests, n)) };
}

function columnsOf(rule: Rule): string[] {
  return [
    rule.role,
    rule.action,
    rule.resourceType,
    rule.place?.id ?? ANY,
    rule.workload ?? ANY,
    rule.kind ?? ANY,
    rule.sensitivity === null ? ANY : String(rule.sensitivity),
    rule.isCleared ? "cleared" : ANY,
    rule.isOwn ? "own" : ANY,
    rule.unlessMfa ? "none" : ANY,
    rule.effect === "permit" ? "allow" : "deny",
  ];
}

function* rolesOf(world: World): Generator<string[]> {
  for (let n = 0; n < world.users; n += 1) {
    const { id, roles } = world.user(n);
    for (const role of roles) yield [id, role];
  }
}

function placesOf(world: World): string[][] {
  const within = world.groups().filter(({ name }) => name.type === "Site" || name.type === "Cluster");
  const groups = within.flatMap(({ name, parents }) => parents.map((parent) => [name.id, parent.id]));
  const resources = Array.from({ length: world.resources }, (_, n) => world.resource(n));
  return [...groups, ...resources.map(({ id, cluster }) => [id, cluster])];
}
