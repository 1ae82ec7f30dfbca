import type { CompiledPolicy } from "./compile-policy";
import type { Frame } from "./evaluation";
import { NO_GUARD } from "./guards";
import { isFitting, type Key, type Keyed } from "./keys";
import { literalNumberAt, UNREADABLE } from "./path";

/** A variable after the other by whose key policies are sorted. */
export const LEVELS = ["principal", "action", "resource"] as const;

/** What the keys of scopes are asked of, as in `LEVELS`; null for a variable that is not known, for which every key fits. */
export type KeyedRequest = readonly [principal: Keyed | null, action: Keyed | null, resource: Keyed | null];

/** In the place of a key: there are several, or none. */
const NOT_ONE = -(2 ** 31);

/**
 * Some policies, and side by side in memory what tells at first sight that they do not matter to a request: the numbers of
 * their guards and the keys of their scopes. Of most policies that a request meets nothing else is ever read.
 * https://docs.cedarpolicy.com/auth/authorization.html
 */
export class Rows {
  /** By the path of the first guard. */
  readonly policies: readonly CompiledPolicy[];
  /**
   * A column after the other: the literal of the first guard, path and literal of the second, keys of the levels. Behind
   * them each path of a first guard, and the row after the last that it guards.
   */
  readonly #cells: Int32Array;

  constructor(
    policies: readonly CompiledPolicy[],
    /** Keys of levels before this one are known to fit. */
    private readonly level: number,
  ) {
    this.policies = policies.toSorted((a, b) => firstPath(a) - firstPath(b));
    const columns = COLUMNS.flatMap((numberOf) => this.policies.map(numberOf));
    const paths = this.policies.map(firstPath);
    const runs = paths.flatMap((path, row) => (path === paths[row + 1] ? [] : [path, row + 1]));
    this.#cells = Int32Array.from([...columns, ...runs]);
  }

  /** Adds the policies whose keys fit; with a frame, only those that may hold or fail for all that their guards tell. */
  find(known: KeyedRequest, frame: Frame | null, found: CompiledPolicy[]): void {
    let row = 0;
    for (let run = this.policies.length * COLUMNS.length; run < this.#cells.length; run += 2) {
      const [path, end] = [this.#cells[run] as number, this.#cells[run + 1] as number];
      const literal = frame === null || path === NO_GUARD ? UNREADABLE : literalNumberAt(path, frame);
      for (; row < end; row += 1) {
        // Where the first guard cannot be read, the policy fails, whatever the second one is.
        const isOpen = literal === UNREADABLE || (this.#cells[row] === literal && this.#isOpen(row, frame as Frame));
        if (isOpen && this.#fits(row, known)) found.push(this.policies[row] as CompiledPolicy);
      }
    }
  }

  #isOpen(row: number, frame: Frame): boolean {
    const { length } = this.policies;
    const path = this.#cells[length + row] as number;
    if (path === NO_GUARD) return true;
    const literal = literalNumberAt(path, frame);
    return literal === UNREADABLE || literal === this.#cells[2 * length + row];
  }

  #fits(row: number, known: KeyedRequest): boolean {
    const { length } = this.policies;
    for (let level = this.level; level < LEVELS.length; level += 1) {
      const [keyed, key] = [known[level] as Keyed | null, this.#cells[(3 + level) * length + row] as number];
      if (keyed === null) continue;
      if (key === NOT_ONE ? !this.#fitsSome(row, level, keyed) : !isFitting(key, keyed)) return false;
    }
    return true;
  }

  #fitsSome(row: number, level: number, keyed: Keyed): boolean {
    return keysAt(this.policies[row] as CompiledPolicy, level).some((key) => isFitting(key, keyed));
  }
}

/** The keys of a policy for a level: one, but for several actions. */
export function keysAt({ scope }: CompiledPolicy, level: number): readonly Key[] {
  const variable = LEVELS[level];
  if (!variable) return [];
  return variable === "action" ? scope.action.keys : [scope[variable].key];
}

/** What is kept of each policy, in this order. */
const COLUMNS: readonly ((policy: CompiledPolicy) => number)[] = [
  ({ guards: [first] }) => first?.number ?? NO_GUARD,
  ({ guards: [, second] }) => second?.path.number ?? NO_GUARD,
  ({ guards: [, second] }) => second?.number ?? NO_GUARD,
  ...LEVELS.map((_, level) => (policy: CompiledPolicy) => {
    const [key, ...more] = keysAt(policy, level);
    return key === undefined || more.length > 0 ? NOT_ONE : key;
  }),
];

function firstPath({ guards: [first] }: CompiledPolicy): number {
  return first?.path.number ?? NO_GUARD;
}
