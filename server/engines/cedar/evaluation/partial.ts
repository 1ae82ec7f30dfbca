import { compile, constant, type Known } from "./compile";
import type { CompiledPolicy } from "./compile-policy";
import type { Epoch } from "./engine";
import type { Resident } from "./entity-table";
import { EvaluationError, type Evaluate, failing, Frame } from "./evaluation";
import type { Guard } from "./guards";
import { ANY, handleIn, isFitting, type Key } from "./keys";
import type { Request } from "./request";
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
  /** Forbids that failed for somebody, who may be allowed only because of that. */
  readonly failedForbids: readonly string[];
}

/**
 * Who can, or what can, of all entities there are and all that policies name. The policies are evaluated as far as the
 * known part of the request goes; what is left of them is asked of those alone whom their scope leaves. Exact.
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
  readonly conditions: readonly { readonly evaluate: Evaluate; readonly wanted: boolean }[];
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
    // The unknown one is set before anything asks for it.
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
    return (
      permits.some((permit) => this.#holds(permit, frame)) && !forbids.some((forbid) => this.#holds(forbid, frame))
    );
  }

  #with(entity: EntityValue): Frame {
    const { principal, action, resource, context, entities } = this.#frame;
    const request = { principal, action, resource, context };
    request[this.question.unknown] = entity;
    return new Frame(request, entities);
  }

  #holds({ conditions, policy }: Residual, frame: Frame): boolean {
    try {
      return conditions.every(({ evaluate, wanted }) => evaluate(frame) === wanted);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      if (policy.effect === "forbid") this.failedForbids.add(policy.id);
      return false;
    }
  }

  /** What is left of a policy; undefined when it can never hold, whoever it is. */
  #residualOf(policy: CompiledPolicy): Residual | undefined {
    const { unknown } = this.question;
    const { scope } = policy;
    const known = unknown === "principal" ? scope.resource : scope.principal;
    if (!scope.action.fits(this.#frame) || !known.fits(this.#frame)) return undefined;
    if (policy.guards.some((guard) => !this.#mayHold(guard))) return undefined;
    const conditions: Residual["conditions"][number][] = [];
    const parts = this.#knownParts();
    for (const { expression, wanted } of conjunctsOf(policy.policy.conditions)) {
      const evaluate = compile(expression, this.epoch.names, parts);
      if (mentions(expression, unknown)) conditions.push({ evaluate, wanted });
      else if (!this.#isSo(evaluate, wanted, policy)) return undefined;
    }
    const { key, fits } = scope[unknown];
    return { policy, key, fits, conditions };
  }

  /** Whether a guard is not known to fail. */
  #mayHold({ path, literal }: Guard): boolean {
    if (path.variable === this.question.unknown) return true;
    const value = path.valueIn(this.#frame);
    return value === undefined || value === literal;
  }

  #isSo(evaluate: Evaluate, wanted: boolean, policy: CompiledPolicy): boolean {
    return this.#holds({ policy, key: ANY, fits: () => true, conditions: [{ evaluate, wanted }] }, this.#frame);
  }

  /** Parts that do not mention the unknown variable are evaluated once, here. */
  #knownParts(): Known {
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

function mentions(expression: Expression, variable: "principal" | "resource"): boolean {
  return someOf(expression, (part) => part.kind === "variable" && part.name === variable);
}
