import type { ActionScope, EntityScope, Expression, Policy } from "./syntax";

/**
 * What the scope of a policy asks, as the expressions that would ask it in a condition.
 * https://docs.cedarpolicy.com/policies/syntax-policy.html#term-policy-scope
 */
export function scopeExpressions({ principal, action, resource }: Policy): Expression[] {
  return [...entityExpressions(principal), ...actionExpressions(action), ...entityExpressions(resource)];
}

/** What the conditions of a policy ask: `unless` asks for the opposite. */
export function conditionExpressions({ conditions }: Policy): Expression[] {
  return conditions.map(({ kind, body, start, end }) =>
    kind === "when" ? body : { kind: "not", operand: body, start, end },
  );
}

function entityExpressions({
  variable,
  entityType,
  typeRange,
  target,
  operator,
  start,
  end,
}: EntityScope): Expression[] {
  const self: Expression = { kind: "variable", name: variable, start, end };
  const asked: Expression[] = [];
  if (entityType !== null && typeRange) {
    asked.push({ kind: "is", target: self, entityType, typeRange, parent: null, start, end });
  }
  if (target) {
    const { start: from, end: to, value } = target;
    const right: Expression = value
      ? { kind: "entity", value, start: from, end: to }
      : { kind: "slot", name: `?${variable}`, start: from, end: to };
    asked.push(relation(self, operator === "==" ? "==" : "in", right));
  }
  return asked;
}

function actionExpressions({ operator, targets, start, end }: ActionScope): Expression[] {
  if (operator === "any") return [];
  const self: Expression = { kind: "variable", name: "action", start, end };
  const entities = targets.map(
    (target): Expression => ({ kind: "entity", value: target.value, start: target.start, end: target.end }),
  );
  if (operator === "in list") return [relation(self, "in", { kind: "set", elements: entities, start, end })];
  return entities.map((entity) => relation(self, operator, entity));
}

function relation(left: Expression, operator: "==" | "in", right: Expression): Expression {
  const range = { start: left.start, end: left.end };
  return { kind: "binary", operator, operatorRange: range, left, right, ...range };
}
