/** An engine that has read a world's policies, and its entities where it keeps any. */
export interface Contender {
  readonly name: string;
  /** Answers the n-th request, which is ready in the engine's own form: whether it is allowed. */
  ask(n: number): boolean;
}
