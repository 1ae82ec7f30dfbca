import type { EntityTable, Resident } from "./entity-table";
import type { Range } from "../syntax/problem";
import type { Request } from "../data/request";
import { EntityValue, type RecordValue, typeNameOf, type Value } from "../values/value";

let frames = 0;

/**
 * What an expression is evaluated against: the request, and the entities as they were when it was asked.
 * https://docs.cedarpolicy.com/auth/authorization.html
 */
export class Frame implements Request {
  readonly principal: EntityValue;
  readonly action: EntityValue;
  readonly resource: EntityValue;
  readonly context: RecordValue;
  /** What is known of them; undefined for nothing. */
  readonly principalData: Resident | undefined;
  readonly resourceData: Resident | undefined;
  /** No two frames have the same: it counts to 2^53, which takes centuries. */
  readonly serial = (frames += 1);

  constructor(
    request: Request,
    readonly entities: EntityTable,
  ) {
    this.principal = request.principal;
    this.action = request.action;
    this.resource = request.resource;
    this.context = request.context;
    this.principalData = entities.find(request.principal);
    this.resourceData = entities.find(request.resource);
  }
}

/** An expression that was compiled. @throws EvaluationError */
export type Evaluate = (frame: Frame) => Value;

/**
 * Why an expression has no value. Each place that can fail has one error and throws it again and again, so that a policy
 * that errs costs no stack trace; whoever catches it reads it before anything else is evaluated.
 */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";

  constructor(readonly range: Range) {
    super("");
  }

  because(message: string): this {
    this.message = message;
    return this;
  }
}

/** An expression that always fails. */
export function failing(range: Range, message: string): Evaluate {
  const error = new EvaluationError(range);
  return () => {
    throw error.because(message);
  };
}

/** `expected a long, found a string`: without the value, which may be long, or nobody's business. */
export function expects(expected: string, found: Value): string {
  const type = typeNameOf(found);
  return `expected ${expected}, found ${found instanceof EntityValue ? `an entity of type ${type}` : type}`;
}
