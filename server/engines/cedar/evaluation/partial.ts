import { compile, constant, type Substitute } from "./compile";
import type { CompiledPolicy } from "./compile-policy";
import type { Epoch } from "./engine";
import type { Resident } from "./entity-table";
import { EvaluationError, type Evaluate, failing, Frame } from "./evaluation";
import type { Guard } from "./guards";
import { handleIn, isFitting, type Key } from "./keys";
import type { Request } from "../data/request";
import type { Expression } from "../syntax/syntax";
import type { EntityValue } from "../values/value";
import { conjunctsOf, someOf } from "../syntax/walk";

/** A request of which one variable is not known: who can do this, or what it can be done to. */
export type Question =
  | (Omit<Request, "principal"> & { readonly unknown: "principal"; readonly type?: string })
  | (Omit<Request, "resource"> & { readonly unknown: "resource"; readonly type?: string });

/** Everyone, or everything, for which the answer is `allow`. */
export interface Allowed {
  readonly entities: readonly EntityValue[];
  /** Forbids that failed for somebody among them, who may be allowed only because of that. */
  readonly failedForbids: readonly string[];
}

/**
 * Who can, or what can, of all entities that there are, and those that a scope names. The policies are evaluated as far as
 * the known part of the request goes; what is left of them is asked of those alone whom their scope leaves. Exact: asking
 * for each of them would give the same. It is no part of the language.
 */
export function findAllowed(epoch: Epoch, question: Question): Allowed {
  const search = new Search(epoch, question);
  const entities: EntityValue[] = [];
  for (const resident of epoch.entities.all()) {
    if (question.type !== undefined && resident.uid.type !== question.type) continue;
    if (search.isAllowed(resident.uid, search.policiesFor(resident))) entities.push(resident.uid);
  }
  for (const uid of search.strangers()) {
    if (question.type !== undefined && uid.type !== question.type) continue;
    if (search.isAllowed(uid, search.policiesOf(uid))) entities.push(uid);
  }
  return { entities, failedForbids: [...search.failedForbids] };
}

/** A policy of which the known part holds: what its scope asks of the unknown one, and what its conditions leave. */
interface Residual {
  readonly policy: CompiledPolicy;
  readonly key: Key;
  readonly fits: (frame: Frame) => boolean;
  readonly conditions: readonly ResidualCondition[];
}

interface ResidualCondition {
  readonly evaluate: Evaluate;
  readonly wanted: boolean;
}

interface Residuals {
  readonly permits: readonly Residual[];
  readonly forbids: readonly Residual[];
  /** Whether a permit is left without conditions, and no forbid: nothing more has to be asked. */
  readonly isAllowed: boolean;
}

const NOTHING: Residuals = { permits: [], forbids: [], isAllowed: false };

class Search {
  readonly failedForbids = new Set<string>();
  readonly #residuals: readonly Residual[];
  /** Entities that a scope names: what holds for others of their type and groups, does not for them. */
  readonly #named: ReadonlySet<number>;
  /** What is left for entities of a membership, by its number. */
  readonly #byMembership: (Residuals | undefined)[] = [];
  readonly #frame: Frame;

  constructor(
    private readonly epoch: Epoch,
    private readonly question: Question,
  ) {
    const { action, context } = question;
    // A frame needs both, so that the known one stands in for the unknown; nothing that mentions the unknown one is
    // evaluated in it.
    const [principal, resource] =
      question.unknown === "principal"
        ? [question.resource, question.resource]
        : [question.principal, question.principal];
    this.#frame = new Frame({ principal, action, resource, context }, epoch.entities);
    const residuals: Residual[] = [];
    const { entities } = epoch;
    const known = [
      question.unknown === "principal" ? null : entities.keyed(question.principal),
      entities.keyed(action),
      question.unknown === "resource" ? null : entities.keyed(question.resource),
    ] as const;
    for (const policy of epoch.index.find(known)) {
      const residual = this.#residualOf(policy);
      if (residual) residuals.push(residual);
    }
    this.#residuals = residuals;
    this.#named = new Set(residuals.map(({ key }) => handleIn(key)).filter((handle) => handle !== null));
  }

  /** Entities without data that a scope names. */
  strangers(): EntityValue[] {
    const named = [...this.#named].map((handle) => this.epoch.names.at(handle));
    return named.filter((entity) => this.epoch.entities.find(entity) === undefined);
  }

  /** The policies that are left for an entity; those of a type and with a membership have the same, unless named. */
  policiesFor({ uid, membership }: Resident): Residuals {
    if (this.#named.has(uid.handle)) return this.policiesOf(uid);
    return (this.#byMembership[membership.id] ??= this.policiesOf(uid));
  }

  policiesOf(entity: EntityValue): Residuals {
    const keyed = this.epoch.entities.keyed(entity);
    const frame = this.#with(entity);
    const own = this.#residuals.filter(({ key, fits }) => isFitting(key, keyed) && fits(frame));
    const permits = own.filter(({ policy }) => policy.effect === "permit");
    if (permits.length === 0) return NOTHING;
    const forbids = own.filter(({ policy }) => policy.effect === "forbid");
    const isAllowed = forbids.length === 0 && permits.some(({ conditions }) => conditions.length === 0);
    return { permits, forbids, isAllowed };
  }

  isAllowed(entity: EntityValue, { permits, forbids, isAllowed }: Residuals): boolean {
    if (isAllowed || permits.length === 0) return isAllowed;
    const frame = this.#with(entity);
    if (!permits.some((permit) => outcomeOf(permit.conditions, frame) === "holds")) return false;
    const outcomes = forbids.map((forbid) => outcomeOf(forbid.conditions, frame));
    if (outcomes.includes("holds")) return false;
    for (const [at, { policy }] of forbids.entries()) if (outcomes[at] === "fails") this.failedForbids.add(policy.id);
    return true;
  }

  #with(entity: EntityValue): Frame {
    const { principal, action, resource, context, entities } = this.#frame;
    const request = { principal, action, resource, context };
    request[this.question.unknown] = entity;
    return new Frame(request, entities);
  }

  /** What is left of a policy; undefined when it matters to nobody: a permit must hold to matter, a forbid hold or fail. */
  #residualOf(policy: CompiledPolicy): Residual | undefined {
    const { unknown } = this.question;
    const { scope } = policy;
    const known = unknown === "principal" ? scope.resource : scope.principal;
    if (!scope.action.fits(this.#frame) || !known.fits(this.#frame)) return undefined;
    if (policy.guards.length > 0 && this.#isRuledOut(policy.guards)) return undefined;
    const conditions: ResidualCondition[] = [];
    const parts = this.#knownParts();
    for (const { expression, wanted } of conjunctsOf(policy.policy.conditions)) {
      const condition = { evaluate: compile(expression, this.epoch.names, parts), wanted };
      const outcome = mentions(expression, unknown) ? "open" : outcomeOf([condition], this.#frame);
      if (outcome === "holds") continue;
      const isOpen =
        outcome === "open" || (policy.effect === "forbid" && (outcome === "fails" || conditions.length > 0));
      if (!isOpen) return undefined;
      conditions.push(condition);
      // Nobody comes to what is behind it.
      if (outcome !== "open") break;
    }
    const { key, fits } = scope[unknown];
    return { policy, key, fits, conditions };
  }

  /** Whether the first guards tell, at little cost, that the policy neither holds nor fails for anybody. */
  #isRuledOut(guards: readonly Guard[]): boolean {
    for (const { path, literal } of guards) {
      const value = path.variable === this.question.unknown ? undefined : path.valueIn(this.#frame);
      if (value !== literal) return value !== undefined;
    }
    return false;
  }

  /** Parts that do not mention the unknown variable are evaluated once, here. */
  #knownParts(): Substitute {
    return (expression) => {
      if (expression.kind === "paren" || mentions(expression, this.question.unknown)) return null;
      try {
        return constant(compile(expression, this.epoch.names)(this.#frame));
      } catch (error) {
        if (error instanceof EvaluationError) return failing(error.range, error.message);
        throw error;
      }
    };
  }
}

/** What becomes of conditions, as of those of a policy: what is behind one that is not as wanted is not evaluated. */
function outcomeOf(conditions: readonly ResidualCondition[], frame: Frame): "holds" | "does not hold" | "fails" {
  try {
    for (const { evaluate, wanted } of conditions) {
      const value = evaluate(frame);
      if (value !== wanted) return typeof value === "boolean" ? "does not hold" : "fails";
    }
    return "holds";
  } catch (error) {
    if (error instanceof EvaluationError) return "fails";
    throw error;
  }
}

function mentions(expression: Expression, variable: "principal" | "resource"): boolean {
  return someOf(expression, (part) => part.kind === "variable" && part.name === variable);
}
