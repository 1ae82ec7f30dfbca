import { compile } from "./compile";
import type { CompiledPolicy } from "./compile-policy";
import type { Epoch } from "./engine";
import { EvaluationError, expects, type Frame } from "./evaluation";
import { writeExtension } from "../values/extension-values";
import type { TraceFailure, TraceStep } from "./answer";
import { type ActionScope, type EntityScope, type Expression, unwrap } from "../syntax/syntax";
import { writeUid } from "../values/uid";
import { partsOf } from "../syntax/walk";
import { type Names, type Value, writeValue } from "../values/value";

/**
 * What became of every policy: satisfied, or the first part of it that was not true, with what it saw.
 * https://docs.cedarpolicy.com/auth/authorization.html
 */
export function tracePolicies(epoch: Epoch, frame: Frame): TraceStep[] {
  return [...epoch.policies.values()].map((policy) => tracePolicy(policy, frame, epoch.names));
}

function tracePolicy(policy: CompiledPolicy, frame: Frame, names: Names): TraceStep {
  const step = { policyId: policy.id, effect: policy.effect };
  const tracer = new Tracer(policy.text, frame, names);
  const scope = scopeThatFails(policy, frame);
  if (scope) {
    const saw = [{ expression: scope.variable, value: writeUid(frame[scope.variable]) }];
    return { ...step, outcome: "not satisfied", failed: { start: scope.start, end: scope.end, saw, message: null } };
  }
  for (const { kind, body } of policy.policy.conditions) {
    const value = tracer.valueOf(body);
    if (value === (kind === "when")) continue;
    if (typeof value === "boolean") {
      return { ...step, outcome: "not satisfied", failed: tracer.explain(tracer.reasonFor(body, value)) };
    }
    const wrong = value instanceof EvaluationError ? null : expects("a bool", value);
    return { ...step, outcome: "error", failed: tracer.explain(body, wrong) };
  }
  return { ...step, outcome: "satisfied", failed: null };
}

function scopeThatFails({ policy, scope }: CompiledPolicy, frame: Frame): EntityScope | ActionScope | null {
  if (!scope.principal.fits(frame)) return policy.principal;
  if (!scope.action.fits(frame)) return policy.action;
  return scope.resource.fits(frame) ? null : policy.resource;
}

class Tracer {
  constructor(
    private readonly text: string,
    private readonly frame: Frame,
    private readonly names: Names,
  ) {}

  valueOf(expression: Expression): Value | EvaluationError {
    try {
      return compile(expression, this.names)(this.frame);
    } catch (error) {
      if (error instanceof EvaluationError) return error;
      throw error;
    }
  }

  /** The innermost part that made an expression what it is: the first side of `&&` that is false, the branch taken. */
  reasonFor(expression: Expression, value: boolean): Expression {
    const inner = unwrap(expression);
    if (inner.kind === "not") return this.reasonFor(inner.operand, !value);
    if (inner.kind === "if") {
      const isMet = this.valueOf(inner.condition) === true;
      return this.reasonFor(isMet ? inner.consequent : inner.alternative, value);
    }
    if (inner.kind !== "binary") return inner;
    // One side settles it: a false one of `&&`, a true one of `||`. Otherwise both are needed to see why.
    if (inner.operator === (value ? "||" : "&&")) {
      return this.reasonFor(this.valueOf(inner.left) === value ? inner.left : inner.right, value);
    }
    return inner;
  }

  /** Where an expression has no value, its error tells why; where it has a wrong one, what is wrong. */
  explain(expression: Expression, wrong: string | null = null): TraceFailure {
    const value = this.valueOf(expression);
    const error = value instanceof EvaluationError ? value : null;
    const saw = new Map<string, string>();
    for (const read of readsOf(expression)) {
      const found = this.valueOf(read);
      const written = this.text.slice(read.start, read.end);
      saw.set(
        written,
        found instanceof EvaluationError ? `error: ${found.message}` : writeValue(found, writeExtension),
      );
    }
    const { start, end } = error ? error.range : expression;
    const message = error ? error.message : wrong;
    return { start, end, saw: [...saw].map(([written, shown]) => ({ expression: written, value: shown })), message };
  }
}

/** The parts of an expression that read something: variables, and the longest chains of attributes and tags on them. */
function readsOf(expression: Expression): Expression[] {
  const isTag = expression.kind === "method" && expression.name.value === "getTag";
  if (expression.kind === "variable" || expression.kind === "attribute" || isTag) return [expression];
  return partsOf(expression).flatMap(readsOf);
}
