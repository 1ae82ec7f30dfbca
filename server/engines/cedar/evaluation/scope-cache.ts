import { Candidates, type Visitor } from "./candidates";
import type { CompiledPolicy } from "./compile-policy";
import type { Frame } from "./evaluation";
import type { PolicyIndex } from "./policy-index";

/** Powers of two: so many places there are at first, and at most. */
const [LEAST, MOST] = [2 ** 8, 2 ** 14];

/** Requests may be in any of so many places side by side. */
const WAYS = 4;

/** In the place of the handle of an entity that no scope names. */
const NOT_NAMED = -1;

/** Requests are told apart by so many numbers: the memberships of their three entities, and handles where scopes name them. */
const NUMBERS = 6;

/**
 * The policies whose scope fits a request, found in the index once for all requests that are alike: a scope can ask for an
 * entity's type, its groups and its name, so that entities of one type and membership are alike, but for those that some
 * scope names. It holds for one index, and for as long as memberships mean the same groups (`EntityTable.isGroupedAs`).
 * https://docs.cedarpolicy.com/policies/syntax-policy.html
 */
export class ScopeCache {
  /** The numbers of the request that is asked about now. */
  readonly #asked = new Int32Array(NUMBERS);
  /** The same of those that have a place; zeros where nobody has. */
  #taken = new Int32Array(LEAST * NUMBERS);
  /** How many places are taken, and whose turn it is to give theirs. */
  #count = 0;
  #turn = 0;
  /** Made when a request comes again: sorting costs more than one visit, and of a large world many come once. */
  #candidates = new Array<Candidates | undefined>(LEAST).fill(undefined);

  constructor(private readonly index: PolicyIndex) {}

  /** Shows a visitor all policies that fit the request and may hold or fail, and few others. */
  visit(frame: Frame, visitor: Visitor): void {
    const place = this.#enter(frame);
    if (place === null) {
      for (const policy of this.#find(frame, frame)) visitor.visit(policy, 0);
      return;
    }
    const candidates = (this.#candidates[place] ??= new Candidates(this.#find(frame, null)));
    candidates.visit(frame, visitor);
  }

  #find(frame: Frame, guarding: Frame | null): CompiledPolicy[] {
    const { principal, principalData, action, resource, resourceData, entities } = frame;
    const known = [
      entities.keyed(principal, principalData),
      entities.keyed(action),
      entities.keyed(resource, resourceData),
    ] as const;
    return this.index.find(known, guarding).filter((policy) => policy.fitsTypes(frame));
  }

  /** The place of requests like this one; null for the first of them, for which one is taken. */
  #enter({ principal, principalData, action, resource, resourceData, entities }: Frame): number | null {
    const asked = this.#asked;
    // From 1, for 0 is a free place.
    asked[0] = entities.membershipOf(principal, principalData).id + 1;
    asked[1] = entities.membershipOf(action).id;
    asked[2] = entities.membershipOf(resource, resourceData).id;
    asked[3] = this.index.hasNamed(principal) ? principal.handle : NOT_NAMED;
    asked[4] = this.index.hasNamed(action) ? action.handle : NOT_NAMED;
    asked[5] = this.index.hasNamed(resource) ? resource.handle : NOT_NAMED;
    const from = placeOf(asked) & (this.#candidates.length - WAYS);
    for (let place = from; place < from + WAYS; place += 1) {
      if (this.#isAt(place)) return place;
      if (this.#isTaken(place)) continue;
      this.#count += 1;
      this.#take(place);
      return null;
    }
    this.#turn = (this.#turn + 1) % WAYS;
    this.#take(from + this.#turn);
    return null;
  }

  #isTaken(place: number): boolean {
    return this.#taken[place * NUMBERS] !== 0;
  }

  #take(place: number): void {
    const places = this.#candidates.length;
    if (this.#count > places / 4 && places < MOST) return this.#grow(places * 4);
    this.#taken.set(this.#asked, place * NUMBERS);
    this.#candidates[place] = undefined;
  }

  /** Forgets everything, for more places. */
  #grow(places: number): void {
    this.#taken = new Int32Array(places * NUMBERS);
    this.#candidates = new Array<Candidates | undefined>(places).fill(undefined);
    this.#count = 0;
  }

  #isAt(place: number): boolean {
    const [taken, asked, from] = [this.#taken, this.#asked, place * NUMBERS];
    return (
      taken[from] === asked[0] &&
      taken[from + 2] === asked[2] &&
      taken[from + 1] === asked[1] &&
      taken[from + 4] === asked[4] &&
      taken[from + 3] === asked[3] &&
      taken[from + 5] === asked[5]
    );
  }
}

/** Numbers that are near to each other are far apart here. */
function placeOf(numbers: Int32Array): number {
  let place = 0;
  for (let at = 0; at < NUMBERS; at += 1)
    place = Math.imul(place ^ (numbers[at] as number), 0x9e3779b1) ^ (place >>> 15);
  return place ^ (place >>> 15);
}
