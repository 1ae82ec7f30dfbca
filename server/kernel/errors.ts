import type { Action } from "./actions";
import type { Resource } from "./context";

/** What went wrong, in one word that each transport translates once: to a tRPC code, an HTTP status, an exit code. */
export type Fault =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "missing"
  | "conflict"
  | "gone"
  | "limited"
  | "unavailable";

/** The one translation of a fault into an HTTP status (RFC 9110, 15.5 and 15.6), for whoever answers over HTTP. */
export const HTTP_STATUS: Readonly<Record<Fault, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  limited: 429,
  unavailable: 503,
};

/**
 * The only kind of error a verb throws. `code` is stable, `message` is safe to show, starts lower case, has no full
 * stop and says what would be accepted; `facts` are safe machine-readable values. Anything else is a bug.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly fault: Fault;
  readonly facts: Readonly<Record<string, unknown>> = {};

  override get name() {
    return this.constructor.name;
  }

  /** A port may throw from another bundle of this process, which has a class of its own: the shape decides. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== DomainError) return Function.prototype[Symbol.hasInstance].call(this, value);
    return value instanceof Error && "code" in value && "fault" in value && "facts" in value;
  }
}

/** `Retry-After` (RFC 9110, 10.2.3) of what will pass, in seconds; undefined for what will not. */
export function retryAfterOf({ fault, facts }: DomainError): string | undefined {
  if (fault !== "limited" && fault !== "unavailable") return undefined;
  return typeof facts.retryAfterSeconds === "number" ? String(Math.ceil(facts.retryAfterSeconds)) : "5";
}

/** The policy in force does not allow it. Says which rule decided, and who could. */
export class Forbidden extends DomainError {
  readonly code = "kernel.forbidden";
  readonly fault = "forbidden";
  override readonly facts;

  constructor(
    readonly action: Action,
    readonly resource: Resource,
    readonly reason: string,
  ) {
    super(`${action} on ${describe(resource)} is not allowed: ${reason}`);
    this.facts = { action, resourceType: resource.type, reason };
  }
}

/** Nobody is signed in, or the proof of identity has ended. */
export class Unauthenticated extends DomainError {
  readonly code = "kernel.unauthenticated";
  readonly fault = "unauthenticated";

  constructor(message = "sign in first") {
    super(message);
  }
}

/** What a stranger asked for is refused, like too much before it from their network; nothing more is written about it. */
export class TooManyRefusals extends DomainError {
  readonly code = "kernel.too_many_refusals";
  readonly fault = "limited";
  override readonly facts;

  constructor(waitMs: number) {
    const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
    super(`this is refused, like too many requests before it from your network; try again in ${retryAfterSeconds} s`);
    this.facts = { retryAfterSeconds };
  }
}

/** What was decided could not be written down, so it is not told. `cause` is for those who run this. */
export class DecisionNotLogged extends DomainError {
  readonly code = "kernel.decision_not_logged";
  readonly fault = "unavailable";

  constructor(cause: unknown) {
    super("the decision could not be written to the log, and is therefore not told; try again in a few seconds");
    this.cause = cause;
  }
}

/** The thing is not there, or may not be seen. */
export class Missing extends DomainError {
  readonly code = "kernel.missing";
  readonly fault = "missing";

  constructor(what: string, which: string) {
    super(`there is no ${what} "${which}"`);
  }
}

function describe(resource: Resource): string {
  return resource.id === "*" ? `every ${resource.type}` : `${resource.type} "${resource.name ?? resource.id}"`;
}
