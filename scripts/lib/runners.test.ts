import { describe, expect, it } from "vitest";
import { countPlaywright, countVitest, failuresOfPlaywright, failuresOfVitest, settle } from "./runners.mjs";

describe("what a run of vitest amounts to", () => {
  const good = { numPassedTests: 3, numFailedTests: 0, testResults: [{ status: "passed", assertionResults: [] }] };

  it("is its tests", () => {
    expect(settle(0, good, countVitest)).toEqual({ passed: 3, failed: 0 });
    expect(settle(1, { ...good, numFailedTests: 2 }, countVitest)).toEqual({ passed: 3, failed: 2 });
  });

  it("counts a file that could not be loaded", () => {
    const broken = { ...good, testResults: [{ status: "failed", assertionResults: [] }] };
    expect(settle(1, broken, countVitest)).toEqual({ passed: 3, failed: 1 });
  });

  it("counts a failed test of a file once", () => {
    const failed = {
      ...good,
      numFailedTests: 1,
      testResults: [{ status: "failed", assertionResults: [{ status: "failed" }] }],
    };
    expect(settle(1, failed, countVitest)).toEqual({ passed: 3, failed: 1 });
  });
});

describe("what a run of Playwright amounts to", () => {
  it("is its tests; one that passed at last has passed", () => {
    const report = { stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 1 }, errors: [] };
    expect(settle(1, report, countPlaywright)).toEqual({ passed: 5, failed: 2 });
  });

  it("counts what went wrong outside of a test", () => {
    const report = { stats: { expected: 4, flaky: 0, unexpected: 0 }, errors: [{ message: "teardown" }] };
    expect(settle(1, report, countPlaywright)).toEqual({ passed: 4, failed: 1 });
  });
});

it.each([
  ["left no report", 0, undefined],
  ["ran nothing", 0, { numPassedTests: 0, numFailedTests: 0, testResults: [] }],
])("a runner that %s has failed", (_what, code, report) => {
  expect(settle(code, report, countVitest)).toEqual({ passed: 0, failed: 1 });
});

it("a runner that ended badly although every test passed has failed once", () => {
  expect(settle(1, { numPassedTests: 9, numFailedTests: 0, testResults: [] }, countVitest)).toEqual({
    passed: 9,
    failed: 1,
  });
});

describe("what failed is named in a line each", () => {
  it("by vitest: file, test and the first line of what was wrong", () => {
    const assertionResults = [
      { status: "passed", fullName: "it works" },
      { status: "failed", fullName: "it counts", failureMessages: ["expected 1 to be 2\n    at x.ts:3"] },
    ];
    const testResults = [
      { name: "/elsewhere/a.test.ts", status: "failed", assertionResults },
      { name: "b.test.ts", status: "failed", assertionResults: [], message: "no such module" },
    ];
    expect(failuresOfVitest({ testResults })).toEqual([
      expect.stringMatching(/elsewhere\/a\.test\.ts > it counts: expected 1 to be 2$/),
      "b.test.ts > could not be loaded: no such module",
    ]);
    expect(failuresOfVitest(undefined)).toEqual([]);
  });

  it("by Playwright: in suites of whatever depth, and outside of tests", () => {
    const spec = (title: string, ok: boolean) => ({
      title,
      ok,
      file: "walk.spec.ts",
      tests: [{ results: [{ error: { message: "first" } }, { error: { message: "no button\nat" } }] }],
    });
    const suites = [{ specs: [spec("she signs in", true)], suites: [{ specs: [spec("she reads", false)] }] }];
    expect(failuresOfPlaywright({ suites, errors: [{ message: "teardown" }] })).toEqual([
      "walk.spec.ts > she reads: no button",
      "playwright > outside of a test: teardown",
    ]);
  });
});
