import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Tests that take seconds each: real OpenSSL by the hundred, fuzzing, password hashes. `npm run verify` leaves them out. */
const SLOW = "server/**/*.slow.test.ts";

const SCRATCH = "server/testing/scratch.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: "server-only", replacement: `${root}server/testing/server-only.ts` },
    ],
  },
  test: {
    environment: "node",
    testTimeout: 30_000,
    /** Every test has a world of its own, so files may share a thread: half of the time went into loading modules. */
    pool: "threads",
    isolate: false,
    /** On two cores, one worker would leave one of them waiting whenever a test does. */
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{server,components,app,scripts}/**/*.test.{ts,tsx}"],
          exclude: [SLOW],
          globalSetup: [SCRATCH],
        },
      },
      { extends: true, test: { name: "slow", include: [SLOW], globalSetup: [SCRATCH], testTimeout: 240_000 } },
      {
        extends: true,
        test: {
          name: "machines",
          include: ["e2e/machines/**/*.test.ts"],
          globalSetup: ["e2e/machines/built.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          /** A loaded machine may miss a deadline once; a second miss is a failure. */
          retry: 1,
        },
      },
    ],
  },
});
