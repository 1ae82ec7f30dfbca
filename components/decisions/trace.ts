import type { TraceLine } from "@/server/policies/test-contract";

/** What became of the policies, told apart by how near they came. */
export interface SortedTrace {
  readonly decided: readonly TraceLine[];
  /** They are about such a request, and a condition of theirs was not met; or they were overruled, or failed. */
  readonly near: readonly TraceLine[];
  /** They are about somebody else, another action or another resource. */
  readonly elsewhere: readonly TraceLine[];
}

/** Sorts a trace by what a reader asks first. */
export function sortTrace(trace: readonly TraceLine[], deciding: readonly string[]): SortedTrace {
  const others = trace.filter(({ policy }) => !deciding.includes(policy));
  return {
    decided: trace.filter(({ policy }) => deciding.includes(policy)),
    near: others.filter((line) => !isElsewhere(line)),
    elsewhere: others.filter(isElsewhere),
  };
}

/** Whether it failed at its scope: `principal is User`, `action == Action::"workload.run"`. */
function isElsewhere({ outcome, failed }: TraceLine): boolean {
  const [seen, ...more] = failed?.saw ?? [];
  if (outcome !== "not satisfied" || !failed || !seen || more.length > 0) return false;
  return /^(principal|action|resource)$/.test(seen.expression) && /^\w+\s+(==|in|is)\s/.test(failed.text);
}
