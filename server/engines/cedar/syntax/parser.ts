import { tokenize } from "./lexer";
import { limitProblem } from "./limits";
import { ExpressionParser } from "./parse-expression";
import { parsePolicy, unreadPolicy } from "./parse-policy";
import { policySpans } from "./policy-spans";
import type { Problem } from "./problem";
import type { Expression, Policy, Tree } from "./syntax";
import { TokenStream } from "./token-stream";

/**
 * The tree of a text with any number of policies, and all its problems at once. Never throws: a policy with a problem
 * is in the tree as far as it could be read, and those after it are whole.
 * https://docs.cedarpolicy.com/policies/syntax-grammar.html
 */
export function parsePolicies(text: string): Tree {
  const tokens = tokenize(text);
  const policies: Policy[] = [];
  const problems: Problem[] = [];
  for (const { from, to } of policySpans(tokens)) {
    const span = tokens.slice(from, to);
    const refusal = limitProblem(span);
    if (refusal) problems.push(refusal);
    policies.push(refusal ? unreadPolicy(span) : parsePolicy(new TokenStream(span, problems)));
  }
  return { text, tokens, policies, problems: inOrder(problems) };
}

/** One expression, such as stands between the braces of a condition. */
export function parseExpression(text: string): { expression: Expression; problems: readonly Problem[] } {
  const tokens = tokenize(text).slice(0, -1);
  const refusal = limitProblem(tokens);
  if (refusal) return { expression: { kind: "hole", start: 0, end: text.length }, problems: [refusal] };
  const problems: Problem[] = [];
  const stream = new TokenStream(tokens, problems);
  const expression = new ExpressionParser(stream).expression();
  if (stream.token.kind !== "end") stream.reportUnexpected("an operator or the end");
  return { expression, problems: inOrder(problems) };
}

/** By where they are; a stable sort, for problems at one place follow from each other. */
const inOrder = (problems: readonly Problem[]) => problems.toSorted((a, b) => a.range.start - b.range.start);
