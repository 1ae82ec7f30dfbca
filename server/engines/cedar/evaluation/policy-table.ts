import type { CompiledPolicy } from "./compile-policy";

/** Policies of a chunk: what is copied when one of them changes. */
const CHUNK = 128;

type Chunk = readonly (CompiledPolicy | undefined)[];

/**
 * Policies as they were at a time, in the order in which they came. A change makes another table that shares all but one
 * chunk with this one; where a policy of a name is, all of them know together, so that only the newest may be changed.
 */
export class PolicyTable {
  private constructor(
    readonly size: number,
    private readonly chunks: readonly Chunk[],
    /** It only grows: an empty place waits for its policy to come again. */
    private readonly places: Map<string, number>,
  ) {}

  static of(policies: Iterable<CompiledPolicy>): PolicyTable {
    const places = new Map<string, number>();
    const chunks: CompiledPolicy[][] = [];
    for (const policy of policies) {
      if (places.size % CHUNK === 0) chunks.push([]);
      places.set(policy.id, places.size);
      chunks.at(-1)?.push(policy);
    }
    return new PolicyTable(places.size, chunks, places);
  }

  get(id: string): CompiledPolicy | undefined {
    const place = this.places.get(id);
    return place === undefined ? undefined : this.chunks[Math.floor(place / CHUNK)]?.[place % CHUNK];
  }

  /** The table with a policy added, or in the place of the one of its name. */
  with(policy: CompiledPolicy): PolicyTable {
    return this.#changed(policy.id, policy);
  }

  /** The table without a policy. */
  without(id: string): PolicyTable {
    return this.#changed(id, undefined);
  }

  *values(): Generator<CompiledPolicy> {
    for (const chunk of this.chunks) for (const policy of chunk) if (policy) yield policy;
  }

  #changed(id: string, policy: CompiledPolicy | undefined): PolicyTable {
    const place = this.places.get(id) ?? this.places.size;
    this.places.set(id, place);
    const [at, within] = [Math.floor(place / CHUNK), place % CHUNK];
    const chunks = [...this.chunks];
    const chunk = [...(chunks[at] ?? [])];
    const before = chunk[within];
    chunk[within] = policy;
    chunks[at] = chunk;
    const size = this.size + (policy ? 1 : 0) - (before ? 1 : 0);
    const table = new PolicyTable(size, chunks, this.places);
    return this.places.size > 2 * size + CHUNK ? PolicyTable.of(table.values()) : table;
  }
}
