import { compile } from "./compile";
import { EvaluationError, expects, type Evaluate, type Frame } from "./evaluation";
import type { Range } from "./problem";
import type { Key } from "./policy-index";
import type { ActionScope, EntityScope, EntityUid, Policy } from "./syntax";
import type { EntityValue, Names } from "./value";

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
  /** Whether the scope fits, whole and by its parts. It never fails. */
  readonly fits: Asks;
  readonly fitsPrincipal: Asks;
  readonly fitsAction: Asks;
  readonly fitsResource: Asks;
  /** Whether every condition holds. @throws EvaluationError */
  readonly holds: Asks;
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
  const conditions = policy.conditions.map(({ kind, body }) => conditionOf(compile(body, names), kind, body));
  return {
    ...named,
    effect: policy.effect,
    actionKeys: action.keys,
    principalKey: principal.key,
    resourceKey: resource.key,
    fits: (frame) => fitsAction(frame) && fitsPrincipal(frame) && fitsResource(frame),
    fitsPrincipal,
    fitsAction,
    fitsResource,
    holds: all(conditions),
  };
}

type Fits = (frame: Frame, entity: EntityValue) => boolean;

/** The scope of principal or resource, https://docs.cedarpolicy.com/policies/syntax-policy.html */
function compileScope(scope: EntityScope, slot: EntityUid | undefined, names: Names): { key: Key; fits: Fits } {
  const { operator, target, entityType } = scope;
  const uid = target && (target.value ?? slot);
  if (target && !uid) throw new RangeError(`the slot ?${scope.variable} is open`);
  const group = uid && names.of(uid.type, uid.id);
  switch (operator) {
    case "any":
      return { key: null, fits: () => true };
    case "==":
      if (!group) break;
      return { key: group.handle, fits: (_frame, entity) => entity === group };
    case "in":
      if (!group) break;
      return { key: group.handle, fits: (frame, entity) => frame.entities.isIn(entity, group) };
    case "is":
      return { key: entityType, fits: (_frame, entity) => entity.type === entityType };
    case "is in":
      if (!group) break;
      return {
        key: group.handle,
        fits: (frame, entity) => entity.type === entityType && frame.entities.isIn(entity, group),
      };
  }
  throw new RangeError(`the scope of ${scope.variable} is broken`);
}

function compileAction({ operator, targets }: ActionScope, names: Names): { keys: readonly Key[]; fits: Fits } {
  const groups = targets.map(({ value }) => names.of(value.type, value.id));
  const keys = [...new Set(groups.map(({ handle }) => handle))];
  switch (operator) {
    case "any":
      return { keys: [null], fits: () => true };
    case "==":
      return { keys, fits: (_frame, action) => action === groups[0] };
    case "in":
    case "in list":
      return { keys, fits: (frame, action) => groups.some((group) => frame.entities.isIn(action, group)) };
  }
}

function conditionOf(body: Evaluate, kind: "when" | "unless", range: Range): Asks {
  const error = new EvaluationError(range);
  const wanted = kind === "when";
  return (frame) => {
    const value = body(frame);
    if (typeof value !== "boolean") throw error.because(expects("a bool", value));
    return value === wanted;
  };
}

function all(conditions: readonly Asks[]): Asks {
  const [only] = conditions;
  if (!only) return () => true;
  return conditions.length === 1 ? only : (frame) => conditions.every((holds) => holds(frame));
}
