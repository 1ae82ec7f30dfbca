import type { Candidate } from "./candidate";
import { Candidates, type Visitor } from "./candidates";
import type { Frame } from "./evaluation";
import type { PolicyIndex } from "./policy-index";

/** A power of two. Every entry may be in one of two places; a third takes that of the second. */
const PLACES = 2 ** 14;

/** The number of an entity that no scope names. */
const NOT_NAMED = -1;

/** What scopes can ask of the entities of a request: the numbers of their memberships, and those of themselves if named. */
class Alike {
  readonly principal: number;
  readonly action: number;
  readonly resource: number;
  readonly principalName: number;
  readonly actionName: number;
  readonly resourceName: number;

  constructor({ principal, action, resource, entities }: Frame, index: PolicyIndex) {
    this.principal = entities.membershipOf(principal).id;
    this.action = entities.membershipOf(action).id;
    this.resource = entities.membershipOf(resource).id;
    this.principalName = index.hasNamed(principal) ? principal.handle : NOT_NAMED;
    this.actionName = index.hasNamed(action) ? action.handle : NOT_NAMED;
    this.resourceName = index.hasNamed(resource) ? resource.handle : NOT_NAMED;
  }

  equals(other: Alike): boolean {
    return (
      this.principal === other.principal &&
      this.resource === other.resource &&
      this.actionName === other.actionName &&
      this.action === other.action &&
      this.principalName === other.principalName &&
      this.resourceName === other.resourceName
    );
  }

  /** A place in the cache; those of numbers that are near to each other are far apart. */
  place(): number {
    const who = Math.imul(this.principal, 0x9e3779b1) ^ Math.imul(this.principalName, 0x85ebca6b);
    const what = Math.imul(this.resource, 0xc2b2ae35) ^ Math.imul(this.resourceName, 0x27d4eb2f);
    const mixed = who ^ (what + Math.imul(this.actionName + this.action, 0x165667b1));
    return Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 18;
  }
}

interface Entry {
  readonly alike: Alike;
  /** Null until such a request comes again: sorting costs more than one visit, and of a large world many come once. */
  candidates: Candidates | null;
}

/**
 * The policies whose scope fits a request, found in the index once for all requests that are alike: a scope can ask for an
 * entity's type, its groups and its name, so that entities of one type and membership are alike, but for those that some
 * scope names. It holds for one index, and for as long as no group changes.
 * https://docs.cedarpolicy.com/policies/syntax-policy.html
 */
export class ScopeCache {
  readonly #entries: (Entry | undefined)[] = new Array<Entry | undefined>(PLACES).fill(undefined);

  constructor(private readonly index: PolicyIndex) {}

  /** Shows a visitor all policies that fit the request and may hold or fail, and few others. */
  visit(frame: Frame, visitor: Visitor): void {
    const alike = new Alike(frame, this.index);
    const entry = this.#find(alike);
    if (entry) {
      entry.candidates ??= new Candidates(this.#all(frame).filter((candidate) => candidate.fits(frame)));
      entry.candidates.visit(frame, visitor);
      return;
    }
    for (const candidate of this.#all(frame)) {
      if (candidate.mayMatter(frame) && candidate.fits(frame)) visitor.visit(candidate);
    }
  }

  #all(frame: Frame): Candidate[] {
    return this.index.candidatesFor(frame, frame.entities);
  }

  /** The entry of requests like this one; null for the first of them, which makes it. */
  #find(alike: Alike): Entry | null {
    const place = alike.place();
    const first = this.#entries[place];
    if (first?.alike.equals(alike)) return first;
    const second = this.#entries[place ^ 1];
    if (second?.alike.equals(alike)) return second;
    this.#entries[first ? place ^ 1 : place] = { alike, candidates: null };
    return null;
  }
}
