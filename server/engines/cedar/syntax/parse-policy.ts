import { ExpressionParser } from "./parse-expression";
import { parseString } from "./parse-name";
import { emptyScope, parseScope } from "./parse-scope";
import { nearest } from "./problem";
import type { Annotation, Condition, Policy, Token } from "./syntax";
import type { TokenStream } from "./token-stream";

/** What other languages call an effect, and the word that begins a condition. */
const EFFECTS: ReadonlyMap<string, "permit" | "forbid"> = new Map([
  ["allow", "permit"],
  ["grant", "permit"],
  ["deny", "forbid"],
  ["block", "forbid"],
]);
const CONDITIONS: ReadonlyMap<string, "when" | "unless"> = new Map([
  ["if", "when"],
  ["where", "when"],
  ["while", "when"],
  ["except", "unless"],
]);

/**
 * `Policy ::= {Annotation} Effect '(' Scope ')' {Condition} ';'`
 * https://docs.cedarpolicy.com/policies/syntax-grammar.html#grammar-policy
 */
export function parsePolicy(stream: TokenStream): Policy {
  const { start } = stream.token;
  const annotations = parseAnnotations(stream);
  const { effect, token } = parseEffect(stream);
  const scope = parseScope(stream);
  const conditions = parseConditions(stream);
  if (stream.expect(";") && !stream.hasProblems && stream.token.kind !== "end") {
    stream.reportUnexpected("a policy or the end");
  }
  while (stream.token.kind !== "end") stream.next();
  return {
    annotations,
    effect,
    effectRange: { start: token.start, end: token.end },
    ...scope,
    conditions,
    isBroken: stream.hasProblems,
    start,
    end: stream.lastEnd,
  };
}

/** What stands for a policy that is refused unread. */
export function unreadPolicy(tokens: readonly Token[]): Policy {
  const [first, last] = [tokens[0], tokens.at(-1)];
  const word = tokens.find(({ text }) => text === "permit" || text === "forbid");
  const range = { start: first?.start ?? 0, end: last?.end ?? 0 };
  return {
    annotations: [],
    effect: word?.text === "permit" ? "permit" : "forbid",
    effectRange: { start: word?.start ?? range.start, end: word?.end ?? range.start },
    ...emptyScope({ start: range.end, end: range.end }),
    conditions: [],
    isBroken: true,
    ...range,
  };
}

/**
 * `Annotation ::= '@' IDENT ['(' STR ')']`, any number of them.
 * https://docs.cedarpolicy.com/policies/syntax-policy.html#term-parc-annotations
 */
function parseAnnotations(stream: TokenStream): Annotation[] {
  const annotations: Annotation[] = [];
  const seen = new Set<string>();
  while (stream.is("@")) {
    const { start } = stream.next();
    const { token } = stream;
    if (token.kind !== "identifier") {
      stream.reportUnexpected("an annotation's name");
      continue;
    }
    stream.next();
    if (seen.has(token.text)) {
      stream.report("syntax.duplicate_annotation", `the annotation \`@${token.text}\` is there already`, token);
    }
    seen.add(token.text);
    const nameRange = { start: token.start, end: token.end };
    const value = stream.is("(") ? parseAnnotationValue(stream) : null;
    const valueRange = value && { start: value.start, end: value.end };
    annotations.push({
      name: token.text,
      nameRange,
      value: value?.value ?? null,
      valueRange,
      start,
      end: stream.lastEnd,
    });
  }
  return annotations;
}

/** `'(' STR ')'` */
function parseAnnotationValue(stream: TokenStream) {
  stream.open();
  const { token } = stream;
  const value = token.kind === "string" ? parseString(stream) : null;
  if (value === null) {
    const suggestion = token.kind === "identifier" ? `"${token.text}"` : null;
    stream.reportUnexpected("a text in double quotes", { suggestion });
  }
  stream.close();
  return value;
}

/** `Effect ::= 'permit' | 'forbid'` */
function parseEffect(stream: TokenStream): { effect: "permit" | "forbid"; token: Token } {
  const { token } = stream;
  if (token.text === "permit" || token.text === "forbid") {
    stream.next();
    return { effect: token.text, token };
  }
  const hints = { expected: ["permit", "forbid"] };
  if (token.kind !== "identifier") {
    stream.reportUnexpected("`permit` or `forbid`", hints);
    if (!stream.is("(")) skipToScope(stream);
    return { effect: "forbid", token };
  }
  const lower = token.text.toLowerCase();
  const suggestion = EFFECTS.get(lower) ?? nearest(lower, ["permit", "forbid"]);
  stream.reportOnce("syntax.effect", `\`${token.text}\` is neither \`permit\` nor \`forbid\``, {
    ...hints,
    suggestion,
  });
  stream.next();
  if (!stream.is("(")) skipToScope(stream);
  return { effect: suggestion === "permit" ? "permit" : "forbid", token };
}

/** Past what is no effect, up to a scope if there is one. */
function skipToScope(stream: TokenStream): void {
  stream.skipTo("(", "permit", "forbid");
  if (stream.is("permit", "forbid")) stream.next();
}

/**
 * `{Condition}`, up to the `;`.
 * https://docs.cedarpolicy.com/policies/syntax-policy.html#term-parc-context
 */
function parseConditions(stream: TokenStream): Condition[] {
  const conditions: Condition[] = [];
  while (!stream.isAtEnd) {
    const { token } = stream;
    const kind = parseConditionKind(stream);
    if (kind === null) {
      stream.skipTo("when", "unless", "{");
      if (stream.is("{")) stream.skipTo("when", "unless");
      continue;
    }
    conditions.push(parseCondition(stream, kind, token.start));
  }
  return conditions;
}

/** `'when' | 'unless'`; null when no condition starts here. */
function parseConditionKind(stream: TokenStream): "when" | "unless" | null {
  const { token } = stream;
  if (token.text === "when" || token.text === "unless") {
    stream.next();
    return token.text;
  }
  const isWord = token.kind === "identifier";
  const lower = token.text.toLowerCase();
  const suggestion = isWord ? (CONDITIONS.get(lower) ?? nearest(lower, ["when", "unless"])) : null;
  const hints = { expected: ["when", "unless", ";"], suggestion };
  if (isWord)
    stream.reportOnce("syntax.condition", `expected \`when\`, \`unless\` or \`;\`, found \`${token.text}\``, hints);
  else stream.reportUnexpected("`when`, `unless` or `;`", hints);
  stream.next();
  return isWord && stream.is("{") ? (suggestion === "unless" ? "unless" : "when") : null;
}

/** `Condition ::= ('when' | 'unless') '{' Expr '}'`, behind its first word. */
function parseCondition(stream: TokenStream, kind: Condition["kind"], start: number): Condition {
  if (!stream.is("{")) {
    stream.reportUnexpected("`{`", { suggestion: "{" });
    const body = stream.isAtEnd ? hole(stream) : new ExpressionParser(stream).expression();
    return { kind, body, start, end: stream.lastEnd };
  }
  stream.open();
  if (stream.is("}")) {
    stream.report("syntax.empty_condition", `\`${kind}\` needs an expression`, {
      start: stream.token.start,
      end: stream.token.start,
    });
    const body = hole(stream);
    stream.close();
    return { kind, body, start, end: stream.lastEnd };
  }
  const body = new ExpressionParser(stream).expression();
  stream.close();
  return { kind, body, start, end: stream.lastEnd };
}

const hole = (stream: TokenStream) => ({ kind: "hole", start: stream.lastEnd, end: stream.lastEnd }) as const;
