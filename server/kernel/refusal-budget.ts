/** Refusals that one network may leave in the log at once; a fleet whose tokens ran out is told why, one by one. */
export const REFUSALS_AT_ONCE = 60;
/** After those, one more every so often. */
export const ONE_MORE_EVERY_MS = 10_000;
const FULL_MS = REFUSALS_AT_ONCE * ONE_MORE_EVERY_MS;
/** Networks that are counted by themselves. The others, if there are more at one time, are counted together. */
export const MOST_NETWORKS = 4_096;

/** What was left out is summed up when it has been quiet for so long, or when it began so long ago. */
const QUIET_MS = 60_000;
const LONGEST_MS = 600_000;

const OTHER_NETWORKS = "other networks";

/** Refusals of one network that were not written down. */
export interface LeftOut {
  readonly network: string;
  readonly count: number;
  readonly from: Date;
  readonly until: Date;
}

interface Bucket {
  /** What may still be written, as time: one refusal is `ONE_MORE_EVERY_MS`. */
  leftMs: number;
  filledAt: number;
  leftOut: { count: number; from: number; until: number } | undefined;
}

/** A token bucket for each network, in memory. Refusals alone cost; whoever is let in never comes here. */
export class RefusalBudget {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes a refusal of a network. Answers 0, or in how many ms there is one again; then this one is left out. */
  take(network: string, now: number): number {
    const bucket = this.#bucketOf(network, now);
    refill(bucket, now);
    if (bucket.leftMs >= ONE_MORE_EVERY_MS) {
      bucket.leftMs -= ONE_MORE_EVERY_MS;
      return 0;
    }
    bucket.leftOut = { from: now, ...bucket.leftOut, count: (bucket.leftOut?.count ?? 0) + 1, until: now };
    return ONE_MORE_EVERY_MS - bucket.leftMs;
  }

  /** What was left out and should be summed up by now, or all of it. */
  leftOut(now: number, which: "due" | "all"): LeftOut[] {
    return [...this.#buckets].flatMap(([network, { leftOut }]) => {
      if (!leftOut) return [];
      const { count, from, until } = leftOut;
      const isDue = which === "all" || now - until >= QUIET_MS || now - from >= LONGEST_MS;
      return isDue ? [{ network, count, from: new Date(from), until: new Date(until) }] : [];
    });
  }

  /** Forgets what was summed up; what came meanwhile stays. */
  forget(summed: readonly LeftOut[]): void {
    for (const { network, count, until } of summed) {
      const bucket = this.#buckets.get(network);
      if (!bucket?.leftOut) continue;
      const more = bucket.leftOut.count - count;
      bucket.leftOut = more > 0 ? { count: more, from: until.getTime(), until: bucket.leftOut.until } : undefined;
    }
  }

  #bucketOf(network: string, now: number): Bucket {
    const known = this.#buckets.get(network);
    if (known) return known;
    if (this.#buckets.size >= MOST_NETWORKS) this.#dropFull(now);
    if (this.#buckets.size >= MOST_NETWORKS && network !== OTHER_NETWORKS) return this.#bucketOf(OTHER_NETWORKS, now);
    const bucket: Bucket = { leftMs: FULL_MS, filledAt: now, leftOut: undefined };
    this.#buckets.set(network, bucket);
    return bucket;
  }

  /** Whoever is back at a full bucket is like somebody who never came. */
  #dropFull(now: number): void {
    for (const [network, bucket] of this.#buckets) {
      refill(bucket, now);
      if (bucket.leftMs === FULL_MS && !bucket.leftOut) this.#buckets.delete(network);
    }
  }
}

function refill(bucket: Bucket, now: number): void {
  bucket.leftMs = Math.min(FULL_MS, bucket.leftMs + Math.max(0, now - bucket.filledAt));
  bucket.filledAt = now;
}
