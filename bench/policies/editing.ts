import { PolicyDocument } from "@/server/engines/cedar/syntax/editing/document";
import { validatePolicies } from "@/server/engines/cedar/validation/validate";
import { atMost, type Report } from "../lib/figures";
import { chanceFrom, percentile } from "../lib/measure";
import { policyText, writeRule } from "./cedar-text";
import { schemaOf } from "./resident";
import { pick, World } from "./world";

const [POLICIES, EDITS, WARMING, BAR_MS] = [200, 400, 40, 50];

/** What is typed: correct, unknown to the schema, or not yet a policy. */
const TYPED = ["a", " ", "principal.clearance > 3 && ", "resource.colour == 1 || ", '"', "}", "// why\n"];

/** Somebody writes in a text of 200 policies: after each edit every problem of the text is known, of syntax and of types. */
export function benchEditing(report: Report): void {
  const world = new World({ policies: POLICIES, entities: 1_000 });
  const document = new PolicyDocument(policyText(world));
  const chance = chanceFrom(POLICIES);
  const [times, problems]: [number[], number[]] = [[], []];
  for (let n = 0; n < EDITS + WARMING; n += 1) {
    const text = edited(document.text, n, chance, world);
    const start = performance.now();
    const tree = document.update(text);
    const found = [...tree.problems, ...validatePolicies(tree, schemaOf())];
    if (n < WARMING) continue;
    times.push(performance.now() - start);
    problems.push(found.length);
  }
  report.note(
    `${EDITS} edits of ${POLICIES} policies, ${problems.filter((count) => count > 0).length} leave problems in the text`,
  );
  report.add(
    atMost(1, `from an edit of ${POLICIES} policies to every problem, p95`, percentile(times, 0.95), BAR_MS, "ms"),
  );
}

/** Types something somewhere, takes it back the next time, and now and then adds a policy in front. */
function edited(text: string, n: number, chance: (below: number) => number, world: World): string {
  if (n % 2 === 1) return policyText(world);
  if (n % 8 === 6) return `${writeRule(pick(world.rules, n))}\n${text}`;
  const at = chance(text.length);
  return text.slice(0, at) + pick(TYPED, n) + text.slice(at);
}
