import { DecisionInput, ListDecisionsInput } from "@/server/policies/decision-contract";
import { explainDecision } from "@/server/policies/explain-decision";
import { listDecisions } from "@/server/policies/list-decisions";
import type { Handler } from "../terminal";
import { fields, table, utc } from "../text";
import { argument, check, option } from "../words";

/** `swarm decision list`: the newest first. */
export const showDecisions: Handler = async (terminal, given) => {
  const number = (name: string) => (option(given, name) === undefined ? undefined : Number(option(given, name)));
  const input = check(
    ListDecisionsInput,
    {
      ...{ subject: option(given, "subject"), asker: option(given, "asker"), action: option(given, "action") },
      ...{ resource: option(given, "resource"), decision: option(given, "decision"), policy: option(given, "policy") },
      ...{ workloadKind: option(given, "workload"), epoch: option(given, "epoch"), from: option(given, "from") },
      ...{ until: option(given, "until"), before: number("before"), after: number("after"), limit: number("limit") },
    },
    { workloadKind: "--workload" },
  );
  const page = await terminal.withContext((ctx) => listDecisions(ctx, input));
  terminal.say(
    page,
    table(
      page.rows,
      [
        { title: "NUMBER", of: ({ seq }) => String(seq) },
        { title: "AT", of: ({ at }) => utc(at) },
        { title: "DECISION", of: ({ decision }) => decision },
        { title: "SUBJECT", of: ({ subject }) => `${subject.type}::${subject.id}` },
        { title: "ACTION", of: ({ action }) => action },
        { title: "RESOURCE", of: ({ resource }) => `${resource.type}::${resource.id}` },
        { title: "BY", of: ({ policies, reason }) => policies.join(", ") || (reason ?? "no policy permits it") },
      ],
      "no decision fits",
    ),
  );
  if (page.next !== null) terminal.warn(`there may be more: go on with --before ${page.next}`);
};

/** `swarm decision explain NUMBER` */
export const explainOne: Handler = async (terminal, given) => {
  const input = check(DecisionInput, { seq: Number(argument(given, 0)) }, { seq: "number" });
  const told = await terminal.withContext((ctx) => explainDecision(ctx, input));
  const { again, whyNot } = told;
  const head = fields([
    ["Number", String(told.seq)],
    ["At", utc(told.at)],
    ["Asked by", `${told.asker.name} (${told.asker.kind})`],
    ["Subject", `${told.subject.type}::${told.subject.id}`],
    ["Action", told.action],
    ["Resource", `${told.resource.type}::${told.resource.id}`],
    ["Workload", told.workloadKind],
    ["Decision", told.decision],
    ["By", told.policies.join(", ") || (told.reason ?? "no policy permits it")],
    ["Epoch", String(told.epoch)],
    ["Asked again", again ? `${again.decision}, ${again.isSame ? "as it was" : "which is not what it was"}` : whyNot],
  ]);
  const trace = table(
    (again?.trace ?? []).filter(({ outcome, failed }) => outcome !== "not satisfied" || (failed?.saw.length ?? 0) > 0),
    [
      { title: "POLICY", of: ({ policy }) => policy },
      { title: "EFFECT", of: ({ effect }) => effect },
      { title: "OUTCOME", of: ({ outcome }) => outcome },
      { title: "FAILED", of: ({ failed }) => failed?.text.replace(/\s+/g, " ") },
      {
        title: "SAW",
        of: ({ failed }) => failed?.saw.map(({ expression, value }) => `${expression} = ${value}`).join(", "),
      },
    ],
    "no policy comes near it",
  );
  terminal.say(told, again ? `${head}\n\n${trace}` : head);
};
