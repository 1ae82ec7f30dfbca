import { createMongoAbility, type MongoAbility, type MongoQuery, type RawRuleOf, subject } from "@casl/ability";
import { ACTIONS, type Asked, OPERATE, pick, type Rule, STAFF, type User, type World } from "../world";
import type { Contender } from "./contender";

/** CASL: an ability for each user of the rules of their roles, made once and kept. What is asked about is made before too. */
export function enterCasl(world: World, asked: readonly Asked[]): Contender {
  const abilities = new Map(asked.map(({ user }) => [user, abilityOf(world.user(user), world.rules)]));
  const requests = asked.map(({ user, action, resource, workload, mfa }) => {
    const { type, kind, team, sensitivity, site, region } = world.resource(resource);
    const ability = abilities.get(user);
    if (!ability) throw new Error("every user who asks has an ability");
    return { ability, action, about: subject(type, { kind, team, sensitivity, site, region, workload, mfa }) };
  });
  return {
    name: "CASL",
    ask: (n) => {
      const { ability, action, about } = pick(requests, n);
      return ability.can(action, about);
    },
  };
}

/** The last rule that matches decides: so what is forbidden comes last. */
function abilityOf(user: User, rules: readonly Rule[]): MongoAbility {
  const own = rules.filter(({ role }) => role === STAFF || user.roles.includes(role));
  const permits = own.filter(({ effect }) => effect === "permit");
  const forbids = own.filter(({ effect }) => effect === "forbid");
  return createMongoAbility([...permits, ...forbids].map((rule) => ruleFor(user, rule)));
}

function ruleFor(user: User, rule: Rule): RawRuleOf<MongoAbility> {
  const { role: _, action, resourceType, effect } = rule;
  const actions = ACTIONS[resourceType].filter((one) =>
    action === "operate" ? OPERATE.includes(one) : one === action,
  );
  return {
    action: actions,
    subject: resourceType,
    inverted: effect === "forbid",
    conditions: conditionsOf(user, rule),
  };
}

function conditionsOf(user: User, rule: Rule): MongoQuery {
  const conditions: Record<string, unknown> = {};
  if (rule.place) conditions[rule.place.type.toLowerCase()] = rule.place.id;
  if (rule.workload !== null) conditions.workload = rule.workload;
  if (rule.kind !== null) conditions.kind = rule.kind;
  const most = Math.min(rule.sensitivity ?? Infinity, rule.isCleared ? user.clearance : Infinity);
  if (most < Infinity) conditions.sensitivity = { $lte: most };
  if (rule.isOwn) conditions.team = user.team;
  if (rule.unlessMfa) conditions.mfa = false;
  return conditions as MongoQuery;
}
