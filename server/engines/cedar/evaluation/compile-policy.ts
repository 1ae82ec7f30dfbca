import { Conjunct } from "./conjunct";
import type { Frame } from "./evaluation";
import { type Guard, guardsOf } from "./guards";
import { ANY, type Key, keyOfEntity, keyOfMembers, keyOfType } from "./keys";
import type { ActionScope, EntityScope, Policy } from "../syntax/syntax";
import type { EntityUid } from "../values/uid";
import type { EntityValue, Names } from "../values/value";
import { conjunctsOf } from "../syntax/walk";

/** A policy of a set: its tree, with the text from which it came, by a name that no other has. */
export interface NamedPolicy {
  readonly id: string;
  readonly policy: Policy;
  /** The text that the tree's ranges refer to. */
  readonly text: string;
  /** What stands in the slots of a template; a template without is never evaluated. */
  readonly slots?: Slots;
}

/** Entities for the slots of a template, https://docs.cedarpolicy.com/policies/templates.html */
export interface Slots {
  readonly principal?: EntityUid;
  readonly resource?: EntityUid;
}

/** A policy ready to be evaluated. */
export class CompiledPolicy implements NamedPolicy {
  readonly id: string;
  readonly effect: "permit" | "forbid";
  readonly #conjuncts: readonly Conjunct[];
  readonly #principalType: string | null;
  readonly #resourceType: string | null;
  /** Whether it names more than one action, or group of actions. */
  readonly hasSeveralActions: boolean;
  readonly policy: Policy;
  readonly text: string;
  readonly guards: readonly Guard[];

  constructor(
    named: NamedPolicy,
    readonly scope: CompiledScope,
    { guards, conjuncts }: CompiledConditions,
  ) {
    this.id = named.id;
    this.policy = named.policy;
    this.text = named.text;
    // The literals, which are compared more quickly than what was cut out of a text.
    this.effect = named.policy.effect === "permit" ? "permit" : "forbid";
    this.#principalType = scope.principal.type;
    this.#resourceType = scope.resource.type;
    this.hasSeveralActions = scope.action.keys.length > 1;
    this.guards = guards;
    this.#conjuncts = conjuncts;
  }

  /** Whether the conjuncts from one on hold; those before it are known to. @throws EvaluationError */
  holds(frame: Frame, from: number): boolean {
    for (let at = from; at < this.#conjuncts.length; at += 1) {
      if (!(this.#conjuncts[at] as Conjunct).holds(frame)) return false;
    }
    return true;
  }

  /** Whether the types of `is T in g` fit, whose keys are those of `in g`. */
  fitsTypes({ principal, resource }: Frame): boolean {
    return (
      (this.#principalType === null || this.#principalType === principal.type) &&
      (this.#resourceType === null || this.#resourceType === resource.type)
    );
  }
}

/** The scope of a policy, https://docs.cedarpolicy.com/policies/syntax-policy.html */
export interface CompiledScope {
  readonly principal: EntityAsked;
  readonly action: ActionAsked;
  readonly resource: EntityAsked;
}

/** What a scope asks of the action. */
export interface ActionAsked {
  /** One of these. */
  readonly keys: readonly Key[];
  readonly fits: Asks;
}

/** What a scope asks of the principal, or of the resource. */
export interface EntityAsked {
  readonly key: Key;
  /** Of `is T in g`: its key is that of `in g`. */
  readonly type: string | null;
  /** Whether all of it is so. */
  readonly fits: Asks;
}

interface CompiledConditions {
  /** What is asked first: each is the conjunct of its place, so that where all are met, so many conjuncts hold. */
  readonly guards: readonly Guard[];
  /** All that is asked, in its order. */
  readonly conjuncts: readonly Conjunct[];
}

/** Whether something is so. It never fails. */
type Asks = (frame: Frame) => boolean;

/** Compiles a policy once. @throws RangeError when it is broken, or a slot of a template is open */
export function compilePolicy(named: NamedPolicy, names: Names): CompiledPolicy {
  // What could be read of it says less than was written: it may permit to everybody.
  if (named.policy.isBroken) throw new RangeError(`the policy ${named.id} is broken`);
  const { policy, slots } = named;
  const scope = {
    principal: compileScope(policy.principal, slots?.principal, names),
    action: compileAction(policy.action, names),
    resource: compileScope(policy.resource, slots?.resource, names),
  };
  const parts = conjunctsOf(policy.conditions);
  const conjuncts = parts.map((part) => new Conjunct(part, names));
  return new CompiledPolicy(named, scope, { guards: guardsOf(parts, names), conjuncts });
}

function compileScope(scope: EntityScope, slot: EntityUid | undefined, names: Names): EntityAsked {
  const { operator, target, entityType, variable } = scope;
  const uid = target && (target.value ?? slot);
  if (target && !uid) throw new RangeError(`the slot ?${variable} is open`);
  const group = uid && names.of(uid.type, uid.id);
  const type = null;
  switch (operator) {
    case "any":
      return { key: ANY, type, fits: () => true };
    case "==":
      if (!group) break;
      return { key: keyOfEntity(group), type, fits: (frame) => frame[variable] === group };
    case "in":
      if (!group) break;
      return { key: keyOfMembers(group), type, fits: (frame) => frame.entities.isIn(frame[variable], group) };
    case "is":
      if (!entityType) break;
      return { key: keyOfType(entityType, names.numbers), type, fits: (frame) => frame[variable].type === entityType };
    case "is in":
      if (!group) break;
      return {
        key: keyOfMembers(group),
        type: entityType,
        fits: (frame) => frame[variable].type === entityType && frame.entities.isIn(frame[variable], group),
      };
  }
  throw new RangeError(`the scope of ${variable} is broken`);
}

function compileAction({ operator, targets }: ActionScope, names: Names): ActionAsked {
  const groups = targets.map(({ value }) => names.of(value.type, value.id));
  switch (operator) {
    case "any":
      return { keys: [ANY], fits: () => true };
    case "==":
      return { keys: unique(groups, keyOfEntity), fits: ({ action }) => action === groups[0] };
    case "in":
    case "in list":
      return {
        keys: unique(groups, keyOfMembers),
        fits: ({ action, entities }) => groups.some((group) => entities.isIn(action, group)),
      };
  }
}

function unique(entities: readonly EntityValue[], keyOf: (entity: EntityValue) => Key): Key[] {
  return [...new Set(entities.map(keyOf))];
}
