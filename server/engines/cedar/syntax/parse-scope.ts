import { checkTypeName, parsePath } from "./parse-name";
import { nearest, type Range } from "./problem";
import type { ActionScope, EntityScope, ScopeTarget } from "./syntax";
import { type EntityUid, isActionType } from "../values/uid";
import type { TokenStream } from "./token-stream";

/** The scope of a policy. https://docs.cedarpolicy.com/policies/syntax-policy.html#term-policy-scope */
export interface Scope {
  readonly principal: EntityScope;
  readonly action: ActionScope;
  readonly resource: EntityScope;
}

type Variable = "principal" | "action" | "resource";
const VARIABLES: readonly Variable[] = ["principal", "action", "resource"];

/** `Scope ::= Principal ',' Action ',' Resource`, with the parentheses around. */
export function parseScope(stream: TokenStream): Scope {
  const hasOpened = stream.is("(");
  if (hasOpened) stream.open();
  else stream.expect("(");
  const principal = entityScope(stream, "principal", hasOpened);
  const action = actionScope(stream, hasOpened);
  const resource = entityScope(stream, "resource", hasOpened);
  if (!hasOpened) return { principal, action, resource };
  while (!stream.isAtEnd && !stream.is(")")) {
    const { text } = stream.token;
    stream.reportOnce("syntax.scope_variable", `nothing follows \`resource\` in a scope, found \`${text}\``);
    stream.skipTo(",");
    if (!stream.accept(",")) break;
  }
  stream.close();
  return { principal, action, resource };
}

/** A scope that asks nothing, at a place. */
export function emptyScope({ start, end }: Range): Scope {
  const range = { start, end };
  const none = { operator: "any", entityType: null, typeRange: null, target: null, ...range } as const;
  return {
    principal: { variable: "principal", ...none },
    action: { variable: "action", operator: "any", targets: [], ...range },
    resource: { variable: "resource", ...none },
  };
}

/** The word that an element begins with; false when it is missing. */
function parseVariable(stream: TokenStream, variable: Variable): boolean {
  const { token } = stream;
  const hints = { expected: [variable], suggestion: variable };
  if (stream.accept(variable)) return true;
  if (token.kind !== "identifier") {
    const place = { start: stream.lastEnd, end: stream.lastEnd };
    stream.reportOnce("syntax.scope_variable", `the scope is missing \`${variable}\``, hints, place);
    if (stream.is(")") || stream.isAtEnd) return false;
    stream.skipTo(",");
    return true;
  }
  const isLater = VARIABLES.indexOf(token.text as Variable) > VARIABLES.indexOf(variable);
  stream.reportOnce("syntax.scope_variable", `expected \`${variable}\`, found \`${token.text}\``, hints);
  if (isLater) return false;
  stream.next();
  return true;
}

/** Past the comma after an element that was there. */
function endElement(stream: TokenStream, isLast: boolean): void {
  if (stream.is(")") || stream.isAtEnd) return;
  if (stream.accept(",")) return;
  const { token } = stream;
  if (!isLast && VARIABLES.some((variable) => variable === token.text)) {
    stream.expect(",");
    return;
  }
  stream.reportUnexpected(isLast ? "`)`" : "`,`");
  stream.skipTo(",");
  stream.accept(",");
}

/** `Principal ::= 'principal' [Constraint]` and `Resource ::= 'resource' [Constraint]`, with the comma behind. */
function entityScope(stream: TokenStream, variable: "principal" | "resource", hasOpened: boolean): EntityScope {
  const { start, end } = stream.token;
  if (!hasOpened || !parseVariable(stream, variable)) {
    return emptyScope({ start: stream.lastEnd, end: stream.lastEnd })[variable];
  }
  const constraint = entityConstraint(stream, variable);
  const scope: EntityScope = { variable, ...constraint, start, end: Math.max(end, stream.lastEnd) };
  endElement(stream, variable === "resource");
  return scope;
}

type EntityConstraint = Pick<EntityScope, "operator" | "entityType" | "typeRange" | "target">;
const ANY: EntityConstraint = { operator: "any", entityType: null, typeRange: null, target: null };

/** `Constraint ::= ('==' | 'in') Target | 'is' Path ['in' Target]` */
function entityConstraint(stream: TokenStream, variable: "principal" | "resource"): EntityConstraint {
  if (stream.is(":", "is")) {
    if (stream.is(":")) stream.reportOnce("syntax.operator", "`:` is not an operator of scopes", { suggestion: "is" });
    stream.next();
    const type = parseType(stream);
    if (stream.is("==")) {
      stream.reportOnce("syntax.operator", "`is` goes together with `in` only", { suggestion: "in" });
      stream.next();
    } else if (!stream.accept("in")) return { ...ANY, operator: "is", ...type };
    return { operator: "is in", ...type, target: parseTarget(stream, variable) };
  }
  const operator = parseOperator(stream);
  return operator === null ? ANY : { ...ANY, operator, target: parseTarget(stream, variable) };
}

/** `==` or `in`, or what was meant as one of them. */
function parseOperator(stream: TokenStream): "==" | "in" | null {
  if (stream.accept("==")) return "==";
  if (stream.accept("in")) return "in";
  if (stream.is("=")) stream.reportOnce("syntax.operator", "`=` is not an operator", { suggestion: "==" });
  else if (stream.is("!=", "<", "<=", ">", ">=", "has", "like")) {
    const expected = ["==", "in", "is"];
    stream.reportOnce("syntax.operator", `\`${stream.token.text}\` is not an operator of scopes`, { expected });
  } else return null;
  stream.next();
  return "==";
}

/** `Path`, behind `is`. */
function parseType(stream: TokenStream): { entityType: string | null; typeRange: Range | null } {
  if (stream.token.kind !== "identifier") {
    stream.reportUnexpected("an entity type");
    return { entityType: null, typeRange: null };
  }
  const path = parsePath(stream);
  checkTypeName(stream, path);
  if (path.id !== null) {
    const suggestion = `== ${path.text}::"${path.id.value}"`;
    stream.report("syntax.entity_type", "`is` takes an entity type, not an entity", path, { suggestion });
  }
  return { entityType: path.text, typeRange: { start: path.start, end: path.end } };
}

/** `Target ::= Entity | '?principal' | '?resource'`: the slot is the variable's own. */
function parseTarget(stream: TokenStream, variable: "principal" | "resource"): ScopeTarget {
  const { token } = stream;
  if (token.kind === "slot") {
    stream.next();
    const suggestion = `?${variable}`;
    const message = `the slot of \`${variable}\` is \`${suggestion}\``;
    if (token.text !== suggestion) stream.report("syntax.slot", message, token, { suggestion });
    return { value: null, start: token.start, end: token.end };
  }
  return parenthesized(stream, () => parseTarget(stream, variable)) ?? parseEntity(stream, "an entity or a slot");
}

/** Parentheses around one thing mean nothing here, but are allowed. */
function parenthesized<Inner extends Range>(stream: TokenStream, inner: () => Inner): Inner | null {
  if (!stream.is("(")) return null;
  const { start } = stream.open();
  const result = inner();
  stream.close();
  return { ...result, start, end: stream.lastEnd };
}

/** `Entity ::= Path '::' STR` */
function parseEntity(stream: TokenStream, what: string): Range & { readonly value: EntityUid } {
  const { token } = stream;
  if (token.kind !== "identifier") {
    stream.reportUnexpected(what);
    stream.skipTo(",");
    return { value: { type: "", id: "" }, start: stream.lastEnd, end: stream.lastEnd };
  }
  const path = parsePath(stream);
  checkTypeName(stream, path);
  if (path.id === null) {
    const after = stream.token.kind === "string" ? stream.next().text : null;
    const last = path.names.at(-1)?.value;
    const type = path.names.slice(0, -1).map(({ value }) => value);
    const entity = type.length > 0 ? `${type.join("::")}::"${last}"` : `${path.text}::"…"`;
    const suggestion = after === null ? entity : `${path.text}::${after}`;
    const range = { start: path.start, end: stream.lastEnd };
    stream.reportOnce(
      "syntax.scope_target",
      `\`${path.text}\` is not ${what}`,
      { expected: [what], suggestion },
      range,
    );
  }
  return { value: { type: path.text, id: path.id?.value ?? "" }, start: path.start, end: path.end };
}

/** `Action ::= 'action' ['==' Entity | 'in' (Entity | '[' EntList ']')]`, with the comma behind. */
function actionScope(stream: TokenStream, hasOpened: boolean): ActionScope {
  const { start, end } = stream.token;
  if (!hasOpened || !parseVariable(stream, "action")) {
    return emptyScope({ start: stream.lastEnd, end: stream.lastEnd }).action;
  }
  const constraint = actionConstraint(stream);
  const scope: ActionScope = { variable: "action", ...constraint, start, end: Math.max(end, stream.lastEnd) };
  endElement(stream, false);
  return scope;
}

/** What follows `action`. */
function actionConstraint(stream: TokenStream): Pick<ActionScope, "operator" | "targets"> {
  if (stream.is("is")) {
    stream.reportOnce("syntax.operator", "`is` does not go with `action`", {
      expected: ["==", "in"],
      suggestion: "==",
    });
    stream.next();
    parseAction(stream);
    return { operator: "any", targets: [] };
  }
  const operator = parseOperator(stream);
  if (operator === null) return { operator: "any", targets: [] };
  const targets = parseActions(stream);
  if (!targets.isList) return { operator, targets: targets.actions };
  if (operator === "==") {
    const message = "`==` takes one action; a list goes with `in`";
    stream.report("syntax.scope_target", message, targets, { suggestion: "in" });
  }
  return { operator: "in list", targets: targets.actions };
}

type Actions = Range & { readonly isList: boolean; readonly actions: ActionScope["targets"] };

/** `Entity | '[' EntList ']'`, where `EntList ::= Entity {',' Entity}`; it may be empty. */
function parseActions(stream: TokenStream): Actions {
  const inner = parenthesized(stream, () => parseActions(stream));
  if (inner) return inner;
  const { start } = stream.token;
  if (!stream.is("[")) {
    const action = parseAction(stream);
    return { isList: false, actions: [action], start: action.start, end: action.end };
  }
  stream.open();
  const actions: ActionScope["targets"][number][] = [];
  while (!stream.isAtEnd && !stream.is("]", ")")) {
    actions.push(parseAction(stream));
    if (stream.accept(",") || stream.is("]", ")") || stream.isAtEnd) continue;
    stream.reportUnexpected("`,`", { suggestion: "," });
    if (stream.token.kind !== "identifier") stream.skipTo(",");
    stream.accept(",");
  }
  stream.close();
  return { isList: true, actions, start, end: stream.lastEnd };
}

/** `Entity`, of a type of actions. */
function parseAction(stream: TokenStream): ActionScope["targets"][number] {
  const inner = parenthesized(stream, () => parseAction(stream));
  if (inner) return inner;
  const action = parseEntity(stream, "an action");
  const { type } = action.value;
  if (type !== "" && !isActionType(type) && action.end === stream.lastEnd) {
    const suggestion = nearest(type, ["Action"]);
    stream.report("syntax.action_type", `\`${type}\` is not the type of an action`, action, {
      expected: ["Action"],
      suggestion,
    });
  }
  return action;
}
