import { formatCount, plural } from "@/components/ui/format";
import type { DecisionDetail, DecisionFilter, DecisionPage } from "@/server/policies/decision-contract";
import type { DecisionAddress, FilterField } from "./decision-address";

/** What a column is called in a filter. */
export const FIELD_WORDS: Readonly<Record<FilterField, string>> = {
  decision: "decision",
  subject: "subject",
  subjectType: "subject type",
  asker: "asked by",
  action: "action",
  resource: "resource",
  resourceType: "resource type",
  workloadKind: "workload",
  policy: "policy",
  epoch: "epoch",
  from: "from",
  until: "until",
};

/** How many were asked, and how many of those on the page were denied: the log counts all, and denials nowhere. */
export function nowLine({ filter, before }: DecisionAddress, { rows, next, newest }: DecisionPage): string {
  const denied = rows.filter(({ decision }) => decision === "deny").length;
  const isWhole = next === null && before === undefined;
  if (!isFiltered(filter)) {
    const asked = `The gateway was asked ${plural(newest, "time")}`;
    if (isWhole) return `${asked}; ${deniedWords(denied)}.`;
    return before === undefined
      ? `${asked}; of the newest ${formatCount(rows.length)}, ${deniedWords(denied)}.`
      : `${asked}; of the ${formatCount(rows.length)} on this page, ${deniedWords(denied)}.`;
  }
  if (rows.length === 0) return isWhole ? "No decision fits." : "None of the decisions that were looked through fits.";
  const kind = filter.decision === undefined ? "" : filter.decision === "deny" ? "denied " : "allowed ";
  const fit = isWhole
    ? plural(rows.length, `${kind}decision fits`, `${kind}decisions fit`)
    : `${plural(rows.length, `${kind}decision`)} on this page`;
  if (filter.decision !== undefined) return `${fit}.`;
  return `${fit}; ${deniedWords(denied)}.`;
}

/** Whether anything is left out. */
export function isFiltered(filter: DecisionFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

function deniedWords(count: number): string {
  return count === 0 ? "none was denied" : plural(count, "was denied", "were denied");
}

/** "84 µs", "1.2 ms", "2.4 s": how long the decision took. */
export function latencyWords(micros: number): string {
  if (micros < 1_000) return `${micros} µs`;
  if (micros < 1_000_000) return `${(micros / 1_000).toFixed(1)} ms`;
  return `${(micros / 1_000_000).toFixed(1)} s`;
}

type Json = DecisionDetail["facts"][number]["attrs"][string];

/** A value of Cedar's JSON as a person writes it: `Provider nordwind`, `10.0.0.4`, `yes`. */
export function valueWords(value: Json): string {
  if (value === null) return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return formatCount(value);
  if (typeof value === "string") return value === "" ? "empty" : value;
  if (!isFields(value)) return value.length === 0 ? "none" : value.map(valueWords).join(", ");
  const { __entity: entity, __extn: extension } = value;
  if (isFields(entity)) return `${valueWords(entity["type"] ?? "")} ${valueWords(entity["id"] ?? "")}`;
  if (isFields(extension)) return argumentsOf(extension);
  const fields = Object.entries(value).map(([name, one]) => `${name}: ${valueWords(one)}`);
  return fields.length === 0 ? "empty" : fields.join("; ");
}

/** The function of an extension says nothing that its argument does not: `ip("10.0.0.4")`. */
function argumentsOf({ arg, args }: { readonly [name: string]: Json }): string {
  const given = Array.isArray(args) ? args : arg === undefined ? [] : [arg];
  return given.map(valueWords).join(", ");
}

function isFields(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
