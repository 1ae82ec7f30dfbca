import { formatCount, listWords, plural } from "@/components/ui/format";
import type { Condition, RoleList, RoleSummary } from "@/server/roles/contract";
import { countHolders, isTooWide } from "./role-address";

/** A condition as the end of a sentence: "where the region is fra or ams". */
export function conditionWords(condition: Condition): string {
  switch (condition.on) {
    case "own_team":
      return "the thing is of the holder’s own team";
    case "team":
      return `the thing is of team ${orWords(condition.any)}`;
    case "pool":
      return `it is in pool ${orWords(condition.any)}`;
    case "region":
      return `the region is ${orWords(condition.any)}`;
    case "sensitivity":
      return `the data, or the workload that asks, is ${orWords(condition.any)}`;
    case "workload_kind":
      return `the workload is ${orWords(condition.any)}`;
    case "role":
      return `the role that is given is ${orWords(condition.any)}`;
  }
}

/** All conditions of a permission in one phrase; empty where there are none. */
export function conditionsWords(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? "" : `where ${listWords(conditions.map(conditionWords))}`;
}

/** "a", "a or b", "a, b or c". */
export function orWords(words: readonly string[]): string {
  return listWords(words).replace(/ and ([^,]*)$/, " or $1");
}

/** Who holds a role: "3 people and 1 team". */
export function holderWords({ people, services, nodes, teams }: RoleSummary["holders"]): string {
  const kinds = [
    people > 0 && plural(people, "person", "people"),
    services > 0 && plural(services, "service"),
    nodes > 0 && plural(nodes, "node"),
    teams > 0 && plural(teams, "team"),
  ].filter((words) => words !== false);
  return listWords(kinds);
}

/** What a person needs to know of the roles now. */
export function nowLine({ roles }: RoleList): string {
  const wide = roles.filter(isTooWide).length;
  if (wide > 0) return `${plural(wide, "role permits", "roles permit")} more than anybody used in 90 days.`;
  const given = roles.filter(({ retiredAt }) => retiredAt === null).length;
  return `${plural(given, "role")} can be given.`;
}

/** Why the rest can wait. */
export function leadLine({ roles }: RoleList): string {
  const written = roles.filter(({ origin, retiredAt }) => origin === "written" && retiredAt === null);
  if (written.length === 0) return "All come with the program. One of your own permits exactly what it names.";
  const unheld = written.filter((role) => countHolders(role) === 0).length;
  return [
    `${formatCount(written.length)} ${written.length === 1 ? "is" : "are"} written here, the others come with the program.`,
    unheld > 0 && `${formatCount(unheld)} of them ${unheld === 1 ? "is" : "are"} held by nobody.`,
  ]
    .filter(Boolean)
    .join(" ");
}
