import { expect, it } from "vitest";
import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import type { Problem } from "@/server/engines/cedar/syntax/problem";
import { parseSchemaText } from "@/server/engines/cedar/schema/schema-text";
import { validatePolicies } from "@/server/engines/cedar/validation/validate";

const { schema } = parseSchemaText(`
  entity Guild;
  entity Team in [Team, Guild];
  entity User in Team {
    name: String, level: Long, isActive: Bool, nickname?: String, manager?: User, friends: Set<User>, "full name": String,
    home: { city: String, zip?: Long, street?: { no: Long } },
    address: ipaddr, score: decimal, born: datetime, leave: duration
  } tags String;
  entity Folder in Folder;
  entity File in Folder { owner: User, labels: Set<String> };
  entity Color enum ["red", "green"];
  action Access;
  action Read in Access appliesTo { principal: User, resource: File, context: { ip: ipaddr, hasMfa?: Bool } };
  action Write in Access appliesTo { principal: [User, Team], resource: [File, Folder] };
  action Sweep;
  action Move in [Shop::Action::"Trade"];
  namespace Shop {
    entity Clerk { till: Long };
    entity Item;
    action Trade;
    action Sell appliesTo { principal: Clerk, resource: Item };
  }
`);

/** Problems of policies in which « and » mark where there should be some; the marks are no part of them. */
export function problemsOf(marked: string): Problem[] {
  const text = marked.replace(/[«»]/g, "");
  const tree = parsePolicies(text);
  expect(tree.problems).toEqual([]);
  if (!schema) throw new Error("the schema of this test cannot be read");
  return validatePolicies(tree, schema);
}

/** What is marked, in the order of the text; marks may stand within others. */
export function rangesIn(marked: string): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  const open: number[] = [];
  for (const [count, mark] of [...marked.matchAll(/[«»]/g)].entries()) {
    if (mark[0] === "«") open.push(mark.index - count);
    else ranges.push({ start: open.pop() ?? 0, end: mark.index - count });
  }
  return ranges.sort((one, other) => one.start - other.start);
}

/** A policy with a condition, for one environment: a user reads a file. */
export const reading = (condition: string) =>
  `permit (principal, action == Action::"Read", resource) when { ${condition} };`;

/** What is checked, and the codes of its problems without `type.`, in the order of the marks. */
type Row = readonly [condition: string, ...codes: string[]];

/** A test for each row: it has those problems, there, and no others. */
export function eachIsRight(rows: readonly Row[], policyOf: (text: string) => string) {
  it.each(rows)("%s %s", (text, ...codes) => {
    const policy = policyOf(text);
    expect(problemsOf(policy).map(({ code, range }) => ({ code, range }))).toEqual(
      rangesIn(policy).map((range, at) => ({ code: `type.${codes[at]}`, range })),
    );
    expect(codes).toHaveLength(rangesIn(policy).length);
  });
}
