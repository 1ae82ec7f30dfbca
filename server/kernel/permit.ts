import { type Action, ACTIONS } from "./actions";
import {
  type Context,
  type Decision,
  type DecisionDraft,
  type EntryDraft,
  type Event,
  type ReadDatabase,
  type Resource,
  type Transaction,
  writerOf,
} from "./context";
import { DecisionNotLogged, Forbidden } from "./errors";
import { spendRefusal } from "./refusals";

/** Proof that the policy in force allowed one actor one action on one resource. Only `authorize` makes one. */
export class Permit {
  readonly #ctx: Context;

  private constructor(
    ctx: Context,
    readonly action: Action,
    readonly resource: Resource,
    readonly policyVersion: string,
  ) {
    this.#ctx = ctx;
  }

  /** Asks the policy in force; see `authorize`. @internal */
  static async ask(ctx: Context, action: Action, resource: Resource): Promise<Permit> {
    if (resource.type !== ACTIONS[action]) throw new Error(`${action} is asked on a ${ACTIONS[action]}`);
    const decision = await decisionOf(ctx, ctx.read, action, resource);
    if (decision.allowed) return new Permit(ctx, action, resource, decision.policyVersion);
    return refuse(ctx, action, resource, decision);
  }

  /** Writes under this permit; see `commit`. @internal */
  static write<T>(permit: Permit, write: Write<T>): Promise<T> {
    return writeUnder(permit, permit.#ctx, write);
  }

  /** Logs what was decided under this permit; see `record`. @internal */
  static record(permit: Permit, drafts: readonly DecisionDraft[]): Promise<readonly number[]> {
    return recordFor(permit.#ctx, drafts);
  }
}

async function writeUnder<T>(permit: Permit, ctx: Context, write: Write<T>): Promise<T> {
  const { action, resource } = permit;
  try {
    return await writerOf(ctx).write(async (tx) => {
      const policyVersion = await versionNow(permit, ctx, tx);
      const outcome = await write(tx);
      for (const event of [outcome.event, ...(outcome.also ?? [])]) {
        await ctx.appendAudit(tx, draftOf(ctx, action, resource, policyVersion, event));
      }
      return outcome.value;
    });
  } catch (error) {
    if (error instanceof Withdrawn) return refuse(ctx, action, resource, error.decision);
    throw error;
  }
}

/** What a permit stood for is no longer allowed. */
class Withdrawn extends Error {
  constructor(readonly decision: Decision) {
    super("another policy is in force by now, and does not allow it");
  }
}

/** The version under which a permit's deed is done. When another is in force by now, that one is asked. */
async function versionNow({ action, resource, policyVersion }: Permit, ctx: Context, tx: Transaction): Promise<string> {
  if ((await ctx.policyVersion(tx)) === policyVersion) return policyVersion;
  const decision = await decisionOf(ctx, tx, action, resource);
  if (!decision.allowed) throw new Withdrawn(decision);
  return decision.policyVersion;
}

function decisionOf(ctx: Context, db: ReadDatabase, action: Action, resource: Resource): Promise<Decision> {
  return ctx.decide(db, { principal: ctx.actor, action, resource, at: ctx.now(), address: ctx.origin.address });
}

/** Writes the refusal down, and throws. */
async function refuse(ctx: Context, action: Action, resource: Resource, decision: Decision): Promise<never> {
  spendRefusal(ctx);
  const refusal: Event = {
    kind: "denied",
    outcome: "refused",
    detail: { reason: decision.reason, rules: decision.rules },
  };
  await writerOf(ctx).write((tx) =>
    ctx.appendAudit(tx, draftOf(ctx, action, resource, decision.policyVersion, refusal)),
  );
  throw new Forbidden(action, shownTo(ctx, resource), decision.reason);
}

/** Whoever has not proved who they are learns no names: a refusal repeats what they asked for, and nothing more. */
function shownTo({ actor }: Context, resource: Resource): Resource {
  return actor.kind === "anonymous" ? { type: resource.type, id: resource.id } : resource;
}

/** What a write did: the value for the caller, and what the audit log says about it. */
export interface Written<T> {
  readonly value: T;
  readonly event: Event;
  /** Further events of the same deed, for example that an identity was locked because of it. */
  readonly also?: readonly Event[];
}

type Write<T> = (tx: Transaction) => Promise<Written<T>>;

/**
 * Asks the policy in force whether the context's actor may do this, and returns the permit that `commit` takes.
 *
 * @throws {Forbidden} when it may not; the refusal is in the audit log before this throws.
 * @throws {TooManyRefusals} in its place, with nothing written, for a stranger whose network was refused too often.
 */
export function authorize(ctx: Context, action: Action, resource: Resource): Promise<Permit> {
  return Permit.ask(ctx, action, resource);
}

/**
 * The only door to a writable transaction. What `write` did and the audit entries about it land together, durably, or
 * not at all. Where another version of the policies is in force than the one that gave the permit, it is asked again first,
 * inside the transaction. `write` may wait for the database only: anything slower is undone with `SlowWrite`. It may run more than
 * once, so it keeps nothing outside its transaction.
 */
export function commit<T>(permit: Permit, write: Write<T>): Promise<T> {
  return Permit.write(permit, write);
}

/**
 * Keeps what was only observed, such as when somebody was last seen. No deed, so neither permit nor entry, and it can
 * change rows alone: make and remove none.
 */
export function observe(ctx: Context, write: (tx: Pick<Transaction, "update">) => Promise<void>): Promise<void> {
  return writerOf(ctx).write((tx) => write(tx));
}

/**
 * Writes down what was decided for whoever has a permit to ask, before it is told. Decisions are their own evidence: each
 * is a row of a log that only grows, and there is no entry about it. Answers their numbers in that log once they are on disk.
 *
 * @throws {DecisionNotLogged} when they could not be written: then nobody must be told.
 */
export function record(permit: Permit, drafts: readonly DecisionDraft[]): Promise<readonly number[]> {
  return Permit.record(permit, drafts);
}

async function recordFor(ctx: Context, drafts: readonly DecisionDraft[]): Promise<readonly number[]> {
  const { kind, id, name } = ctx.actor;
  const by = { asker: { kind, id, name }, requestId: ctx.origin.requestId };
  const records = drafts.map((draft) => ({ ...draft, ...by }));
  try {
    return await writerOf(ctx).write(async (tx) => ctx.appendDecisions(tx, records));
  } catch (error) {
    throw new DecisionNotLogged(error);
  }
}

function draftOf(ctx: Context, action: Action, resource: Resource, policyVersion: string, event: Event): EntryDraft {
  return {
    id: ctx.newId("evt"),
    at: ctx.now(),
    event,
    action,
    actor: ctx.actor,
    origin: ctx.origin,
    object: event.object ?? { type: resource.type, id: resource.id, name: resource.name },
    outcome: event.outcome ?? "done",
    policyVersion,
  };
}
