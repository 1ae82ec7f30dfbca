import type { Candidate } from "./candidate";
import type { Frame } from "./evaluation";
import type { Path } from "./path";
import type { Value } from "../values/value";

/** Policies whose first guard asks for the same path. */
interface Cases {
  readonly path: Path;
  readonly all: readonly Candidate[];
  readonly byLiteral: ReadonlyMap<Value, readonly Candidate[]>;
}

/** Takes one policy after the other. */
export interface Visitor {
  visit(candidate: Candidate): void;
}

/** The policies whose scope fits some request, sorted by what their first guard asks. */
export class Candidates {
  readonly #cases: readonly Cases[];
  readonly #others: readonly Candidate[];

  constructor(all: readonly Candidate[]) {
    const byPath = new Map<Path, { path: Path; all: Candidate[]; byLiteral: Map<Value, Candidate[]> }>();
    for (const candidate of all) {
      const { path, literal } = candidate;
      if (path === null || literal === null) continue;
      const cases = byPath.get(path) ?? { path, all: [], byLiteral: new Map<Value, Candidate[]>() };
      byPath.set(path, cases);
      cases.all.push(candidate);
      cases.byLiteral.set(literal, [...(cases.byLiteral.get(literal) ?? []), candidate]);
    }
    this.#cases = [...byPath.values()];
    this.#others = all.filter(({ path }) => path === null);
  }

  /** Shows a visitor all that may hold or fail, and few others. */
  visit(frame: Frame, visitor: Visitor): void {
    for (const { path, all, byLiteral } of this.#cases) {
      const value = path.valueIn(frame);
      // Where the path cannot be read, each of them fails.
      const found = value === undefined ? all : byLiteral.get(value);
      if (found) for (const candidate of found) visitor.visit(candidate);
    }
    for (const candidate of this.#others) visitor.visit(candidate);
  }
}
