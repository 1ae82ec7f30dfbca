import { type Capabilities, NOTHING } from "./capabilities";
import type { Environment, World } from "./environments";
import type { Expression } from "../syntax/syntax";
import { type EntityUid, writeUid, isActionType } from "../values/uid";
import {
  type Typing,
  type Checker,
  type Expectation,
  failed,
  type Finding,
  type Hint,
  INTEGER,
  sound,
  TEXT,
} from "./typing";
import { checkAttribute, checkHas } from "./typecheck-attributes";
import { checkCall, checkMethod } from "./typecheck-extensions";
import { checkAnd, checkIf, checkNot, checkOr, conjoin } from "./typecheck-logic";
import { checkArithmetic, checkEquality, checkIn, checkIs, checkOrder } from "./typecheck-relations";
import { checkRecord, checkSet } from "./typecheck-sets";
import { BOOL, type Checked, FALSE, LONG, singleton, STRING, TRUE } from "./types";
import { writeType } from "../schema/write-type";

type Binary = Extract<Expression, { kind: "binary" }>;

/**
 * Gives every expression a type in one request environment, by the strict rules. What is out of reach there, after a
 * condition that is never true, is left out.
 * https://docs.cedarpolicy.com/policies/validation.html
 */
export class Typecheck implements Checker {
  constructor(
    readonly world: World,
    readonly environment: Environment,
    readonly report: (finding: Finding) => void,
  ) {}

  /** Conditions that must all hold, each where those before it do. They are many, so that this is no recursion. */
  conjunction(conditions: readonly Expression[]): Typing {
    let typing = sound(TRUE);
    for (const condition of conditions) typing = conjoin(this, typing, condition, NOTHING);
    return typing;
  }

  expect(expression: Expression, known: Capabilities, { names, accepts }: Expectation, hint?: Hint): Typing {
    const typing = this.check(expression, known);
    if (!typing.type) return failed();
    if (accepts(typing.type)) return typing;
    const instead = hint?.(typing.type) ?? null;
    this.report({
      code: "type.mismatch",
      message: `expected ${names.join(" or ")}, but this is ${writeType(typing.type)}${instead === null ? "" : `; ${instead}`}`,
      range: expression,
      expected: names,
    });
    return failed();
  }

  check(expression: Expression, known: Capabilities): Typing {
    switch (expression.kind) {
      case "bool":
        return sound(singleton(expression.value));
      case "long":
        return sound(LONG);
      case "string":
        return sound(STRING);
      case "entity":
        return this.#entity(expression.value);
      case "variable":
        return sound(this.#variable(expression.name));
      case "slot":
        return sound(this.#variable(expression.name === "?principal" ? "principal" : "resource"));
      case "paren":
        return this.check(expression.inner, known);
      case "not":
        return checkNot(this, expression.operand, known);
      case "negate":
        this.expect(expression.operand, known, INTEGER);
        return sound(LONG);
      case "binary":
        return this.#binary(expression, known);
      case "if":
        return checkIf(this, expression, known);
      case "has":
        return checkHas(this, expression, known);
      case "like":
        this.expect(expression.target, known, TEXT, askWithIs);
        return sound(BOOL);
      case "is":
        return checkIs(this, expression, known);
      case "attribute":
        return checkAttribute(this, expression, known);
      case "method":
        return checkMethod(this, expression, known);
      case "call":
        return checkCall(this, expression, known);
      case "set":
        return checkSet(this, expression, known);
      case "record":
        return checkRecord(this, expression, known);
      case "hole":
        return failed();
    }
  }

  #binary(expression: Binary, known: Capabilities): Typing {
    switch (expression.operator) {
      case "&&":
        return checkAnd(this, expression, known);
      case "||":
        return checkOr(this, expression, known);
      case "==":
        return checkEquality(this, expression, known);
      case "!=":
        return inverse(checkEquality(this, expression, known));
      case "<":
      case "<=":
      case ">":
      case ">=":
        return checkOrder(this, expression, known);
      case "in":
        return checkIn(this, expression, known);
      case "+":
      case "-":
      case "*":
        return checkArithmetic(this, expression, known);
    }
  }

  /** Entities of unknown types and unknown actions have no type; `validate-names.ts` tells of them. */
  #entity(uid: EntityUid): Typing {
    const { actions, entityTypes } = this.world.schema;
    const isKnown = isActionType(uid.type) ? actions.has(writeUid(uid)) : entityTypes.has(uid.type);
    return isKnown ? sound({ kind: "entity", name: uid.type }) : failed();
  }

  #variable(name: "principal" | "action" | "resource" | "context"): Checked {
    const { principal, action, resource, context } = this.environment;
    if (name === "context") return context;
    return { kind: "entity", name: { principal, action: action.type, resource }[name] };
  }
}

const askWithIs: Hint = ({ kind }) => (kind === "entity" ? "the type of an entity is asked with `is`" : null);

/** The typing of the opposite. */
function inverse(typing: Typing): Typing {
  if (typing.type?.kind === "true") return { ...typing, type: FALSE };
  return typing.type?.kind === "false" ? { ...typing, type: TRUE } : typing;
}
