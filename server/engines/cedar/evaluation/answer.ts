/**
 * The answer to a request, https://docs.cedarpolicy.com/auth/authorization.html: one `permit` that is satisfied allows,
 * unless one `forbid` is satisfied; nothing else does. A policy that errs is skipped.
 */
export interface Answer {
  readonly decision: "allow" | "deny";
  /** Ids of the policies that made the decision, in no order: those that permit it, or those that forbid it. */
  readonly reasons: readonly string[];
  readonly errors: readonly PolicyError[];
  /** Ids of forbids among those: what they were to deny may have been allowed, so somebody must be told. */
  readonly failedForbids: readonly string[];
  /** Told when it was asked for: what became of every policy of the set. */
  readonly trace: readonly TraceStep[] | null;
}

/** A policy that could not be evaluated. */
export interface PolicyError {
  readonly policyId: string;
  readonly effect: "permit" | "forbid";
  readonly message: string;
}

/** What became of one policy: satisfied, or why not. */
export interface TraceStep {
  readonly policyId: string;
  readonly effect: "permit" | "forbid";
  readonly outcome: "satisfied" | "not satisfied" | "error";
  /** The part of the scope, or the innermost part of the first condition, that failed; null when it is satisfied. */
  readonly failed: TraceFailure | null;
}

/** A part of a policy's text that was not true, and the values that it saw. */
export interface TraceFailure {
  /** Offsets in the text of the policy. */
  readonly start: number;
  readonly end: number;
  /** What was read on the way, by how it is written: `principal.level` → `3`. */
  readonly saw: readonly { readonly expression: string; readonly value: string }[];
  /** Of an error. */
  readonly message: string | null;
}
