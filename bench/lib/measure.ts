import { spawnSync } from "node:child_process";

/** The value that a share of the others does not exceed, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle one of some values, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return middle.reduce<number>((sum, value) => sum + (value ?? Number.NaN) / 2, 0);
}

/** What time is read from: the wall, or what this process used of its cores, where others use them too. */
export type Clock = "wall" | "cpu";

/** How long one call takes, ms. */
export async function timeOf(call: () => unknown, clock: Clock = "wall"): Promise<number> {
  const start = read(clock);
  await call();
  return read(clock) - start;
}

function read(clock: Clock): number {
  if (clock === "wall") return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Keeps this process, its threads included, on one core. Answers which, or null where that is not possible. */
export function pinToOneCore(core = 0): number | null {
  const { status } = spawnSync("taskset", ["-a", "-cp", String(core), String(process.pid)], { stdio: "ignore" });
  return status === 0 ? core : null;
}

/** Lets this process run on every core again. */
export function unpin(): void {
  spawnSync("taskset", ["-a", "-cp", "0-1023", String(process.pid)], { stdio: "ignore" });
}

/** Numbers that look random and are the same in every run. */
export function chanceFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
