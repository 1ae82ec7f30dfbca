import type { Mutations } from "./cedar-mutants";

/** Mistakes in what decides: the engine, the scopes of policies, the index, the hierarchy. */
export const ANSWER_MUTATIONS: Mutations = {
  "evaluation/engine.ts": [
    ["a forbid is forgotten", "permits && !forbids ?", "permits ?"],
    ["what nothing permits is allowed", "permits && !forbids ?", "!forbids ?"],
    ["a denial has its permits as reasons", "reasons: forbids ?? permits ?? NONE", "reasons: permits ?? NONE"],
    ["an allowance has no reasons", "reasons: forbids ?? permits ?? NONE", "reasons: forbids ?? NONE"],
    [
      "an error satisfies its policy",
      "this.errors = added(this.errors,",
      "this.#add(candidate.policy), this.errors = added(this.errors,",
    ],
    [
      "an error forbids",
      "this.errors = added(this.errors,",
      'if (effect === "forbid") this.forbids = added(this.forbids, id);\n      this.errors = added(this.errors,',
    ],
    ["an error is not told", "this.errors = added(this.errors,", "added(this.errors,"],
    ["only the last reason is told", "items.push(item);\n  return items;", "return [item];"],
    ["forbids permit", 'if (effect === "permit") this.permits', "if (effect) this.permits"],
    ["scopes are those of other policies", "index === this.index && entities", "entities"],
    [
      "scopes are those of other groups",
      "index === this.index && entities.isGroupedAs(this.entities)",
      "index === this.index",
    ],
  ],
  "evaluation/compile-policy.ts": [
    ["unless is when", "return value === wanted;", "return value;"],
    ["one of several conditions is enough", "first(frame) && rest(frame)", "first(frame) || rest(frame)"],
    ["only the first condition counts", "if (!second) return first;", "return first;"],
    ["what is behind guards is not asked", "asks.slice(guards.length)", "asks.slice(guards.length + 1)"],
    ["a condition need not be a bool", 'if (typeof value !== "boolean") throw error', "if (false) throw error"],
    ["policies are in the wrong bucket", "resourceKey: resource.key", "resourceKey: principal.key"],
    ["a policy for any action is in no bucket", "keys: [null],", "keys: [],"],
  ],
  "evaluation/policy-index.ts": [
    ["what asks nothing is not visited", "  add(null);\n", ""],
    ["what asks a type is not visited", "  add(keys.type);\n", ""],
    ["what asks the entity is not visited", "  add(keys.handle);\n", ""],
    ["what asks a group is not visited", "if (group !== keys.handle) add(group);", ""],
    ["what asks nothing is not visited on small levels", "return key === null || (", "return ("],
    ["what asks a group is not visited on small levels", "key === handle || groups.has(key)", "key === handle"],
    ["a policy is visited once for each of its actions", "? [...new Set(found)] : found", "? found : found"],
    [
      "a policy is in the bucket of its first action",
      "of policy.actionKeys) {\n        const byPrincipal = getOrMake",
      "of policy.actionKeys.slice(0, 1)) {\n        const byPrincipal = getOrMake",
    ],
    ["principals are looked up by the resource", "fitting(byPrincipal, principal)", "fitting(byPrincipal, resource)"],
    ["a policy that is replaced stays", "bucket.filter((other) => other.policy !== policy)", "[...bucket]"],
    ["a bucket holds only the last", "[...bucket, candidate]", "[candidate]"],
    ["a bucket that another policy needs is removed", "resources.size === 0)", "bucket.length === 0)"],
    ["entities that scopes name are like others", "return word < this.named.length &&", "return false &&"],
  ],
  "evaluation/scope-cache.ts": [
    ["scopes are left to the index", ".filter((candidate) => candidate.fits(frame))", ""],
    ["all resources are alike", "this.resource = entities.membershipOf(resource).id;", "this.resource = 0;"],
    [
      "principals that scopes name stay in their groups",
      "this.principal = entities.membershipOf(principal).id;",
      "this.principal = index.hasNamed(principal) ? 0 : entities.membershipOf(principal).id;",
    ],
    ["actions that scopes name are like others", "index.hasNamed(action) ? action.handle : NOT_NAMED", "NOT_NAMED"],
    [
      "resources that scopes name are like others",
      "index.hasNamed(resource) ? resource.handle : NOT_NAMED",
      "NOT_NAMED",
    ],
  ],
  "evaluation/candidates.ts": [
    ["what cannot be read is no error", "value === undefined ? all : byLiteral", "byLiteral"],
    [
      "the last policy of a case is the only one",
      "[...(cases.byLiteral.get(literal) ?? []), candidate]",
      "[candidate]",
    ],
    ["what has no guard is forgotten", "path === null);", "path === undefined);"],
  ],
  "evaluation/candidate.ts": [
    ["== of a principal takes members", "(this.#principal === null || this.#principal === principal) &&", ""],
    ["== of an action takes members", "(this.#action === null || this.#action === action) &&", ""],
    ["== of a resource takes members", "(this.#resource === null || this.#resource === resource) &&", ""],
    [
      "is … in of a principal forgets the type",
      "(this.#principalType === null || this.#principalType === principal.type) &&",
      "",
    ],
    [
      "is … in of a resource is asked of the principal",
      "this.#resourceType === resource.type",
      "this.#resourceType === principal.type",
    ],
    [
      "a guard is asked the other way around",
      "if (value !== this.literal) return false;\n    if (this.#secondPath === null) return true;",
      "if (value === this.literal) return false;\n    if (this.#secondPath === null) return true;",
    ],
    ["the second guard is not asked", "(this.#secondPath === null || second === this.#secondLiteral) &&", ""],
    [
      "what cannot be read holds",
      "if (this.path !== null && value === undefined) return this.policy.holds(frame);",
      "if (value === undefined) return this.policy.holdsBeyondGuards(frame);",
    ],
  ],
  "evaluation/path.ts": [
    [
      "a value of another request is read",
      "if (this.#serial === frame.serial) return",
      "if (this.#serial !== 0) return",
    ],
    [
      "an attribute is where it was in another record",
      "if (record.shape !== this.#shape) {",
      "if (this.#shape === null) {",
    ],
  ],
  "evaluation/guards.ts": [
    ["!= guards as == does", 'expression.operator !== "=="', '!["==", "!="].includes(expression.operator)'],
    ["unless guards as when does", "wanted && guards.length < MOST", "guards.length < MOST"],
  ],
  "evaluation/entity-table.ts": [
    ["an entity is not in itself", "if (entity === group) return true;", ""],
    ["groups of groups are not seen", "open.push(...(this.find(group)?.membership.parents ?? []));", ""],
    [
      "only the first parent is seen",
      "const open = [...membership.parents];",
      "const open = membership.parents.slice(0, 1);",
    ],
    ["memberships are mistaken for each other", "handle).join()}", 'handle).join("")}'],
    ["entities of different types are alike", "`${type} ${sorted", "`${sorted"],
    ["closures are kept when groups change", "isRegrouped ? [] : this.#closures", "this.#closures"],
    [
      "a group that moves keeps its closures",
      "isRegrouped ||= before?.membership !== membership && this.groups.has(uid.handle);",
      "",
    ],
    ["a group that goes keeps its closures", "isRegrouped ||= this.groups.has(entity.handle);", ""],
    ["an entity that goes stays", "this.#writable(chunks, copied, at)[within] = undefined;", ""],
  ],
};
