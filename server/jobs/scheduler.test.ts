import pino from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { delayAfter, Scheduler } from "./scheduler";

describe("the scheduler", () => {
  const logged: Record<string, unknown>[] = [];
  const logger = pino({ level: "error" }, { write: (line: string) => void logged.push(JSON.parse(line)) });

  beforeEach(() => {
    logged.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("runs a job at once, and again after every interval", async () => {
    const scheduler = new Scheduler(logger);
    let runs = 0;
    scheduler.start([{ name: "count", everyMs: 100, run: async () => void runs++ }]);
    await vi.advanceTimersByTimeAsync(250);
    expect(runs).toBe(3);
    await scheduler.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs).toBe(3);
  });

  it("never runs a job beside itself, however long it takes", async () => {
    const scheduler = new Scheduler(logger);
    let running = 0;
    let most = 0;
    let runs = 0;
    const run = async () => {
      runs++;
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 500));
      running--;
    };
    scheduler.start([{ name: "slow", everyMs: 10, run }]);
    await vi.advanceTimersByTimeAsync(2_100);
    expect({ most, runs }).toEqual({ most: 1, runs: 5 });
    const stopped = scheduler.stop();
    await vi.advanceTimersByTimeAsync(1_000);
    await stopped;
  });

  it("logs a failure, tries again later and later, and leaves other jobs alone", async () => {
    const scheduler = new Scheduler(logger);
    let tries = 0;
    let others = 0;
    scheduler.start([
      {
        name: "broken",
        everyMs: 100,
        run: async () => {
          tries++;
          throw new Error("no");
        },
      },
      { name: "other", everyMs: 100, run: async () => void others++ },
    ]);
    await vi.advanceTimersByTimeAsync(1_450);
    expect(tries).toBe(4); // at 0, 200, 600, 1400
    expect(others).toBe(15);
    expect(logged.map(({ job, failures }) => ({ job, failures }))).toEqual(
      [1, 2, 3, 4].map((failures) => ({ job: "broken", failures })),
    );
    await scheduler.stop();
  });

  it("waits for a run that has begun before it is stopped", async () => {
    const scheduler = new Scheduler(logger);
    let isDone = false;
    const run = async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      isDone = true;
    };
    scheduler.start([{ name: "slow", everyMs: 10, run }]);
    await vi.advanceTimersByTimeAsync(50);
    const stopped = scheduler.stop();
    expect(isDone).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    await stopped;
    expect(isDone).toBe(true);
  });

  it.each([
    [150, 0, 150],
    [150, 1, 300],
    [150, 3, 1_200],
    [150, 60, 30_000],
    [60_000, 9, 60_000],
  ])("every %i ms, after %i failures, waits %i ms", (everyMs, failures, delay) => {
    expect(delayAfter(everyMs, failures)).toBe(delay);
  });
});
