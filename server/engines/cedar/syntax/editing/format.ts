import { group, hard, indent, type Layout, LINE, leaf, print, row, SOFT, SPACE } from "./layout";
import { parsePolicies } from "../parser";
import type { Range } from "../problem";
import type { Expression, Policy, Tree } from "../syntax";

/**
 * The canonical layout of a policy text: the same tokens and comments, with white space of its own; formatted again, it
 * stays as it is. A text with problems is returned unchanged.
 */
export function formatPolicies(text: string): string {
  const tree = parsePolicies(text);
  return tree.problems.length > 0 ? text : print(new Formatter(tree).policies());
}

/** Operators in rows of any length, each of which is broken as a whole. */
const ROWS: readonly (readonly string[])[] = [["||"], ["&&"], ["+", "-"], ["*"]];

/** Goes through the tokens from the first to the last, and says how each part of the tree lays out its own. */
class Formatter {
  #at = 0;

  constructor(readonly tree: Tree) {}

  policies(): Layout {
    const parts: Layout[] = [];
    for (const policy of this.tree.policies) parts.push(this.#policy(policy), hard(2));
    return row(...parts.slice(0, -1), hard(1), this.#next());
  }

  #policy(policy: Policy): Layout {
    const parts = policy.annotations.flatMap((annotation) => [this.#upTo(annotation.end), hard(1)]);
    parts.push(this.#next(), SPACE, this.#scope(policy));
    for (const { body } of policy.conditions) {
      const [word, opening] = [this.#next(), this.#next()];
      const inner = this.#expression(body);
      parts.push(hard(1), group(word, SPACE, opening, indent(LINE, inner), LINE, this.#next()));
    }
    parts.push(this.#next());
    return row(...parts);
  }

  /** In one line if it asks nothing, else a line for each variable. */
  #scope({ principal, action, resource }: Policy): Layout {
    const opening = this.#next();
    const inner: Layout[] = [];
    for (const scope of [principal, action, resource]) {
      inner.push(inner.length === 0 ? SOFT : LINE, this.#constraint(scope));
      if (this.#isNext(",")) inner.push(this.#next());
    }
    const asks = [principal, action, resource].some(({ operator }) => operator !== "any");
    return group(opening, indent(...inner), asks ? hard(1) : SOFT, this.#next());
  }

  /** `variable operator target`, the target broken where it is a list. */
  #constraint({ end }: Range): Layout {
    const parts = [this.#next()];
    while (this.#nextStart < end) {
      if (this.#isNext("(", "[")) parts.push(SPACE, this.#brackets());
      else if (this.#isNext("==", "in", "is")) parts.push(SPACE, this.#next());
      else parts.push(SPACE, this.#path());
    }
    return row(...parts);
  }

  /** Entities in brackets, as scopes have them. */
  #brackets(): Layout {
    const opening = this.#next();
    const inner: Layout[] = [];
    while (!this.#isNext(")", "]")) {
      if (inner.length > 0) inner.push(LINE);
      inner.push(this.#isNext("(", "[") ? this.#brackets() : this.#path());
      if (this.#isNext(",")) inner.push(this.#next());
    }
    return group(opening, indent(SOFT, ...inner), SOFT, this.#next());
  }

  /** `A::B::"id"`, or a slot. */
  #path(): Layout {
    const parts = [this.#next()];
    while (this.#isNext("::")) parts.push(this.#next(), this.#next());
    return row(...parts);
  }

  #expression(expression: Expression): Layout {
    switch (expression.kind) {
      case "paren":
        return this.#enclosed([() => this.#expression(expression.inner)], SOFT);
      case "not":
      case "negate":
        return row(this.#next(), this.#expression(expression.operand));
      case "binary":
        return this.#binary(expression);
      case "if":
        return group(...this.#conditional(expression));
      case "has":
        return row(this.#expression(expression.target), SPACE, this.#next(), SPACE, this.#upTo(expression.end));
      case "like":
        return row(this.#expression(expression.target), SPACE, this.#next(), SPACE, this.#next());
      case "is":
        return this.#is(expression);
      case "attribute":
        return row(this.#expression(expression.target), this.#upTo(expression.end));
      case "method": {
        const head = row(this.#expression(expression.target), this.#next(), this.#next());
        return row(head, this.#list(expression.arguments));
      }
      case "call":
        return row(this.#upTo(expression.name.end), this.#list(expression.arguments));
      case "set":
        return this.#list(expression.elements);
      case "record": {
        const entries = expression.entries.map(({ value }) => () => {
          const name = row(this.#next(), this.#next());
          return row(name, SPACE, this.#expression(value));
        });
        return this.#enclosed(entries, entries.length === 0 ? SOFT : LINE);
      }
      case "bool":
      case "long":
      case "string":
      case "entity":
      case "variable":
      case "slot":
      case "hole":
        return this.#upTo(expression.end);
    }
  }

  #binary(expression: Expression & { kind: "binary" }): Layout {
    const operators = ROWS.find((one) => one.includes(expression.operator));
    if (!operators) {
      const left = this.#expression(expression.left);
      const operator = this.#next();
      return group(left, SPACE, operator, indent(LINE, this.#expression(expression.right)));
    }
    const rights: Expression[] = [];
    let first: Expression = expression;
    while (first.kind === "binary" && operators.includes(first.operator)) {
      rights.push(first.right);
      first = first.left;
    }
    const parts = [this.#operand(first)];
    for (const right of rights.reverse()) parts.push(SPACE, this.#next(), LINE, this.#operand(right));
    return group(...parts);
  }

  /** Of a row: one that is a row itself goes on further in. */
  #operand(expression: Expression): Layout {
    const layout = this.#expression(expression);
    return expression.kind === "binary" ? indent(layout) : layout;
  }

  /** `if`, `then` and `else` each in a line of its own where one line is too long; `else if` goes on at the margin. */
  #conditional({ condition, consequent, alternative }: Expression & { kind: "if" }): Layout[] {
    const parts = [this.#next(), SPACE, indent(this.#expression(condition)), LINE];
    parts.push(this.#next(), SPACE, indent(this.#expression(consequent)), LINE, this.#next(), SPACE);
    if (alternative.kind === "if") parts.push(...this.#conditional(alternative));
    else parts.push(indent(this.#expression(alternative)));
    return parts;
  }

  #is({ target, typeRange, parent }: Expression & { kind: "is" }): Layout {
    const parts = [this.#expression(target), SPACE, this.#next(), SPACE, this.#upTo(typeRange.end)];
    if (parent) parts.push(SPACE, this.#next(), SPACE, this.#expression(parent));
    return row(...parts);
  }

  #list(elements: readonly Expression[]): Layout {
    return this.#enclosed(
      elements.map((element) => () => this.#expression(element)),
      SOFT,
    );
  }

  /** What stands in brackets, with commas between; `edge` is inside of the brackets. */
  #enclosed(items: readonly (() => Layout)[], edge: Layout): Layout {
    const opening = this.#next();
    const inner: Layout[] = [];
    for (const item of items) {
      inner.push(inner.length === 0 ? edge : LINE, item());
      if (this.#isNext(",")) inner.push(this.#next());
    }
    return group(opening, indent(...inner), edge, this.#next());
  }

  get #nextStart(): number {
    return this.tree.tokens[this.#at]?.start ?? Number.POSITIVE_INFINITY;
  }

  #isNext(...texts: readonly string[]): boolean {
    return texts.includes(this.tree.tokens[this.#at]?.text ?? "");
  }

  #next(): Layout {
    const token = this.tree.tokens[this.#at];
    this.#at += 1;
    return token ? leaf(token) : row();
  }

  /** The tokens before an offset, without white space between them. */
  #upTo(end: number): Layout {
    const parts: Layout[] = [];
    while (this.#nextStart < end) parts.push(this.#next());
    return row(...parts);
  }
}
