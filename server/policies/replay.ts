import { DataError } from "@/server/engines/cedar/data/data-error";
import type { EntityData, Request } from "@/server/engines/cedar/data/request";
import { readEntities } from "@/server/engines/cedar/data/entities-json";
import { readRequest } from "@/server/engines/cedar/data/request-json";
import { type Json, parseJson } from "@/server/engines/cedar/syntax/json";
import { parseDatetime } from "@/server/engines/cedar/values/datetime";
import { RequestNames } from "@/server/engines/cedar/values/request-names";
import { ExtensionValue, RecordValue, type Value } from "@/server/engines/cedar/values/value";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { Authority, Verdict } from "./authority";
import { countDecisions, type LoggedDecision, loggedDecisions } from "./replay-store";
import { asRead } from "./cedar-json";
import { type Fact, flattened } from "./facts";
import type { ReplayGroup, ReplayInput, ReplayPage } from "./impact-contract";
import { inForce } from "./in-force";
import { orRefuse, propose } from "./propose";
import { asEntities } from "./scopes";
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
  const judge = new Judge(authority, changed, which.order === "newest" ? "in force" : "answered");
  const groups = new Groups();
  let unreadable = 0;
  const nextPart = () =>
    loggedDecisions(ctx.read, goingOn(which, rows.at(-1)?.seq), Math.min(BETWEEN_TURNS, limit - rows.length));
  const rows: Pick<LoggedDecision, "seq" | "at">[] = [];
  for (let part = nextPart(); part.length > 0; part = nextPart()) {
    for (const row of part) {
      const outcome = judge.outcomeOf(row);
      if (outcome === null) unreadable += 1;
      else if (outcome.before !== outcome.after.decision) groups.add(row, outcome);
      rows.push({ seq: row.seq, at: row.at });
    }
    await turn();
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

/** The same order behind the last that was looked at. */
function goingOn(which: ReplayInput["which"], last: number | undefined): ReplayInput["which"] {
  if (last === undefined) return which;
  return which.order === "newest" ? { ...which, before: last } : { ...which, after: last };
}

interface Outcome {
  readonly before: "allow" | "deny";
  readonly after: Verdict;
  readonly team: string | null;
}

/** Asks both, and remembers what both said to the same question; the time counts where a policy asks for it. */
class Judge {
  readonly #known = new Map<string, Outcome | null>();
  readonly #facts = new Map<string, KnownFacts>();
  readonly #requests = new Map<string, Request>();
  readonly #names: RequestNames;
  readonly #asksTime: boolean;

  constructor(
    readonly inForce: Authority,
    readonly changed: Authority,
    readonly baseline: "in force" | "answered",
  ) {
    // One for all, so that what is known of somebody is read once. A fact says itself all that it is a member of.
    this.#names = new RequestNames(changed.names);
    this.#asksTime = [inForce, changed].some(({ set }) => set.policies.some(({ text }) => /\bnow\b/.test(text)));
  }

  /** Null when it cannot be decided again. */
  outcomeOf(row: LoggedDecision): Outcome | null {
    const { subjectType, subjectId, action, resourceType, resourceId, asked } = row;
    // Where a policy asks for the time, hardly a question comes again.
    const key = this.#asksTime
      ? String(row.seq)
      : [subjectType, subjectId, action, resourceType, resourceId, asked.replace(NOW, THEN)].join("\0");
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = this.#ask(row)));
    return known && this.baseline === "answered" ? { ...known, before: row.decision } : known;
  }

  #ask(row: LoggedDecision): Outcome | null {
    try {
      const { context, facts } = partsOf(row.asked);
      const { entities, teams } = this.#entitiesOf(facts);
      const asked = { request: this.#requestOf(row, context), given: entities };
      const before = this.baseline === "in force" ? this.inForce.ask(asked).decision : row.decision;
      return { before, after: this.changed.ask(asked), team: teams.get(`${row.subjectType} ${row.subjectId}`) ?? null };
    } catch (error) {
      if (error instanceof DataError) return null;
      throw error;
    }
  }

  /** Contexts that are alike but for their time are read once. */
  #requestOf(row: LoggedDecision, context: string): Request {
    const now = instantIn(context);
    const text = now === null ? context : context.replace(NOW, THEN);
    const key = [row.subjectType, row.subjectId, row.action, row.resourceType, row.resourceId, text].join("\0");
    let known = this.#requests.get(key);
    if (!known) this.#requests.set(key, (known = this.#readRequest(row, text)));
    if (now === null) return known;
    const { names, values } = { names: known.context.shape.names, values: known.context.values };
    const entries = names.map((name, at) => [name, name === "now" ? now : (values[at] as Value)] as const);
    return { ...known, context: RecordValue.of(entries) };
  }

  #readRequest(row: LoggedDecision, context: string): Request {
    const json = new Map<string, Json>([
      ["principal", uidOf(row.subjectType, row.subjectId)],
      ["action", uidOf("Action", row.action)],
      ["resource", uidOf(row.resourceType, row.resourceId)],
      ["context", parseJson(context)],
    ]);
    return readRequest(json, { names: this.#names, schema: this.changed.schema, validate: false });
  }

  #entitiesOf(text: string): KnownFacts {
    let known = this.#facts.get(text);
    if (!known) {
      const facts = JSON.parse(text) as Fact[];
      const teams = facts.map(({ uid, parents }): [string, string | null] => [
        `${uid.type} ${uid.id}`,
        parents.find(({ type }) => type === "Team")?.id ?? null,
      ]);
      const entities = readEntities(asRead(asEntities(flattened(facts))), { names: this.#names, schema: null });
      this.#facts.set(text, (known = { entities, teams: new Map(teams) }));
    }
    return known;
  }
}

/** What was known of those who took part, and who was in which team. */
interface KnownFacts {
  readonly entities: readonly EntityData[];
  readonly teams: ReadonlyMap<string, string | null>;
}

/** The time of a request, in the JSON of its context; and one that stands for any. */
const NOW = /"now":(?:\{"__extn":\{"fn":"datetime","arg":("[^"]*")\}\}|("[^"]*"))/;
const THEN = '"now":"1970-01-01T00:00:00.000Z"';

/** The time in a context; null when it is not written as we write it. */
function instantIn(context: string): ExtensionValue | null {
  const found = NOW.exec(context);
  const written = found?.[1] ?? found?.[2];
  const instant = written === undefined ? null : parseDatetime(written.slice(1, -1));
  return instant === null ? null : new ExtensionValue("datetime", instant);
}

/** The two parts of what was kept, as texts: they are read only when they are new. */
function partsOf(asked: string): { context: string; facts: string } {
  const at = asked.lastIndexOf(FACTS);
  if (asked.startsWith(CONTEXT) && at > 0 && asked.indexOf(FACTS) === at) {
    return { context: asked.slice(CONTEXT.length, at), facts: asked.slice(at + FACTS.length, -1) };
  }
  const { context, facts } = JSON.parse(asked) as Kept;
  return { context: JSON.stringify(context), facts: JSON.stringify(facts) };
}

const [CONTEXT, FACTS] = ['{"context":', ',"facts":'];

function uidOf(type: string, id: string): Json {
  return new Map([
    ["type", type],
    ["id", id],
  ]);
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

function dateOf(at: number | undefined): Date | null {
  return at === undefined ? null : new Date(at);
}
