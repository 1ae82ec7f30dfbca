import { ACTIONS } from "@/server/kernel/actions";
import type { EntityName, Json, SwarmResource } from "@/server/kernel/ports";

/** Types that are kept elsewhere: who asks, their groups, and what the console itself is made of. */
const KEPT_ELSEWHERE: ReadonlySet<string> = new Set([
  ...Object.values(ACTIONS),
  ...["User", "Service", "Node", "Terminal", "Process", "Stranger", "Role", "Team", "Action"],
]);

/** Types of what is known to be there without being registered. */
export function isKeptElsewhere(type: string): boolean {
  return KEPT_ELSEWHERE.has(type);
}

/** What is wrong with a resource whatever the schema says, in words. */
export function problemsOf({ type, parents, attributes }: SwarmResource): string[] {
  const problems: string[] = [];
  if (isKeptElsewhere(type)) problems.push(`a ${type} is not registered here`);
  if (Object.hasOwn(attributes, "team")) problems.push("team: the team stands beside the attributes");
  if (parents.some((parent) => parent.type === "Team")) problems.push("parents: the team stands beside the parents");
  return problems;
}

/** Everything that a resource refers to by name, parents first; its team left out. */
export function referencesOf({ parents, attributes }: Pick<SwarmResource, "parents" | "attributes">): EntityName[] {
  return [...parents, ...Object.values(attributes).flatMap(entitiesIn)];
}

/** What is at an attribute, when it is an entity: `{"__entity": {"type": …, "id": …}}` */
export function entityAt(value: Json | undefined): EntityName | null {
  if (!isRecord(value) || !isRecord(value.__entity)) return null;
  const { type, id } = value.__entity;
  return typeof type === "string" && typeof id === "string" ? { type, id } : null;
}

function entitiesIn(value: Json): EntityName[] {
  const entity = entityAt(value);
  if (entity) return [entity];
  if (isList(value)) return value.flatMap(entitiesIn);
  return isRecord(value) ? Object.values(value).flatMap(entitiesIn) : [];
}

/** Whether a resource is among its parents, their parents, and so on. */
export function isWithin(
  resource: EntityName & Pick<SwarmResource, "parents">,
  parentsOf: (name: EntityName) => readonly EntityName[],
): boolean {
  const found = new Map(resource.parents.map((name) => [nameOf(name), name]));
  for (const name of found.values()) {
    if (isSame(name, resource)) return true;
    for (const next of parentsOf(name)) found.set(nameOf(next), next);
  }
  return false;
}

/** Whether two names are of the same thing. */
export function isSame(a: EntityName, b: EntityName): boolean {
  return a.type === b.type && a.id === b.id;
}

/** Those of one type that refer to something, the first of them by name. */
export interface Users {
  readonly type: string;
  readonly count: number;
  readonly first: string[];
}

const FIRST = 5;

/** Who uses a resource, by type, in the order in which they come. */
export function usersOf(names: readonly EntityName[]): Users[] {
  const types = [...new Set(names.map(({ type }) => type))];
  return types.map((type) => {
    const ids = names.filter((name) => name.type === type).map(({ id }) => id);
    return { type, count: ids.length, first: ids.slice(0, FIRST) };
  });
}

/** `3 of Compute use it: gpu-1, gpu-2, gpu-3` */
export function usersInWords(users: readonly Users[]): string {
  return users
    .map(({ type, count, first }) => {
      const more = count > first.length ? ` and ${count - first.length} more` : "";
      return `${count} of ${type} ${count === 1 ? "uses" : "use"} it: ${first.join(", ")}${more}`;
    })
    .join("; ");
}

/** The name of a resource in the log and in questions to the policies, as in Cedar: `Compute::"gpu-7"`. */
export function nameOf({ type, id }: EntityName): string {
  return `${type}::"${id}"`;
}

/** Where a page ends. Neither part has a space. */
export function cursorOf({ type, id }: EntityName): string {
  return `${type} ${id}`;
}

/** What `cursorOf` wrote. Anything else is some place in the same order, and no harm. */
export function placeOf(cursor: string): EntityName {
  const [type = "", id = ""] = cursor.split(" ", 2);
  return { type, id };
}

function isRecord(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
