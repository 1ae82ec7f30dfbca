import { type Path, pathOf } from "./path";
import { type Expression, unwrap } from "../syntax/syntax";
import { type Names, shared, type Value } from "../values/value";
import type { Part } from "../syntax/walk";

/** `path == literal`, where equal values are the same: no sets, records or values of extensions. */
export interface Guard {
  readonly path: Path;
  readonly literal: Value;
  /** The literal's. */
  readonly number: number;
}

/** In the place of the number of a path, or of a literal: there is no such guard. */
export const NO_GUARD = -2;

/** So many guards of a policy are used: the first ones tell most. */
const MOST = 2;

/**
 * What conditions ask before anything else: the leading comparisons of attributes with literals. Where one of them is not
 * so, the policy does not hold and does not fail either, for nothing behind it is looked at.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html
 */
export function guardsOf(parts: readonly Part[], names: Names): Guard[] {
  const guards: Guard[] = [];
  for (const { expression, wanted } of parts) {
    const guard = wanted && guards.length < MOST ? guardOf(expression, names) : null;
    if (!guard) break;
    guards.push(guard);
  }
  return guards;
}

function guardOf(of: Expression, names: Names): Guard | null {
  const expression = unwrap(of);
  if (expression.kind !== "binary" || expression.operator !== "==") return null;
  const [left, right] = [unwrap(expression.left), unwrap(expression.right)];
  const path = left.kind === "attribute" ? pathOf(left.target, left.name.value) : null;
  const literal = literalOf(right, names);
  if (!path || literal === null) return null;
  return { path, literal, number: names.numbers.ofLiteral(literal) };
}

function literalOf(expression: Expression, names: Names): Value | null {
  switch (expression.kind) {
    case "string":
    case "bool":
    case "long":
      return shared(expression.value);
    case "entity":
      return names.of(expression.value.type, expression.value.id);
    default:
      return null;
  }
}
