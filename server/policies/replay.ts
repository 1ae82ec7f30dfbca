import { DataError } from "@/server/engines/cedar/data/data-error";
import { readEntities } from "@/server/engines/cedar/data/entities-json";
import { readRequest } from "@/server/engines/cedar/data/request-json";
import { RequestNames } from "@/server/engines/cedar/values/request-names";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { Asked, Authority, Verdict } from "./authority";
import { countDecisions, type LoggedDecision, loggedDecisions } from "./decision-store";
import { asRead, type Fact } from "./facts";
import type { ReplayGroup, ReplayInput, ReplayPage } from "./impact-contract";
import { inForce } from "./in-force";
import { orRefuse, propose } from "./propose";
import { turn } from "./turn";

/** Decisions between two turns of others. */
const BETWEEN_TURNS = 250;
/** Decisions that a group names. */
const NAMED = 20;

/** What was known of a decision when it was made, as the log keeps it. */
interface Kept {
  readonly context: Readonly<Record<string, unknown>>;
  readonly facts: readonly Fact[];
}

/**
 * Decides logged decisions again with some changes to the policies in force, on what was known when each was made.
 * One page at a time, and others have their turn in between.
 *
 * @throws {RequestRefused} when a text cannot be read; and as `propose`
 */
export async function replayDecisions(ctx: Context, { changes, which, limit }: ReplayInput): Promise<ReplayPage> {
  await authorize(ctx, "decision.list", { type: "Decision", id: "*" });
  const { set, authority } = await inForce(ctx.read);
  const changed = await orRefuse(async () => authority.changedTo(propose(set, changes).set));
  const rows = loggedDecisions(ctx.read, which, limit);
  const judge = new Judge(authority, changed, which.order === "newest" ? "in force" : "answered");
  const groups = new Groups();
  let unreadable = 0;
  for (const [at, row] of rows.entries()) {
    if (at % BETWEEN_TURNS === BETWEEN_TURNS - 1) await turn();
    const outcome = judge.outcomeOf(row);
    if (outcome === null) unreadable += 1;
    else if (outcome.before !== outcome.after.decision) groups.add(row, outcome);
  }
  const [first, last] = [rows[0], rows.at(-1)];
  const times = [first?.at, last?.at].filter((at) => at !== undefined).toSorted((a, b) => a - b);
  return {
    replayed: rows.length,
    oldest: dateOf(times[0]),
    newest: dateOf(times.at(-1)),
    groups: groups.all(),
    unreadable,
    next: rows.length === limit || which.order === "since" ? (last?.seq ?? null) : null,
    total: countDecisions(ctx.read),
  };
}

interface Outcome {
  readonly before: "allow" | "deny";
  readonly after: Verdict;
  readonly team: string | null;
}

/** Asks both, and remembers what both said to the same question; the time counts where a policy asks for it. */
class Judge {
  readonly #known = new Map<string, Outcome | null>();
  readonly #asksTime: boolean;

  constructor(
    readonly inForce: Authority,
    readonly changed: Authority,
    readonly baseline: "in force" | "answered",
  ) {
    this.#asksTime = [inForce, changed].some(({ set }) => set.policies.some(({ text }) => text.includes("now")));
  }

  /** Null when it cannot be decided again. */
  outcomeOf(row: LoggedDecision): Outcome | null {
    const key = `${row.subjectType} ${row.subjectId} ${row.action} ${row.resourceType} ${row.resourceId} ${this.#textOf(row)}`;
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = this.#ask(row)));
    return known && this.baseline === "answered" ? { ...known, before: row.decision } : known;
  }

  #textOf({ asked }: LoggedDecision): string {
    return this.#asksTime ? asked : asked.replace(NOW, "");
  }

  #ask(row: LoggedDecision): Outcome | null {
    const kept = JSON.parse(row.asked) as Kept;
    const asked = readKept(row, kept, this.changed);
    if (asked === null) return null;
    const subject = kept.facts.find(({ uid }) => uid.type === row.subjectType && uid.id === row.subjectId);
    const before = this.baseline === "in force" ? this.inForce.ask(asked).decision : row.decision;
    return { before, after: this.changed.ask(asked), team: teamOf(subject) };
  }
}

/** The time of a request, in the JSON of its context. */
const NOW = /"now":(\{"__extn":\{[^}]*\}\}|"[^"]*"),?/;

/** A logged decision as it can be asked again; null when the schema does not know it any more. */
export function readKept(
  row: LoggedDecision,
  { context, facts }: Kept,
  { names: known, schema }: Authority,
): Asked | null {
  const names = new RequestNames(known);
  try {
    const request = readRequest(
      asRead({
        principal: { type: row.subjectType, id: row.subjectId },
        action: { type: "Action", id: row.action },
        resource: { type: row.resourceType, id: row.resourceId },
        context,
      }),
      { names, schema, validate: false },
    );
    return { request, given: readEntities(asRead(facts), { names, schema: null }) };
  } catch (error) {
    if (error instanceof DataError) return null;
    throw error;
  }
}

/** Decisions that would be other, by who, what and on which type. */
class Groups {
  readonly #groups = new Map<string, ReplayGroup>();

  add(row: LoggedDecision, { after, team }: Outcome): void {
    const change = after.decision === "allow" ? "newly allowed" : "newly denied";
    const key = [change, row.subjectType, row.subjectId, row.action, row.resourceType, ...after.policies].join("\0");
    let group = this.#groups.get(key);
    if (!group) {
      group = {
        ...{ change, team, action: row.action, resourceType: row.resourceType, count: 0, decisions: [] },
        subject: { type: row.subjectType, id: row.subjectId },
        policies: [...after.policies],
      };
      this.#groups.set(key, group);
    }
    group.count += 1;
    if (group.decisions.length < NAMED)
      group.decisions.push({ seq: row.seq, at: new Date(row.at), resource: row.resourceId });
  }

  /** The greatest first. */
  all(): ReplayGroup[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count);
  }
}

function teamOf(subject: Fact | undefined): string | null {
  return subject?.parents.find(({ type }) => type === "Team")?.id ?? null;
}

function dateOf(at: number | undefined): Date | null {
  return at === undefined ? null : new Date(at);
}
