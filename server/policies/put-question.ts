import type { Schema } from "@/server/engines/cedar/schema/schema";
import { RequestNames } from "@/server/engines/cedar/values/request-names";
import type { RecordType } from "@/server/engines/cedar/values/type";
import { EntityValue, type Names, RecordValue, SetValue, type Value } from "@/server/engines/cedar/values/value";
import { writeUid } from "@/server/engines/cedar/values/uid";
import type { EntityName } from "@/server/kernel/ports";
import type { Asked, Authority } from "./authority";
import { type AskedContext, type Given, readContext } from "./asked-context";
import { type Claims, type Told, withClaims } from "./believed";
import type { FactsNow } from "./facts-now";
import { Gathered } from "./gathered";
import type { FactData, KnownFact } from "./known-facts";

/** A question about entities that our store knows. */
export interface Question {
  readonly subject: KnownFact;
  readonly action: string;
  readonly resource: KnownFact;
  readonly given: Given;
  readonly believed: Claims["believed"];
}

/** A question as an authority takes it, and as it goes into the log. */
export interface PutQuestion {
  readonly asked: Asked;
  /** `{"context": …, "facts": […]}`, with which it can be decided again. */
  readonly text: string;
  readonly workloadKind: string | null;
  readonly ignored: readonly string[];
}

/** With what an action is asked by the schema in force. */
export interface Application {
  readonly schema: Schema;
  readonly context: RecordType;
}

/** What an action is asked with, or why it cannot be asked of these, in words. */
export function findApplication(
  { schema }: Authority,
  action: string,
  { subject, resource }: { readonly subject: EntityName; readonly resource: EntityName },
): Application | string {
  const applies = schema?.actions.get(writeUid({ type: "Action", id: action }))?.appliesTo;
  if (!schema || !applies) return `there is no action "${action}" that could be asked for`;
  if (!applies.principals.has(subject.type)) return `no ${subject.type} can ask for ${action}`;
  if (!applies.resources.has(resource.type)) return `${action} is not asked on a ${resource.type}`;
  return { schema, context: applies.context };
}

/** Puts together all that is known for a question. @throws {DataError} when its context does not fit the schema */
export async function putQuestion(
  facts: FactsNow,
  authority: Authority,
  question: Question,
  application: Application,
): Promise<PutQuestion> {
  const gathered = new Gathered(facts);
  await gathered.add(question.subject, question.resource);
  let names = new RequestNames(authority.names);
  let given = gathered.dataIn(authority.names, names);
  let context = readBy(facts, question, application, names);
  if (await looked(gathered, context.value)) {
    // Names that were new to the context are known by now: it is read once more, by them.
    names = new RequestNames(authority.names);
    given = gathered.dataIn(authority.names, names);
    context = readBy(facts, question, application, names);
  }
  const told = toldOf(gathered, given, question, { schema: application.schema, names });
  const more = given.flatMap((data) => data.more);
  if (context.workload) told.push(context.workload);
  const [subject, resource] = [question.subject.fact.uid, question.resource.fact.uid];
  const kind = context.workload?.kind ?? kindOf(context, told);
  return {
    asked: {
      request: {
        principal: names.of(subject.type, subject.id),
        action: names.of("Action", question.action),
        resource: names.of(resource.type, resource.id),
        context: context.value,
      },
      given: [...told.map(({ data }) => data), ...more],
    },
    text: `{"context":${context.text},"facts":[${told.map(({ text }) => text).join(",")}]}`,
    workloadKind: kind,
    ignored: context.ignored,
  };
}

function readBy(
  facts: FactsNow,
  { given }: Question,
  { schema, context: type }: Application,
  names: Names,
): AskedContext {
  return readContext(given, { schema, type, names, isKnown: (name) => facts.isResource(name) });
}

/** Adds what the store knows of entities that a context names; whether it is any. */
async function looked(gathered: Gathered, context: RecordValue): Promise<boolean> {
  const named = [...entitiesIn(context)].filter((entity) => !gathered.get(entity));
  if (named.length === 0) return false;
  for (const entity of named) await gathered.look(entity);
  return named.some((entity) => gathered.get(entity) !== undefined);
}

function* entitiesIn(value: Value): Generator<EntityValue> {
  if (value instanceof EntityValue) yield value;
  else if (value instanceof SetValue) for (const one of value.elements) yield* entitiesIn(one);
  else if (value instanceof RecordValue) for (const one of value.values) yield* entitiesIn(one);
}

/** Every fact for the engine and for the log, with what is believed of subject and resource. */
function toldOf(
  { facts }: Gathered,
  given: readonly FactData[],
  { subject, resource, believed }: Question,
  reading: { readonly schema: Schema; readonly names: Names },
): Told[] {
  const told: Told[] = [];
  for (const known of facts) {
    const data = given[told.length];
    if (!data) throw new Error("the engine is given each fact");
    let one: Told = { data: data.own, text: known.text };
    const { fact } = known;
    if (known === subject) one = withClaims(one, { fact, claims: believed.subject, part: "subject" }, reading);
    if (known === resource) one = withClaims(one, { fact, claims: believed.resource, part: "resource" }, reading);
    told.push(one);
  }
  return told;
}

/** The kind of a workload that the store knows. */
function kindOf({ value }: AskedContext, told: readonly Told[]): string | null {
  const workload = value.get("workload");
  const kind = told.find(({ data }) => data.uid === workload)?.data.attributes.get("kind");
  return typeof kind === "string" ? kind : null;
}
