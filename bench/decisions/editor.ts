import type { Row } from "@/components/policies/blocks/blocks";
import { Diagnoser, schemaOf } from "@/components/policies/blocks/diagnose";
import { addMember, removeMember, setJoin } from "@/components/policies/blocks/edit";
import { changeRow } from "@/components/policies/blocks/edit-row";
import { readPolicy } from "@/components/policies/blocks/read";
import { PolicyDocument } from "@/server/engines/cedar/syntax/editing/document";
import { applyEdits, type Edit } from "@/server/engines/cedar/syntax/editing/edit";
import { chanceFrom, percentile } from "../lib/measure";
import { policyText, SCHEMA, writeRule } from "../policies/cedar-text";
import { pick, World } from "../policies/world";
import { atMost, type Report } from "../lib/figures";

const [POLICIES, ROWS, TIMES, WARMING] = [200, 20, 400, 40];

/** What the panes of the editor do, without drawing it. */
export function benchEditor(report: Report): void {
  const diagnosticsMs = percentile(keystrokes(), 0.95);
  const blockEditMs = percentile(blockEdits(), 0.95);
  report.add(
    atMost(1, `keystroke to diagnostics, ${POLICIES} policies, p95`, diagnosticsMs, 50, "ms"),
    atMost(1, `block edit to text, ${ROWS} rows, p95`, blockEditMs, 16, "ms"),
  );
}

/** What is typed: correct, unknown to the schema, or not yet a policy. */
const TYPED = ["a", " ", "principal.clearance > 3 && ", "resource.colour == 1 || ", '"', "}", "// why\n"];

function keystrokes(): number[] {
  const world = new World({ policies: POLICIES, entities: 1_000 });
  const whole = policyText(world);
  const document = new PolicyDocument(whole);
  const diagnoser = new Diagnoser(schemaOf(SCHEMA));
  const chance = chanceFrom(POLICIES);
  const times: number[] = [];
  for (let n = 0; n < TIMES + WARMING; n += 1) {
    const at = chance(document.text.length);
    const added = n % 8 === 6 ? `${writeRule(pick(world.rules, n))}\n${whole}` : undefined;
    const typed = added ?? document.text.slice(0, at) + pick(TYPED, n) + document.text.slice(at);
    const text = n % 2 === 1 ? whole : typed;
    const start = performance.now();
    diagnoser.diagnose(document.update(text));
    if (n >= WARMING) times.push(performance.now() - start);
  }
  return times;
}

function blockEdits(): number[] {
  const rows = Array.from({ length: ROWS }, (_, n) => `context.workload == "job ${n}"`);
  const document = new PolicyDocument(`permit (principal, action, resource)\nwhen {\n  ${rows.join(" &&\n  ")}\n};\n`);
  const times: number[] = [];
  for (let n = 0; n < TIMES + WARMING; n += 1) {
    const start = performance.now();
    const { text } = document;
    const blocks = read(document);
    document.update(applyEdits(text, edited(document, blocks, n)));
    read(document);
    if (n >= WARMING) times.push(performance.now() - start);
  }
  return times;
}

type Read = ReturnType<typeof readPolicy>;

function read(document: PolicyDocument): Read {
  const [policy] = document.tree.policies;
  if (!policy || document.tree.problems.length > 0) throw new Error("an edit of a block broke the text");
  return readPolicy(policy);
}

/** A value, one row more, one less, and how they are joined, by turns. */
function edited({ tree }: PolicyDocument, { conditions: [first] }: Read, n: number): Edit[] {
  if (!first) throw new Error("the condition is gone");
  const { group, condition } = first;
  const row = group.members[n % ROWS] as Row;
  switch (n % 4) {
    case 0:
      return changeRow(tree, row, { ...row, value: { kind: "string", value: `${n}` } });
    case 1:
      return addMember(tree, group, ["context.mfa"]);
    case 2:
      return removeMember(tree, condition, [group], group.members.length - 1);
    default:
      return setJoin(tree, group, group.join === "all" ? "any" : "all");
  }
}
