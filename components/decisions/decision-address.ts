import { type DecisionExportFormat, DecisionFilter } from "@/server/policies/decision-contract";

/** What an address of the decisions asks for: the filter, the page, whether it follows, and the decision that is open. */
export interface DecisionAddress {
  readonly filter: DecisionFilter;
  readonly before?: number | undefined;
  readonly isLive?: boolean | undefined;
  readonly open?: number | undefined;
}

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

/** A column that can be filtered by. */
export type FilterField = keyof DecisionFilter;

/** `decision` in an address is the number of the open one, so what was decided has a name of its own. */
const FIELDS = {
  outcome: "decision",
  subject: "subject",
  subjectType: "subjectType",
  asker: "asker",
  action: "action",
  resource: "resource",
  resourceType: "resourceType",
  workloadKind: "workloadKind",
  policy: "policy",
  epoch: "epoch",
  from: "from",
  until: "until",
} as const satisfies Record<string, FilterField>;

/** Reads an address; what cannot be understood is left out, for addresses are typed by people. */
export function readDecisionAddress(parameters: Parameters): DecisionAddress {
  const filter: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(FIELDS)) {
    const given = one(parameters[name]);
    if (!given) continue;
    const parsed = DecisionFilter.shape[field].safeParse(given);
    if (parsed.success) filter[field] = parsed.data;
  }
  return {
    filter: DecisionFilter.parse(filter),
    before: numberIn(parameters["before"]),
    isLive: one(parameters["live"]) === "1" ? true : undefined,
    open: numberIn(parameters["decision"]),
  };
}

/** Writes an address that `readDecisionAddress` reads. */
export function decisionsHref({ filter, before, isLive, open }: DecisionAddress): string {
  const parameters = new URLSearchParams();
  for (const [name, field] of Object.entries(FIELDS)) {
    const value = filter[field];
    if (value !== undefined) parameters.set(name, textOf(value));
  }
  if (before) parameters.set("before", String(before));
  if (isLive) parameters.set("live", "1");
  if (open) parameters.set("decision", String(open));
  const text = parameters.toString();
  return text === "" ? "/decisions" : `/decisions?${text}`;
}

/** Where all that a filter shows is answered as a file. */
export function decisionsFileHref(filter: DecisionFilter, format: DecisionExportFormat): string {
  const parameters = new URLSearchParams({ format });
  for (const field of Object.values(FIELDS)) {
    const value = filter[field];
    if (value !== undefined) parameters.set(field, textOf(value));
  }
  return `/api/export/decisions?${parameters}`;
}

function textOf(value: string | number | Date): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

function numberIn(value: string | string[] | undefined): number | undefined {
  const text = one(value);
  return text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
