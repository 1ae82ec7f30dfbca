/** One step of the heat scale, with the range of counts it stands for. */
export type HeatStep = { from: number; to: number };

/**
 * At most five steps of nearly equal size over the counts that are not zero (quantiles),
 * so that a single full day does not bleach all others. Ranges never overlap.
 */
export function quantileSteps(counts: readonly number[]): HeatStep[] {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  const wanted = Math.min(5, distinct.length);
  const steps: HeatStep[] = [];
  let from = 0;
  for (let step = 1; step <= wanted && from < sorted.length; step += 1) {
    const remaining = wanted - step + 1;
    let to = Math.min(sorted.length - 1, from + Math.ceil((sorted.length - from) / remaining) - 1);
    while (to + 1 < sorted.length && sorted[to + 1] === sorted[to]) to += 1;
    steps.push({ from: sorted[from] ?? 0, to: sorted[to] ?? 0 });
    from = to + 1;
  }
  return steps;
}

/** The step that a count falls into, from 1; 0 for none. */
export function stepOf(count: number, steps: readonly HeatStep[]): number {
  if (count <= 0) return 0;
  const index = steps.findIndex((step) => count <= step.to);
  return index === -1 ? steps.length : index + 1;
}
