import { type CompiledPolicy, compilePolicy, type NamedPolicy } from "./compile-policy";
import { EntityTable } from "./entity-table";
import { EvaluationError, Frame } from "./evaluation";
import { PolicyIndex } from "./policy-index";
import type { Answer, EntityData, PolicyError, Request } from "./request";
import { tracePolicies } from "./trace";
import type { EntityValue, Names } from "./value";

/** How an answer is wanted. */
export interface AnswerOptions {
  /** Whether each policy tells what became of it. It costs many times what the answer costs. */
  readonly trace?: boolean;
}

/**
 * Policies and entities as they were at a time. Nothing in it changes: who holds one, gets the same answers for ever.
 * https://docs.cedarpolicy.com/auth/authorization.html
 */
export class Epoch {
  constructor(
    /** Goes up by one with each change. */
    readonly number: number,
    readonly policies: ReadonlyMap<string, CompiledPolicy>,
    readonly index: PolicyIndex,
    readonly entities: EntityTable,
    readonly names: Names,
  ) {}

  /** Decides a request: one forbid that holds denies; otherwise one permit that holds allows; nothing else does. */
  answer(request: Request, options: AnswerOptions = {}): Answer {
    const frame = new Frame(request, this.entities);
    const [permits, forbids, errors]: [string[], string[], PolicyError[]] = [[], [], []];
    this.index.visit(request, this.entities, (policy) => {
      if (!policy.fits(frame)) return;
      try {
        if (policy.holds(frame)) (policy.effect === "permit" ? permits : forbids).push(policy.id);
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error;
        errors.push({ policyId: policy.id, effect: policy.effect, message: error.message });
      }
    });
    const isDenied = forbids.length > 0 || permits.length === 0;
    return {
      decision: isDenied ? "deny" : "allow",
      reasons: forbids.length > 0 ? forbids : permits,
      errors,
      failedForbids: errors.flatMap(({ effect, policyId }) => (effect === "forbid" ? [policyId] : [])),
      trace: options.trace ? tracePolicies(this, frame) : null,
    };
  }
}

/** What an engine begins with. */
export interface EngineOptions {
  readonly names: Names;
}

/**
 * Holds the epoch in force. Each change compiles or copies only what changed, and then swaps the epoch: a request that is
 * being answered goes on with the one it began with.
 */
export class PolicyEngine {
  readonly names: Names;
  #epoch: Epoch;

  constructor({ names }: EngineOptions) {
    this.names = names;
    this.#epoch = new Epoch(0, new Map(), PolicyIndex.empty, EntityTable.empty(), names);
  }

  get epoch(): Epoch {
    return this.#epoch;
  }

  /** Replaces all policies. @throws RangeError when one is broken, or a template without its slots; nothing has changed then. */
  setPolicies(policies: Iterable<NamedPolicy>): void {
    const compiled = new Map<string, CompiledPolicy>();
    for (const policy of policies) compiled.set(policy.id, compilePolicy(policy, this.names));
    this.#swap({ policies: compiled, index: PolicyIndex.of(compiled.values()) });
  }

  /** Adds a policy, or replaces the one of its name. @throws RangeError as `setPolicies` */
  setPolicy(policy: NamedPolicy): void {
    const compiled = compilePolicy(policy, this.names);
    const before = this.#epoch.policies.get(policy.id);
    const index = before ? this.#epoch.index.without(before) : this.#epoch.index;
    const policies = new Map(this.#epoch.policies).set(policy.id, compiled);
    this.#swap({ policies, index: index.with(compiled) });
  }

  /** Removes a policy; there may be none of that name. */
  removePolicy(id: string): void {
    const before = this.#epoch.policies.get(id);
    if (!before) return;
    const policies = new Map(this.#epoch.policies);
    policies.delete(id);
    this.#swap({ policies, index: this.#epoch.index.without(before) });
  }

  /** Replaces all entities. */
  setEntities(entities: Iterable<EntityData>): void {
    this.#swap({ entities: EntityTable.empty().with(entities) });
  }

  /** Adds entities, or replaces those of their names with all that is known of them. */
  putEntities(entities: Iterable<EntityData>): void {
    this.#swap({ entities: this.#epoch.entities.with(entities) });
  }

  /** Forgets what is known of entities. */
  removeEntities(entities: Iterable<EntityValue>): void {
    this.#swap({ entities: this.#epoch.entities.without(entities) });
  }

  #swap(changed: Partial<Pick<Epoch, "policies" | "index" | "entities">>): void {
    const { number, policies, index, entities } = { ...this.#parts(), ...changed };
    this.#epoch = new Epoch(number + 1, policies, index, entities, this.names);
  }

  #parts(): Pick<Epoch, "number" | "policies" | "index" | "entities"> {
    const { number, policies, index, entities } = this.#epoch;
    return { number, policies, index, entities };
  }
}
