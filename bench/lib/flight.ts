/** Calls `work` for each number from 0 to before `count`, so many at a time. Answers how many a second were done. */
export async function inFlight(count: number, atOnce: number, work: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const start = performance.now();
  const lanes = Array.from({ length: atOnce }, async () => {
    while (next < count) await work(next++);
  });
  await Promise.all(lanes);
  return count / ((performance.now() - start) / 1_000);
}
