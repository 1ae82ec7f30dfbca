import type { CompiledPolicy } from "./compile-policy";
import type { Frame } from "./evaluation";
import { NO_GUARD } from "./guards";
import { literalNumberAt, UNREADABLE } from "./path";

/** Takes one policy after the other, with how many of its first conditions are known to hold. */
export interface Visitor {
  visit(policy: CompiledPolicy, known: number): void;
}

/**
 * As `Rows`, but of policies whose scope is settled: it fits some request, and all that are alike. They are sorted by the
 * literal of the first guard too, so that those that are met are found by bisection among however many.
 * https://docs.cedarpolicy.com/auth/authorization.html
 */
export class Candidates {
  /** By the path and the literal of the first guard; those without one come last. */
  readonly #policies: readonly CompiledPolicy[];
  /** How many have a guard. */
  readonly #size: number;
  /**
   * The number of the first guard's literal of each; then the path of the second one, and its literal. Behind them each
   * path of a first guard, and the row after the last one that it guards.
   */
  readonly #cells: Int32Array;

  constructor(policies: readonly CompiledPolicy[]) {
    const guarded = policies.filter(({ guards }) => guards.length > 0).sort(byFirstGuard);
    this.#policies = [...guarded, ...policies.filter(({ guards }) => guards.length === 0)];
    this.#size = guarded.length;
    const columns = [
      ...guarded.map(({ guards: [first] }) => first?.number ?? NO_GUARD),
      ...guarded.map(({ guards: [, second] }) => second?.path.number ?? NO_GUARD),
      ...guarded.map(({ guards: [, second] }) => second?.number ?? NO_GUARD),
    ];
    const paths = guarded.map(({ guards: [first] }) => first?.path.number ?? NO_GUARD);
    const runs = paths.flatMap((path, row) => (path === paths[row + 1] ? [] : [path, row + 1]));
    this.#cells = Int32Array.from([...columns, ...runs]);
  }

  /** Shows a visitor all that may hold or fail. */
  visit(frame: Frame, visitor: Visitor): void {
    let row = 0;
    for (let run = 3 * this.#size; run < this.#cells.length; run += 2) {
      const end = this.#cells[run + 1] as number;
      const found = literalNumberAt(this.#cells[run] as number, frame);
      // Where the path cannot be read, each of them fails.
      if (found === UNREADABLE) this.#showAll(row, end, visitor);
      else this.#showEqual(found, row, end, frame, visitor);
      row = end;
    }
    this.#showAll(row, this.#policies.length, visitor);
  }

  #showAll(from: number, to: number, visitor: Visitor): void {
    for (let row = from; row < to; row += 1) visitor.visit(this.#policies[row] as CompiledPolicy, 0);
  }

  #showEqual(literal: number, from: number, to: number, frame: Frame, visitor: Visitor): void {
    const size = this.#size;
    for (let row = this.#firstAtLeast(literal, from, to); row < to && this.#cells[row] === literal; row += 1) {
      const path = this.#cells[size + row] as number;
      const second = path === NO_GUARD ? NO_GUARD : literalNumberAt(path, frame);
      const policy = this.#policies[row] as CompiledPolicy;
      if (second === this.#cells[2 * size + row]) visitor.visit(policy, path === NO_GUARD ? 1 : 2);
      else if (second === UNREADABLE) visitor.visit(policy, 0);
    }
  }

  /** The first row whose literal has such a number, or a greater one. */
  #firstAtLeast(literal: number, from: number, to: number): number {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#cells[middle] as number) < literal) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function byFirstGuard({ guards: [a] }: CompiledPolicy, { guards: [b] }: CompiledPolicy): number {
  return (a?.path.number ?? 0) - (b?.path.number ?? 0) || (a?.number ?? 0) - (b?.number ?? 0);
}
