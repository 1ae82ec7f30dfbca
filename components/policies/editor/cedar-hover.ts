import type { Tooltip } from "@codemirror/view";
import type { Range } from "@/server/engines/cedar/syntax/problem";
import type { Expression, Policy } from "@/server/engines/cedar/syntax/syntax";
import { partsOf } from "@/server/engines/cedar/syntax/walk";
import { writeUid } from "@/server/engines/cedar/values/uid";
import { readPath } from "../blocks/read-row";
import { writePath } from "../blocks/write-row";
import { pathsAt } from "./cedar-completion";
import type { EditingSession } from "./session";
import { typeWords } from "./type-words";

/** What the schema says of what is pointed at: the type of a path, what an action applies to. */
export function hoverOf(text: string, at: number, session: EditingSession): Tooltip | null {
  if (text !== session.text) return null;
  const policy = session.snapshot().tree.policies.find(({ start, end }) => start <= at && at < end);
  const said = policy && (sayAction(policy, at, session) ?? sayPath(policy, at, session));
  return said
    ? { pos: said.range.start, end: said.range.end, above: true, create: () => ({ dom: draw(said.code, said.words) }) }
    : null;
}

interface Said {
  readonly range: Range;
  readonly code: string;
  readonly words: string;
}

const isAt = ({ start, end }: Range, at: number) => start <= at && at < end;

function sayAction({ action }: Policy, at: number, { schema }: EditingSession): Said | null {
  const target = action.targets.find((one) => isAt(one, at));
  const known = target && schema?.actions.get(writeUid(target.value));
  if (!target || !known) return null;
  const members = [...(schema?.actions.values() ?? [])].filter(({ memberOf }) =>
    memberOf.some(({ type, id }) => type === target.value.type && id === target.value.id),
  );
  const { appliesTo } = known;
  const words = appliesTo
    ? `${[...appliesTo.principals].join(", ")} on ${[...appliesTo.resources].join(", ")}`
    : `a group of ${members.length} ${members.length === 1 ? "action" : "actions"}`;
  return { range: target, code: known.uid.id, words };
}

function sayPath(policy: Policy, at: number, session: EditingSession): Said | null {
  const condition = policy.conditions.find((one) => isAt(one, at));
  const expression = condition && pathAt(condition.body, at);
  const path = expression && readPath(expression);
  const known = path && pathsAt(session, at)?.find(path);
  if (!known || !expression) return null;
  const mayLack = known.mayLack.at(-1) ? ", may be missing" : "";
  return { range: expression, code: writePath(known.path), words: `${typeWords(known.type)}${mayLack}` };
}

/** The path that ends with the name that is pointed at. */
function pathAt(expression: Expression, at: number): Expression | null {
  if (!isAt(expression, at)) return null;
  for (const part of partsOf(expression)) {
    const found = pathAt(part, at);
    if (found) return found;
  }
  return expression.kind === "variable" || expression.kind === "attribute" ? expression : null;
}

function draw(code: string, words: string): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "pe-hover";
  const name = dom.appendChild(document.createElement("code"));
  name.textContent = code;
  dom.append(`: ${words}`);
  return dom;
}
