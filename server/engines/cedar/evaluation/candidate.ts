import type { CompiledPolicy } from "./compile-policy";
import type { Frame } from "./evaluation";
import type { Guard } from "./guards";
import type { Path } from "./path";
import type { EntityValue, Value } from "../values/value";

/**
 * A policy as the index keeps it: what tells at first sight that it does not hold, side by side in memory, since of most
 * policies that a request meets nothing else is ever read.
 */
export class Candidate {
  readonly path: Path | null;
  readonly literal: Value | null;
  readonly #secondPath: Path | null;
  readonly #secondLiteral: Value | null;
  readonly #principal: EntityValue | null;
  readonly #principalType: string | null;
  readonly #action: EntityValue | null;
  readonly #resource: EntityValue | null;
  readonly #resourceType: string | null;
  /** Whether the index has it at several places. */
  readonly isRepeated: boolean;

  constructor(readonly policy: CompiledPolicy) {
    const [first, second]: readonly Guard[] = policy.guards;
    this.path = first?.path ?? null;
    this.literal = first?.literal ?? null;
    this.#secondPath = second?.path ?? null;
    this.#secondLiteral = second?.literal ?? null;
    const { principal, principalType, action, resource, resourceType } = policy.beyondKeys;
    this.#principal = principal;
    this.#principalType = principalType;
    this.#action = action;
    this.#resource = resource;
    this.#resourceType = resourceType;
    this.isRepeated = policy.actionKeys.length > 1;
  }

  /** Whether the scope fits whole, where its keys do. */
  fits({ principal, action, resource }: Frame): boolean {
    return (
      (this.#principal === null || this.#principal === principal) &&
      (this.#action === null || this.#action === action) &&
      (this.#resource === null || this.#resource === resource) &&
      (this.#principalType === null || this.#principalType === principal.type) &&
      (this.#resourceType === null || this.#resourceType === resource.type)
    );
  }

  /** Whether the guards leave it open that the policy holds or fails. */
  mayMatter(frame: Frame): boolean {
    if (this.path === null) return true;
    const value = this.path.valueIn(frame);
    // Where the first one fails, the policy does, whatever the second one is.
    if (value === undefined) return true;
    if (value !== this.literal) return false;
    if (this.#secondPath === null) return true;
    const second = this.#secondPath.valueIn(frame);
    return second === undefined || second === this.#secondLiteral;
  }

  /** Whether every condition of the policy holds. @throws EvaluationError */
  holds(frame: Frame): boolean {
    const value = this.path?.valueIn(frame);
    if (this.path !== null && value === undefined) return this.policy.holds(frame);
    if (this.path !== null && value !== this.literal) return false;
    const second = this.#secondPath?.valueIn(frame);
    if (this.#secondPath !== null && second === undefined) return this.policy.holds(frame);
    return (this.#secondPath === null || second === this.#secondLiteral) && this.policy.holdsBeyondGuards(frame);
  }
}
