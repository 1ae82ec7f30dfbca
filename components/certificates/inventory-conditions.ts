import { formatDay, formatInstant } from "@/components/ui/format";
import type { InventoryAddress } from "@/server/certificates/inventory-contract";
import { type ListField, without } from "./inventory-address";
import { KINDS, STATUSES } from "./words";

/** What ids in an address are called. */
export type Labels = Readonly<Record<string, string>>;

/** One condition in force, in words, and the address without it. */
export interface Condition {
  readonly key: string;
  readonly field: string;
  readonly op: string;
  readonly value: string;
  readonly rest: InventoryAddress;
}

const LISTS: readonly { readonly field: ListField; readonly word: string }[] = [
  { field: "status", word: "status" },
  { field: "kind", word: "kind" },
  { field: "team", word: "team" },
  { field: "authority", word: "issuer" },
  { field: "profile", word: "profile" },
  { field: "keyAlgorithm", word: "key" },
];

/** Every condition of an address, the words of the search last. */
export function conditionsOf(address: InventoryAddress, labels: Labels): Condition[] {
  const { filter } = address;
  const lists = LISTS.flatMap(({ field, word }) => {
    const values: readonly string[] = filter[field] ?? [];
    return values.map((value) => ({
      key: `${field}:${value}`,
      ...{ field: word, op: "is", value: wordFor(field, value, labels) },
      rest: without(address, field, value),
    }));
  });
  const others: Condition[] = [];
  if (filter.endsAfter !== undefined) {
    const value = dayOrInstant(filter.endsAfter);
    others.push({ key: "endsAfter", field: "ends", op: "from", value, rest: without(address, "endsAfter") });
  }
  if (filter.endsBefore !== undefined) {
    const value = dayOrInstant(filter.endsBefore);
    others.push({ key: "endsBefore", field: "ends", op: "before", value, rest: without(address, "endsBefore") });
  }
  if (filter.identity) {
    const value = labels[filter.identity] ?? filter.identity;
    others.push({ key: "identity", field: "held", op: "by", value, rest: without(address, "identity") });
  }
  if (filter.query) {
    others.push({ key: "query", field: "text", op: "is", value: filter.query, rest: without(address, "query") });
  }
  return [...lists, ...others];
}

function wordFor(field: ListField, value: string, labels: Labels): string {
  switch (field) {
    case "status":
      return (
        Object.entries(STATUSES)
          .find(([known]) => known === value)?.[1]
          .word.toLowerCase() ?? value
      );
    case "kind":
      return (
        Object.entries(KINDS)
          .find(([known]) => known === value)?.[1]
          .word.toLowerCase() ?? value
      );
    default:
      return labels[value] ?? value;
  }
}

/** A midnight is a day; anything else is a moment. The year always stands there: an address may be old. */
function dayOrInstant(at: number): string {
  const isDay = at % 86_400_000 === 0;
  return isDay ? formatDay(at, at, { year: "always" }) : `${formatInstant(at, at, { year: "always" })} UTC`;
}
