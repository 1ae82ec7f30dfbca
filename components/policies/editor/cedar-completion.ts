import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { parseExpression } from "@/server/engines/cedar/syntax/parser";
import { isIdentifier } from "@/server/engines/cedar/syntax/identifiers";
import { FUNCTIONS, METHODS } from "@/server/engines/cedar/values/extensions";
import { writeString } from "@/server/engines/cedar/values/uid";
import { environmentsOf, extend, type PathType, Paths } from "../blocks/paths";
import { readPath } from "../blocks/read-row";
import type { KnownEntity } from "./known";
import type { EditingSession } from "./session";
import { typeWords } from "./type-words";

/** How many known entities are offered at once. */
const MOST = 200;

/** What can be written at the cursor: by the schema after a dot and `::`, and else words, types and variables. */
export function completionsOf(
  context: CompletionContext,
  session: EditingSession,
  known: readonly KnownEntity[],
): CompletionResult | null {
  const text = context.state.doc.toString();
  const before = text.slice(0, context.pos);
  if (isInComment(before)) return null;
  return afterDot(before, session) ?? afterType(before, session, known) ?? words(before, context.explicit, session);
}

const isInComment = (before: string) => /(?:^|[^"\w])\/\/[^\n]*$/.test(before);

/** The paths of the policy that an offset is in. */
export function pathsAt(session: EditingSession, offset: number): Paths | null {
  const { schema } = session;
  const { policies } = session.snapshot().tree;
  const policy = policies.find(({ start, end }) => start <= offset && offset <= end) ?? policies.at(-1);
  return schema && policy ? new Paths(schema, environmentsOf(schema, policy)) : null;
}

/** Attributes and methods of the path in front of a dot. */
function afterDot(before: string, session: EditingSession): CompletionResult | null {
  const match = /((?:principal|resource|context|action)(?:\.\w+|\["[^"]*"\])*)\.(\w*)$/.exec(before);
  const [, target = "", word = ""] = match ?? [];
  const path = match && readPath(parseExpression(target).expression);
  const paths = path && pathsAt(session, before.length);
  if (!paths) return null;
  const attributes = paths.stepsOf(path).flatMap((step): Completion[] => {
    const found = paths.find(extend(path, step));
    if (!isIdentifier(step.name)) return [];
    const mayLack = found?.mayLack.at(-1) ?? false;
    return [
      {
        label: step.name,
        type: "property",
        detail: found ? `${typeWords(found.type)}${mayLack ? ", may be missing" : ""}` : "",
      },
    ];
  });
  const type = paths.find(path)?.type;
  const methods = type
    ? methodsOf(type, paths.hasTags(path)).map((label): Completion => ({ label, type: "method", apply: `${label}(` }))
    : [];
  return { from: before.length - word.length, options: [...attributes, ...methods], validFor: /^\w*$/ };
}

function methodsOf(type: PathType, hasTags: boolean): string[] {
  if (type.kind === "set") return ["contains", "containsAll", "containsAny", "isEmpty"];
  if (type.kind === "entity") return hasTags ? ["hasTag", "getTag"] : [];
  if (type.kind !== "extension") return [];
  return [...METHODS].filter(([, { target }]) => target === type.name).map(([name]) => name);
}

/** The entities of a type, behind `Type::`. */
function afterType(before: string, session: EditingSession, known: readonly KnownEntity[]): CompletionResult | null {
  const match = /([A-Za-z_]\w*(?:::[A-Za-z_]\w*)*)::("[^"\n]*)?$/.exec(before);
  const [, type = "", word = ""] = match ?? [];
  if (!match) return null;
  const actions = [...(session.schema?.actions.values() ?? [])].map(({ uid }): KnownEntity => uid);
  const options = [...actions, ...known]
    .filter((one) => one.type === type)
    .slice(0, MOST)
    .map(
      ({ id, label: detail }): Completion => ({ label: writeString(id), type: "constant", detail, apply: applyEntity }),
    );
  return { from: before.length - word.length, options, validFor: /^"[^"\n]*$/ };
}

/** Takes the closing quote that stands behind the cursor already along. */
const applyEntity: Completion["apply"] = (view, { label }, from, to) => {
  const hasQuote = view.state.sliceDoc(to, to + 1) === '"';
  const end = hasQuote ? to + 1 : to;
  view.dispatch({
    changes: { from, to: end, insert: label },
    selection: { anchor: from + label.length },
    userEvent: "input.complete",
  });
};

const KEYWORDS = "permit forbid when unless in is has like if then else true false".split(" ");
const VARIABLES = ["principal", "action", "resource", "context"];

function words(before: string, isExplicit: boolean, session: EditingSession): CompletionResult | null {
  const word = /[A-Za-z_]\w*$/.exec(before)?.[0] ?? "";
  // A word that is whole already asks for nothing, so that Enter after it ends the line.
  if (!isExplicit && (word === "" || KEYWORDS.includes(word) || VARIABLES.includes(word))) return null;
  if (isOpenString(before)) return null;
  const types = [...(session.schema?.entityTypes.keys() ?? [])];
  const options: Completion[] = [
    ...VARIABLES.map((label) => ({ label, type: "variable" })),
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ...types.map((label) => ({ label, type: "type", apply: label })),
    ...(types.length > 0 ? [{ label: "Action", type: "type" }] : []),
    ...[...FUNCTIONS.keys()].map((label) => ({ label, type: "function", apply: `${label}("` })),
  ];
  return { from: before.length - word.length, options, validFor: /^\w*$/ };
}

/** Whether an odd number of quotes stands before the cursor in its line. */
function isOpenString(before: string): boolean {
  const line = before.slice(before.lastIndexOf("\n") + 1).replaceAll(/\\./g, "");
  return (line.match(/"/g)?.length ?? 0) % 2 === 1;
}
