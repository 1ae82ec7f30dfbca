import { unwrap } from "@/server/engines/cedar/syntax/syntax";
import type { Block, Group, Path, PolicyBlocks, Row } from "./blocks";
import { writePath } from "./write-row";

/**
 * What is known to be there for a new last member of the innermost of some groups: what the members before it ask for
 * where all must hold, and the conditions before theirs. Without groups: for a new condition.
 */
export function askedBefore({ conditions }: PolicyBlocks, groups: readonly Group[]): (path: Path) => boolean {
  const asked = new Set<string>();
  const top = groups[0];
  for (const { condition, group } of conditions) {
    if (group === top) break;
    if (condition.kind === "when" && group.join === "all") note(asked, group.members);
  }
  for (const [depth, group] of groups.entries()) {
    if (group.join !== "all") continue;
    const next = groups[depth + 1];
    note(asked, next ? group.members.slice(0, group.members.indexOf(next)) : group.members);
  }
  return (path) => asked.has(writePath(path));
}

function note(asked: Set<string>, members: readonly Block[]): void {
  for (const member of members) {
    if (member.kind === "group" && member.join === "all") note(asked, member.members);
    if (member.kind !== "row" || member.operator !== "has" || member.isNot) continue;
    const { path } = member;
    for (let back = 0; back < stepsAsked(member); back += 1) {
      asked.add(writePath({ ...path, steps: path.steps.slice(0, path.steps.length - back) }));
    }
  }
}

/** `a has b.c` asks for two steps. */
function stepsAsked({ inner }: Row): number {
  const expression = unwrap(inner);
  return expression.kind === "has" ? expression.path.length : 1;
}
