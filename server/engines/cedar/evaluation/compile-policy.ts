import { compile } from "./compile";
import { EvaluationError, expects, type Evaluate, type Frame } from "./evaluation";
import { type Guard, guardsOf } from "./guards";
import type { Range } from "../syntax/problem";
import type { Key } from "./policy-index";
import type { ActionScope, EntityScope, EntityUid, Policy } from "../syntax/syntax";
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
export interface CompiledPolicy extends NamedPolicy {
  readonly effect: "permit" | "forbid";
  /** One for each action or group of actions that the scope names. */
  readonly actionKeys: readonly Key[];
  readonly principalKey: Key;
  readonly resourceKey: Key;
  /** What the scope asks beyond its keys. */
  readonly beyondKeys: BeyondKeys;
  /** Whether the scope fits, whole and by its parts. It never fails. */
  readonly fits: Asks;
  readonly fitsPrincipal: Asks;
  readonly fitsAction: Asks;
  readonly fitsResource: Asks;
  /** What the conditions ask first. */
  readonly guards: readonly Guard[];
  /** Whether every condition holds. @throws EvaluationError */
  readonly holds: Asks;
  /** The same, where every guard is known to hold. @throws EvaluationError */
  readonly holdsBeyondGuards: Asks;
}

/** A key fits members too, where `==` asks for the entity itself; and that of `is T in g` fits other types. */
export interface BeyondKeys {
  readonly principal: EntityValue | null;
  readonly principalType: string | null;
  readonly action: EntityValue | null;
  readonly resource: EntityValue | null;
  readonly resourceType: string | null;
}

type Asks = (frame: Frame) => boolean;

/** Compiles a policy once. @throws RangeError when a slot of a template is open */
export function compilePolicy(named: NamedPolicy, names: Names): CompiledPolicy {
  const { policy, slots } = named;
  const [principal, resource] = [
    compileScope(policy.principal, slots?.principal, names),
    compileScope(policy.resource, slots?.resource, names),
  ];
  const action = compileAction(policy.action, names);
  const fitsPrincipal: Asks = (frame) => principal.fits(frame, frame.principal);
  const fitsAction: Asks = (frame) => action.fits(frame, frame.action);
  const fitsResource: Asks = (frame) => resource.fits(frame, frame.resource);
  const parts = conjunctsOf(policy.conditions);
  const asks = parts.map(({ expression, wanted }) => asksFor(compile(expression, names), wanted, expression));
  const guards = guardsOf(parts, names);
  return {
    ...named,
    effect: policy.effect,
    actionKeys: action.keys,
    principalKey: principal.key,
    resourceKey: resource.key,
    beyondKeys: {
      principal: principal.itself,
      principalType: principal.type,
      action: action.itself,
      resource: resource.itself,
      resourceType: resource.type,
    },
    fits: (frame) => fitsAction(frame) && fitsPrincipal(frame) && fitsResource(frame),
    fitsPrincipal,
    fitsAction,
    fitsResource,
    guards,
    holds: all(asks),
    holdsBeyondGuards: all(asks.slice(guards.length)),
  };
}

type Fits = (frame: Frame, entity: EntityValue) => boolean;

interface CompiledScope {
  readonly key: Key;
  /** Of `==`. */
  readonly itself: EntityValue | null;
  /** Of `is T in g`. */
  readonly type: string | null;
  readonly fits: Fits;
}

/** The scope of principal or resource, https://docs.cedarpolicy.com/policies/syntax-policy.html */
function compileScope(scope: EntityScope, slot: EntityUid | undefined, names: Names): CompiledScope {
  const { operator, target, entityType } = scope;
  const uid = target && (target.value ?? slot);
  if (target && !uid) throw new RangeError(`the slot ?${scope.variable} is open`);
  const group = uid && names.of(uid.type, uid.id);
  const [itself, type] = [null, null];
  switch (operator) {
    case "any":
      return { key: null, itself, type, fits: () => true };
    case "==":
      if (!group) break;
      return { key: group.handle, itself: group, type, fits: (_frame, entity) => entity === group };
    case "in":
      if (!group) break;
      return { key: group.handle, itself, type, fits: (frame, entity) => frame.entities.isIn(entity, group) };
    case "is":
      return { key: entityType, itself, type, fits: (_frame, entity) => entity.type === entityType };
    case "is in":
      if (!group) break;
      return {
        key: group.handle,
        itself,
        type: entityType,
        fits: (frame, entity) => entity.type === entityType && frame.entities.isIn(entity, group),
      };
  }
  throw new RangeError(`the scope of ${scope.variable} is broken`);
}

interface CompiledAction {
  readonly keys: readonly Key[];
  readonly itself: EntityValue | null;
  readonly fits: Fits;
}

function compileAction({ operator, targets }: ActionScope, names: Names): CompiledAction {
  const groups = targets.map(({ value }) => names.of(value.type, value.id));
  const keys = [...new Set(groups.map(({ handle }) => handle))];
  switch (operator) {
    case "any":
      return { keys: [null], itself: null, fits: () => true };
    case "==":
      return { keys, itself: groups[0] ?? null, fits: (_frame, action) => action === groups[0] };
    case "in":
    case "in list":
      return {
        keys,
        itself: null,
        fits: (frame, action) => groups.some((group) => frame.entities.isIn(action, group)),
      };
  }
}

function asksFor(evaluate: Evaluate, wanted: boolean, range: Range): Asks {
  const error = new EvaluationError(range);
  return (frame) => {
    const value = evaluate(frame);
    if (typeof value !== "boolean") throw error.because(expects("a bool", value));
    return value === wanted;
  };
}

function all(asks: readonly Asks[]): Asks {
  const [first, second] = asks;
  if (!first) return () => true;
  if (!second) return first;
  const rest = all(asks.slice(1));
  return (frame) => first(frame) && rest(frame);
}
