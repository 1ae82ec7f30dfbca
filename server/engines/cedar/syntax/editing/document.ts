import { tokenize } from "../lexer";
import { parsePolicies } from "../parser";
import { policySpans } from "../policy-spans";
import type { Problem } from "../problem";
import type { Policy, Tree } from "../syntax";

/** One policy by its own text: its places are from where the policy starts. */
interface PolicyText {
  readonly policies: readonly Policy[];
  readonly problems: readonly Problem[];
}

/** A part where it stands in the text. */
interface Placed extends PolicyText {
  readonly text: string;
  readonly start: number;
}

/**
 * A policy text that is being written. After a change only those policies are parsed whose own text is new; the others
 * are kept, and moved. The tree is the one that `parsePolicies` would make.
 */
export class PolicyDocument {
  #tree: Tree;
  #parts: ReadonlyMap<string, PolicyText> = new Map();
  #placed: readonly Placed[] = [];
  #parsed = 0;

  constructor(text: string) {
    this.#tree = this.#read(text);
  }

  get tree(): Tree {
    return this.#tree;
  }

  get text(): string {
    return this.#tree.text;
  }

  /** How many policies have been parsed since the document was made. */
  get parsed(): number {
    return this.#parsed;
  }

  /** Puts another text in place of all of it. */
  update(text: string): Tree {
    if (text !== this.text) this.#tree = this.#read(text);
    return this.#tree;
  }

  #read(text: string): Tree {
    const tokens = tokenize(text);
    const parts = new Map<string, PolicyText>();
    const placed: Placed[] = [];
    for (const [at, { from, to }] of policySpans(tokens).entries()) {
      const start = tokens[from]?.start ?? 0;
      const own = text.slice(start, tokens[to - 1]?.end);
      const part = parts.get(own) ?? this.#parts.get(own) ?? this.#parse(own);
      parts.set(own, part);
      placed.push(this.#place(part, own, start, at));
    }
    this.#parts = parts;
    this.#placed = placed;
    const policies = placed.flatMap((one) => one.policies);
    const problems = placed.flatMap((one) => one.problems);
    return { text, tokens, policies, problems: problems.toSorted((a, b) => a.range.start - b.range.start) };
  }

  #parse(own: string): PolicyText {
    this.#parsed += 1;
    const { policies, problems } = parsePolicies(own);
    return { policies, problems };
  }

  /** A part at a place; the same object as before when it has stood there already. */
  #place(part: PolicyText, text: string, start: number, at: number): Placed {
    const before = this.#placed[at];
    if (before?.text === text && before.start === start) return before;
    const { policies, problems } = part;
    return { policies: moved(policies, start), problems: moved(problems, start), text, start };
  }
}

/** The same tree with every place in it further on. */
function moved<Node>(node: Node, by: number): Node {
  if (by === 0 || typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((one: unknown) => moved(one, by)) as Node;
  const entries = Object.entries(node).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === "number" ? value + by : moved(value, by),
  ]);
  return Object.fromEntries(entries) as Node;
}
