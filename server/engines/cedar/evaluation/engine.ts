import type { Visitor } from "./candidates";
import { type CompiledPolicy, compilePolicy, type NamedPolicy } from "./compile-policy";
import { EntityTable } from "./entity-table";
import { EvaluationError, Frame } from "./evaluation";
import { PolicyIndex } from "./policy-index";
import { PolicyTable } from "./policy-table";
import type { Answer, PolicyError } from "./answer";
import type { EntityData, Request } from "../data/request";
import { ScopeCache } from "./scope-cache";
import { tracePolicies } from "./trace";
import type { EntityValue, Names } from "../values/value";

/** How an answer is wanted. */
export interface AnswerOptions {
  /** Whether each policy tells what became of it. It costs many times what the answer costs. */
  readonly trace?: boolean;
  /** Entities that come with the request, in the place of what is known of them. They are no groups, or in none. */
  readonly given?: readonly EntityData[];
}

/**
 * Policies and entities as they were at a time. Nothing in it changes: who holds one, gets the same answers for ever.
 * https://docs.cedarpolicy.com/auth/authorization.html
 */
export class Epoch {
  constructor(
    /** Goes up by one with each change. */
    readonly number: number,
    readonly policies: PolicyTable,
    readonly index: PolicyIndex,
    readonly entities: EntityTable,
    readonly names: Names,
    private readonly scopes: ScopeCache,
  ) {}

  /** The next one. What is known of scopes goes on where neither policies nor groups change. */
  changed(to: Partial<Pick<Epoch, "policies" | "index" | "entities">>): Epoch {
    const { policies = this.policies, index = this.index, entities = this.entities } = to;
    const areScopesSame = index === this.index && entities.isGroupedAs(this.entities);
    const scopes = areScopesSame ? this.scopes : new ScopeCache(index);
    return new Epoch(this.number + 1, policies, index, entities, this.names, scopes);
  }

  /** Decides a request: one forbid that holds denies; otherwise one permit that holds allows; nothing else does. */
  answer(request: Request, options: AnswerOptions = {}): Answer {
    const entities = options.given ? this.entities.over(options.given) : this.entities;
    const frame = new Frame(request, entities);
    const tally = new Tally(frame);
    this.scopes.visit(frame, tally);
    const { permits, forbids, errors } = tally;
    return {
      decision: permits && !forbids ? "allow" : "deny",
      reasons: forbids ?? permits ?? NONE,
      errors: errors ?? NONE,
      failedForbids: errors ? failedForbidsOf(errors) : NONE,
      trace: options.trace ? tracePolicies(this, frame) : null,
    };
  }
}

const NONE: readonly never[] = [];

function failedForbidsOf(errors: readonly PolicyError[]): string[] {
  return errors.filter(({ effect }) => effect === "forbid").map(({ policyId }) => policyId);
}

/** What became of the policies that a request has met. */
class Tally implements Visitor {
  permits: string[] | null = null;
  forbids: string[] | null = null;
  errors: PolicyError[] | null = null;

  constructor(private readonly frame: Frame) {}

  visit(policy: CompiledPolicy, known: number): void {
    try {
      if (policy.holds(this.frame, known)) this.#add(policy);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const { id, effect } = policy;
      this.errors = added(this.errors, { policyId: id, effect, message: error.message });
    }
  }

  #add({ effect, id }: CompiledPolicy): void {
    if (effect === "permit") this.permits = added(this.permits, id);
    else this.forbids = added(this.forbids, id);
  }
}

/** An array of one takes far less room than an empty one to which one is added. */
function added<Item>(items: Item[] | null, item: Item): Item[] {
  if (items === null) return [item];
  items.push(item);
  return items;
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

  constructor({ names }: EngineOptions, epoch?: Epoch) {
    this.names = names;
    this.#epoch = epoch ?? emptyEpoch(names);
  }

  /** An engine that goes on from an epoch of another, which does not notice: they share names, and no table that changes. */
  static from(epoch: Epoch): PolicyEngine {
    return new PolicyEngine(epoch, epoch.changed({ policies: PolicyTable.of(epoch.policies.values()) }));
  }

  get epoch(): Epoch {
    return this.#epoch;
  }

  /** Replaces all policies. @throws RangeError when one is broken, or a template without its slots; nothing has changed then. */
  setPolicies(policies: Iterable<NamedPolicy>): void {
    const compiled = new Map<string, CompiledPolicy>();
    for (const policy of policies) compiled.set(policy.id, compilePolicy(policy, this.names));
    this.#swap({ policies: PolicyTable.of(compiled.values()), index: PolicyIndex.of(compiled.values()) });
  }

  /** Adds a policy, or replaces the one of its name. @throws RangeError as `setPolicies` */
  setPolicy(policy: NamedPolicy): void {
    const compiled = compilePolicy(policy, this.names);
    const before = this.#epoch.policies.get(policy.id);
    const index = before ? this.#epoch.index.without(before) : this.#epoch.index;
    this.#swap({ policies: this.#epoch.policies.with(compiled), index: index.with(compiled) });
  }

  /** Removes a policy; there may be none of that name. */
  removePolicy(id: string): void {
    const before = this.#epoch.policies.get(id);
    if (!before) return;
    this.#swap({ policies: this.#epoch.policies.without(id), index: this.#epoch.index.without(before) });
  }

  /** Replaces all entities. */
  setEntities(entities: Iterable<EntityData>): void {
    this.#swap({ entities: EntityTable.empty(this.names.numbers).with(entities) });
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
    this.#epoch = this.#epoch.changed(changed);
  }
}

function emptyEpoch(names: Names): Epoch {
  const index = PolicyIndex.empty;
  return new Epoch(0, PolicyTable.of([]), index, EntityTable.empty(names.numbers), names, new ScopeCache(index));
}
