import { DataError } from "@/server/engines/cedar/data/data-error";
import type { Context, DecisionDraft } from "@/server/kernel/context";
import { type Permit, record } from "@/server/kernel/permit";
import { type Ours, oursOf, selfOf } from "./asked-context";
import { authorizeAsking, findSubject, type Subject } from "./asking";
import type { Authority, Verdict } from "./authority";
import type { DecisionAnswer, Evaluation, Evaluations, Semantic } from "./authzen-contract";
import { sortClaims } from "./believed";
import { RequestRefused } from "./errors";
import { FactsNow } from "./facts-now";
import { inForce } from "./in-force";
import type { KnownFact } from "./known-facts";
import { findApplication, putQuestion } from "./put-question";
import { turn } from "./turn";
import { noteRolesUsed } from "./used-grants";
import { noteUse } from "./uses";

/**
 * Decides one question by the policies in force: AuthZEN 6. Whoever asks about others needs a permit for that. The decision
 * is in the log, on disk, before it is answered.
 *
 * @throws {Forbidden} @throws {RequestRefused} @throws {DecisionNotLogged}
 */
export async function evaluate(ctx: Context, evaluation: Evaluation): Promise<DecisionAnswer> {
  const round = await Round.begin(ctx);
  const permit = await round.mayAsk(evaluation);
  let made: Made;
  try {
    made = await round.decide(evaluation);
  } catch (error) {
    if (error instanceof DataError) throw new RequestRefused(error.message);
    throw error;
  }
  const [number = 0] = await record(permit, [made.draft]);
  return answerOf(made, number);
}

/**
 * Decides many questions, in their order: AuthZEN 7. One that cannot be asked is denied and says why; one that may not be
 * asked refuses them all.
 *
 * @throws {Forbidden} @throws {DecisionNotLogged}
 */
export async function evaluateAll(
  ctx: Context,
  { evaluations, semantic }: Pick<Evaluations, "evaluations" | "semantic">,
): Promise<DecisionAnswer[]> {
  const round = await Round.begin(ctx);
  const all: Made[] = [];
  let permit: Permit | undefined;
  for (const evaluation of evaluations) {
    if (all.length % 100 === 99) await turn();
    permit = await round.mayAsk(evaluation);
    const made = await round.decideOrDeny(evaluation);
    all.push(made);
    if (isLast(made, semantic)) break;
  }
  if (!permit) return [];
  const numbers = await record(
    permit,
    all.map(({ draft }) => draft),
  );
  return all.map((made, at) => answerOf(made, numbers[at] ?? 0));
}

/** A decision with what the answer says beside it. */
interface Made {
  readonly draft: DecisionDraft;
  readonly reason: string;
  readonly ignored: readonly string[];
  readonly error?: DecisionAnswer["context"]["error"];
}

/** The questions of one request, all decided by the policies that were in force when it came. */
class Round {
  readonly #subjects = new Map<string, { readonly subject: Subject; readonly permit: Permit }>();
  readonly #facts: FactsNow;
  readonly #at: Date;
  #ofSelf: Ours | undefined;
  #ofOthers: Ours | undefined;

  private constructor(
    private readonly ctx: Context,
    private readonly authority: Authority,
    private readonly epoch: number,
  ) {
    this.#facts = new FactsNow(ctx, ctx.read);
    this.#at = ctx.now();
  }

  static async begin(ctx: Context): Promise<Round> {
    const { authority, set } = await inForce(ctx.read);
    return new Round(ctx, authority, set.epoch);
  }

  /** Asked once for each subject. @throws {Forbidden} */
  async mayAsk({ subject }: Evaluation): Promise<Permit> {
    const key = `${subject.type}\0${subject.id}`;
    const known = this.#subjects.get(key);
    if (known) return known.permit;
    const found = await findSubject(this.ctx, subject);
    const permit = await authorizeAsking(this.ctx, found);
    this.#subjects.set(key, { subject: found, permit });
    return permit;
  }

  async decideOrDeny(evaluation: Evaluation): Promise<Made> {
    try {
      return await this.decide(evaluation);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      const denied = this.#deny(evaluation, { since: this.ctx.micros(), reason: error.message, known: [] });
      return { ...denied, error: { status: 400, message: error.message } };
    }
  }

  /** @throws {DataError} when the context does not fit the schema */
  async decide(evaluation: Evaluation): Promise<Made> {
    const { ctx, authority } = this;
    const since = ctx.micros();
    const { principal, uid, isSelf } = this.#subjectOf(evaluation);
    const deny = (reason: string, known: readonly KnownFact[] = []) => this.#deny(evaluation, { since, reason, known });
    if (!principal) return deny(`there is no ${uid.type} "${uid.id}"`);
    const subject = await this.#facts.ofPrincipal(principal, uid);
    if (principal.state !== "active") return deny(`${uid.type} "${uid.id}" is ${principal.state}`, [subject]);
    const resource = await this.#facts.find(evaluation.resource);
    if (!resource) return deny(`there is no ${evaluation.resource.type} "${evaluation.resource.id}"`, [subject]);
    const action = evaluation.action.name;
    const applies = findApplication(authority, action, { subject: uid, resource: resource.fact.uid });
    if (typeof applies === "string") return deny(applies, [subject, resource]);

    const { believed, ignored } = sortClaims(evaluation, ctx.believedProperties);
    const given = { context: evaluation.context, ours: this.#oursOf(isSelf), requestId: ctx.origin.requestId };
    const put = await putQuestion(this.#facts, authority, { subject, action, resource, given, believed }, applies);
    const verdict = authority.ask(put.asked);
    for (const policy of verdict.policies) noteUse(ctx.read, policy, this.#at);
    noteRolesUsed(ctx, ctx.read, {
      ...{ asked: put.asked, verdict, at: this.#at },
      held: () => ctx.heldBy(ctx.read, principal, this.#at),
    });
    return {
      draft: {
        ...{ at: this.#at, subject: uid, action, resource: resource.fact.uid, workloadKind: put.workloadKind },
        ...{ decision: verdict.decision, policies: verdict.policies, reason: null, epoch: this.epoch },
        ...{ latencyMicros: Math.round(ctx.micros() - since), asked: put.text },
      },
      reason: reasonOf(verdict),
      ignored: put.ignored.length > 0 ? [...ignored, ...put.ignored] : ignored,
    };
  }

  #oursOf(isSelf: boolean): Ours {
    if (isSelf) return (this.#ofSelf ??= oursOf(this.#at, selfOf(this.ctx)));
    return (this.#ofOthers ??= oursOf(this.#at, null));
  }

  /** A denial of which no policy was asked. */
  #deny(
    evaluation: Evaluation,
    { since, reason, known }: { readonly since: number; readonly reason: string; readonly known: readonly KnownFact[] },
  ): Made {
    const { action, resource, context } = evaluation;
    const { uid: subject } = this.#subjectOf(evaluation);
    const asked = `{"context":${JSON.stringify(context)},"facts":[${known.map(({ text }) => text).join(",")}]}`;
    const { ignored } = sortClaims(evaluation, this.ctx.believedProperties);
    return {
      draft: {
        ...{ at: this.#at, subject, action: action.name, resource: { type: resource.type, id: resource.id } },
        ...{ workloadKind: null, decision: "deny", policies: [], reason, epoch: this.epoch },
        ...{ latencyMicros: Math.round(this.ctx.micros() - since), asked },
      },
      reason,
      ignored,
    };
  }

  #subjectOf({ subject }: Evaluation): Subject {
    const known = this.#subjects.get(`${subject.type}\0${subject.id}`);
    if (!known) throw new Error("whether a question may be asked is asked first");
    return known.subject;
  }
}

/** Whether nothing behind it is decided any more. */
function isLast({ draft }: Made, semantic: Semantic): boolean {
  if (semantic === "deny_on_first_deny") return draft.decision === "deny";
  return semantic === "permit_on_first_permit" && draft.decision === "allow";
}

function reasonOf({ decision, policies, failed }: Verdict): string {
  const [first, ...more] = policies;
  if (first === undefined) return "no policy permits it";
  if (failed !== null) return `the policy ${failed} forbids it, for it could not be evaluated`;
  const verb = decision === "allow" ? "permit" : "forbid";
  return more.length === 0 ? `the policy ${first} ${verb}s it` : `the policies ${policies.join(", ")} ${verb} it`;
}

function answerOf({ draft, reason, ignored, error }: Made, number: number): DecisionAnswer {
  return {
    decision: draft.decision === "allow",
    context: {
      policies: draft.policies,
      reason,
      epoch: draft.epoch,
      decision_id: number,
      ...(ignored.length > 0 && { ignored_properties: ignored }),
      ...(error && { error }),
    },
  };
}
