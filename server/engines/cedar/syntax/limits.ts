import { CLOSER_OF, CLOSERS } from "./lexer";
import { type Problem, problemAt } from "./problem";
import type { Token } from "./syntax";

/**
 * How much one policy may ask of whoever reads it. What is within is read, checked and evaluated by plain recursion
 * without ever running out of stack; what is not is refused before it is parsed.
 */
export const LIMITS = {
  /** UTF-8 bytes of one policy, from its first word to its `;`. */
  policyBytes: 65_536,
  /** Brackets of any kind within one another, and `if` within the condition or the `then` of another. */
  nesting: 64,
  /** Operators of one kind in a row: `||`, `&&`, `+` and `-`, `*`, `.member`, `else if`, `!`, `-`, relations. */
  chain: 128,
  /** Chains within chains: how deep the tree can be. */
  depth: 512,
} as const;

/** Why the tokens of one policy, or of one expression, are refused unread; null when they are not. */
export function limitProblem(tokens: readonly Token[]): Problem | null {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (!first || !last) return null;
  let bytes = 0;
  for (const token of tokens) bytes += utf8Length(token.text) + (token === first ? 0 : utf8Length(token.trivia));
  if (bytes > LIMITS.policyBytes) {
    const message = `the policy has ${bytes} bytes; at most ${LIMITS.policyBytes} are read`;
    return problemAt({ start: first.start, end: last.end }, "limit.policy_bytes", message);
  }
  const brackets = [new Bracket("")];
  for (const [at, token] of tokens.entries()) {
    const closes = brackets.findLastIndex((bracket) => bracket.closer === token.text);
    if (closes > 0) closeBrackets(brackets, closes);
    else (brackets.at(-1) as Bracket).count(token, tokens[at - 1], tokens[at + 1]);
    const closer = CLOSER_OF.get(token.text);
    if (closer !== undefined) brackets.push(new Bracket(closer));
    const problem = bracketProblem(brackets, token);
    if (problem) return problem;
  }
  closeBrackets(brackets, 1);
  return bracketProblem(brackets, last);
}

/** Ends the brackets from an index on, each within the one before it. */
function closeBrackets(brackets: Bracket[], from: number): void {
  while (brackets.length > from) {
    const inner = brackets.pop();
    if (inner) brackets.at(-1)?.close(inner);
  }
}

function bracketProblem(brackets: readonly Bracket[], token: Token): Problem | null {
  const open = brackets.reduce((sum, bracket) => sum + bracket.ifs, brackets.length - 1);
  if (open > LIMITS.nesting) return problemAt(token, "limit.nesting", `more than ${LIMITS.nesting} levels of nesting`);
  const { longest, depth } = brackets.at(-1) as Bracket;
  if (longest > LIMITS.chain) return problemAt(token, "limit.chain", `more than ${LIMITS.chain} operators in a row`);
  return depth > LIMITS.depth ? problemAt(token, "limit.depth", "chains within chains are too deep") : null;
}

/** Kinds of operators, loosest first: one that binds looser ends the chains of all that bind tighter. */
const LEVELS: readonly (readonly string[])[] = [
  ["else"],
  ["||", "|", "or"],
  ["&&", "&", "and"],
  ["==", "!=", "<", "<=", ">", ">=", "=", "in", "has", "like", "is"],
  ["+", "-"],
  ["*", "/", "%"],
  ["!", "not"],
  ["."],
];
const LEVEL_OF = new Map(LEVELS.flatMap((words, level) => words.map((word) => [word, level] as const)));
const [ELSE, SUM, UNARY, MEMBER] = [0, 4, 6, 7];
/** What starts an expression of its own. */
const SEPARATORS = new Set([",", ":", ";", "@", "then", "if"]);

/**
 * What stands between two brackets, not counting what is between those within. The tree that it becomes is never deeper
 * than `depth`, which tokens alone tell. On the way from the top of that tree to a leaf come
 *
 * - `if`s: as many as are open at once, and one for each `else if` of a chain,
 * - then operators from the loosest kind to the tightest: of each kind no more than stand in its longest chain, for n
 *   operators in a row are n deep; from a tighter kind back to a looser one leads nothing but a bracket,
 * - and last a leaf, or a bracket and all that is in it.
 */
class Bracket {
  /** `if`s whose `else` has not come. */
  ifs = 0;
  /** How many operators of one kind have stood in a row, at the most. */
  longest = 0;
  /** At most how deep the tree is that this becomes. */
  depth = 0;
  /** By kind: how many operators are in the chain that goes on here, and how many were in the longest. */
  readonly #chains = LEVELS.map(() => 0);
  readonly #longest = LEVELS.map(() => 0);
  /** How many `if`s were open at once, at the most. */
  #mostIfs = 0;
  /** The depth of the deepest bracket within. */
  #deepest = 0;

  constructor(
    /** What ends it. */
    readonly closer: string,
  ) {}

  count(token: Token, before: Token | undefined, after: Token | undefined): void {
    if (token.kind === "string" || before?.text === ".") return;
    if (token.text === "if") this.#mostIfs = Math.max(this.#mostIfs, (this.ifs += 1));
    if (token.text === "else") this.ifs = Math.max(0, this.ifs - 1);
    const isElseIf = token.text === "else" && after?.text === "if";
    if (SEPARATORS.has(token.text) || token.text === "else") {
      const isSameChain = token.text === "then" || token.text === "if" || isElseIf;
      this.#chains.fill(0, isSameChain ? ELSE + 1 : ELSE);
    }
    const level = this.#levelOf(token, before, after);
    if (level !== undefined && (level !== ELSE || isElseIf)) this.#add(level);
    this.#measure();
  }

  /** An inner bracket has ended. */
  close(inner: Bracket): void {
    this.#deepest = Math.max(this.#deepest, inner.depth);
    this.#measure();
  }

  #levelOf(token: Token, before: Token | undefined, after: Token | undefined): number | undefined {
    if (token.text === "[" || token.text === "(") return isOperand(before) ? MEMBER : undefined;
    const level = LEVEL_OF.get(token.text);
    const isPrefix = level === SUM && !isOperand(before);
    return isPrefix && after !== undefined ? UNARY : level;
  }

  #add(level: number): void {
    const chain = (this.#chains[level] ?? 0) + 1;
    this.#chains[level] = chain;
    this.#chains.fill(0, level + 1);
    this.#longest[level] = Math.max(this.#longest[level] ?? 0, chain);
    this.longest = Math.max(this.longest, chain);
  }

  #measure(): void {
    this.depth = this.#longest.reduce((sum, chain) => sum + chain, 1 + this.#mostIfs + this.#deepest);
  }
}

/** Whether an operand ends with the token, so that what follows is an operator. */
function isOperand(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === "symbol") return CLOSERS.has(token.text);
  return token.kind !== "identifier" || !(LEVEL_OF.has(token.text) || SEPARATORS.has(token.text));
}

function utf8Length(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isPair = code >= 0xd800 && code < 0xdc00 && at + 1 < text.length;
    if (isPair) at += 1;
    length += isPair ? 4 : code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
  }
  return length;
}
