import type { Join, Path, RowContent, RowValue } from "./blocks";
import type { Question } from "./operators";
import type { PathType } from "./paths";

/** What people call the parts of a request. */
const ROOTS: Readonly<Record<Path["root"], string>> = {
  principal: "who",
  action: "action",
  resource: "resource",
  context: "",
};

/** `resource.provider.trust` as "resource · provider · trust", `context.provedBy` as "proved by". */
export function pathWords({ root, steps }: Path): string {
  const words = steps.map(({ kind, name }) => (kind === "tag" ? `label ${name}` : nameWords(name)));
  return [ROOTS[root], ...words].filter(Boolean).join(" · ") || "context";
}

/** `memoryGiB` as "memory GiB", `provedBy` as "proved by". */
function nameWords(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").split(/[ _]+/);
  return words.map((word) => (/^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word)).join(" ");
}

/** Pairs: what is asked, and its opposite. */
const QUESTIONS: Readonly<Record<Question["operator"], readonly [string, string]>> = {
  holds: ["is true", "is not true"],
  "==": ["is", "is not"],
  "!=": ["is not", "is"],
  "<": ["is less than", "is not less than"],
  "<=": ["is at most", "is not at most"],
  ">": ["is more than", "is not more than"],
  ">=": ["is at least", "is not at least"],
  in: ["is in", "is not in"],
  has: ["is given", "is not given"],
  like: ["matches", "does not match"],
  is: ["is a", "is not a"],
  "one of": ["is one of", "is none of"],
  contains: ["includes", "does not include"],
  containsAll: ["includes all of", "does not include all of"],
  containsAny: ["includes any of", "includes none of"],
  isEmpty: ["is empty", "is not empty"],
  isInRange: ["is in the range", "is outside of the range"],
  isIpv4: ["is an IPv4 address", "is no IPv4 address"],
  isIpv6: ["is an IPv6 address", "is no IPv6 address"],
  isLoopback: ["is a loopback address", "is no loopback address"],
  isMulticast: ["is a multicast address", "is no multicast address"],
  lessThan: ["is less than", "is not less than"],
  lessThanOrEqual: ["is at most", "is not at most"],
  greaterThan: ["is more than", "is not more than"],
  greaterThanOrEqual: ["is at least", "is not at least"],
};

const OF_TIME: Partial<typeof QUESTIONS> = {
  "<": ["is before", "is not before"],
  "<=": ["is not after", "is after"],
  ">": ["is after", "is not after"],
  ">=": ["is not before", "is before"],
};

const OF_DURATION: Partial<typeof QUESTIONS> = {
  "<": ["is shorter than", "is not shorter than"],
  ">": ["is longer than", "is not longer than"],
};

/** What a row asks, in words: "is before". */
export function questionWords({ operator, isNot }: Question, type: PathType | null): string {
  const name = type?.kind === "extension" ? type.name : null;
  const special = name === "datetime" ? OF_TIME : name === "duration" ? OF_DURATION : {};
  return (special[operator] ?? QUESTIONS[operator])[isNot ? 1 : 0];
}

export const JOINS: Readonly<Record<Join, string>> = {
  all: "All of these",
  any: "Any of these",
  none: "None of these",
};

/** A value in words. */
export function valueWords(value: RowValue): string {
  switch (value.kind) {
    case "bool":
      return value.value ? "true" : "false";
    case "entity":
      return value.value.id || "nothing";
    case "set":
      return value.elements.map(valueWords).join(", ") || "nothing";
    case "path":
      return pathWords(value.value);
    default:
      return String(value.value) || "an empty text";
  }
}

/** A row as a sentence: "who · team is vision". */
export function rowWords(row: RowContent, type: PathType | null): string {
  const value = row.value ? ` ${valueWords(row.value)}` : "";
  return `${pathWords(row.path)} ${questionWords(row, type)}${value}`;
}

/** What a condition is called: "Only when", "Except when". */
export const CONDITIONS = { when: "Only when", unless: "Except when" } as const;
