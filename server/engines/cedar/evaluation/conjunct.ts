import { compile } from "./compile";
import { EvaluationError, type Evaluate, expects, type Frame } from "./evaluation";
import { type Path, pathOf } from "./path";
import { type BinaryOperator, type Expression, unwrap } from "../syntax/syntax";
import type { Part } from "../syntax/walk";
import { isEqual, type Names, type Value } from "../values/value";

/** An attribute of a variable by itself, or compared with another one or with a literal. */
interface Comparison {
  readonly left: Path;
  readonly operator: "itself" | "==" | "<" | "<=";
  /** Null where it is compared with a literal. */
  readonly right: Path | null;
  readonly literal: Value;
  /** What must come out. */
  readonly wanted: boolean;
}

/**
 * One of the parts of conditions that must all be as wanted. Most are comparisons of attributes, which this object makes
 * itself, for closures lie scattered in memory; where it does not find what it needs, the whole expression is asked.
 * https://docs.cedarpolicy.com/policies/syntax-policy.html
 */
export class Conjunct {
  readonly #left: Path | null;
  readonly #right: Path | null;
  readonly #literal: Value;
  readonly #operator: Comparison["operator"];
  readonly #isSo: boolean;
  readonly #wanted: boolean;
  readonly #whole: Evaluate;
  readonly #error: EvaluationError;

  constructor({ expression, wanted }: Part, names: Names) {
    const comparison = comparisonIn(unwrap(expression), wanted);
    this.#left = comparison?.left ?? null;
    this.#right = comparison?.right ?? null;
    this.#literal = comparison?.literal ?? true;
    this.#operator = comparison?.operator ?? "itself";
    this.#isSo = comparison?.wanted ?? wanted;
    this.#wanted = wanted;
    this.#whole = compile(expression, names);
    this.#error = new EvaluationError(expression);
  }

  /** Whether it is as wanted. @throws EvaluationError */
  holds(frame: Frame): boolean {
    const compared = this.#compare(frame);
    if (compared !== undefined) return compared === this.#isSo;
    const value = this.#whole(frame);
    if (typeof value !== "boolean") throw this.#error.because(expects("a bool", value));
    return value === this.#wanted;
  }

  /** What comes out of the comparison; undefined where there is none, or where it fails. */
  #compare(frame: Frame): boolean | undefined {
    if (this.#left === null) return undefined;
    const left = this.#left.valueIn(frame);
    const right = this.#right === null ? this.#literal : this.#right.valueIn(frame);
    if (left === undefined || right === undefined) return undefined;
    switch (this.#operator) {
      case "itself":
        return typeof left === "boolean" ? left : undefined;
      case "==":
        return isEqual(left, right);
      case "<":
        return typeof left === "bigint" && typeof right === "bigint" ? left < right : undefined;
      case "<=":
        return typeof left === "bigint" && typeof right === "bigint" ? left <= right : undefined;
    }
  }
}

function comparisonIn(expression: Expression, wanted: boolean): Comparison | null {
  if (expression.kind === "attribute") {
    const left = pathIn(expression);
    return left && { left, operator: "itself", right: null, literal: true, wanted };
  }
  if (expression.kind !== "binary") return null;
  const [left, right] = [pathIn(expression.left), pathIn(expression.right)];
  const literal = literalIn(expression.right);
  const operation = OPERATIONS[expression.operator];
  if (!left || !operation || (right === null && literal === null)) return null;
  const { operator, is } = operation;
  return { left, operator, right, literal: literal ?? true, wanted: wanted === is };
}

/** Each operator as one of few. */
const OPERATIONS: Readonly<
  Partial<Record<BinaryOperator, { readonly operator: Comparison["operator"]; readonly is: boolean }>>
> = {
  "==": { operator: "==", is: true },
  "!=": { operator: "==", is: false },
  "<": { operator: "<", is: true },
  ">=": { operator: "<", is: false },
  "<=": { operator: "<=", is: true },
  ">": { operator: "<=", is: false },
};

function pathIn(of: Expression): Path | null {
  const expression = unwrap(of);
  return expression.kind === "attribute" ? pathOf(expression.target, expression.name.value) : null;
}

function literalIn(of: Expression): Value | null {
  const expression = unwrap(of);
  const { kind } = expression;
  return kind === "long" || kind === "string" || kind === "bool" ? expression.value : null;
}
