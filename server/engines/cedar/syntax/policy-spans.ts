import { CLOSERS } from "./lexer";
import type { Token } from "./syntax";

/** The tokens of one policy: from the index `from` to before `to`. */
export interface TokenSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Where policies start and end, by tokens alone. One ends with `;`, which stands nowhere else; where it is missing, at
 * what can only start another: an annotation, or `permit (` and `forbid (`. Before a closing bracket, which starts none,
 * a `;` stands by mistake.
 */
export function policySpans(tokens: readonly Token[]): TokenSpan[] {
  const spans: TokenSpan[] = [];
  let [from, hasBegun] = [0, false];
  const endAt = (to: number) => {
    if (to > from) spans.push({ from, to });
    [from, hasBegun] = [to, false];
  };
  for (let at = 0; at < tokens.length - 1; at += 1) {
    const token = tokens[at] as Token;
    const before = at > from ? tokens[at - 1]?.text : undefined;
    const isHead = token.kind === "identifier" && tokens[at + 1]?.text === "(" && before !== "@" && before !== ".";
    const startsAnother = token.text === "@" || (isHead && (token.text === "permit" || token.text === "forbid"));
    if (hasBegun && startsAnother) endAt(at);
    if (isHead || token.text === "{") hasBegun = true;
    if (token.text === ";" && !CLOSERS.has(tokens[at + 1]?.text ?? "")) endAt(at + 1);
  }
  endAt(tokens.length - 1);
  return spans;
}
