import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { cacheFolder } from "./cache.mjs";
import { ROOT } from "./paths.mjs";
import { COLOUR, capture } from "./run.mjs";

const REPORTS = join(ROOT, "test-results");

/** @typedef {{ name: string, passed: number, failed: number, failures: string[], output: string, ms: number }} TimedResult */

/**
 * Runs one vitest project.
 *
 * @param {string} project
 * @param {{ show?: boolean, args?: readonly string[] }} [options]
 * @returns {Promise<TimedResult>}
 */
export async function runVitest(project, { show = false, args = [] } = {}) {
  const file = reportFile(`vitest-${project}`);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`];
  const cache = ["--experimental.fsModuleCache", `--experimental.fsModuleCachePath=${cacheFolder("vitest")}`];
  const words = ["run", "--project", project, ...reporters, ...cache, ...args];
  const { code, output, ms } = await capture("vitest", words, {
    show,
    env: { NODE_ENV: "test", ...COLOUR },
  });
  const report = readReport(file);
  return { name: project, ...settle(code, report, countVitest), failures: failuresOfVitest(report), output, ms };
}

/**
 * Runs Playwright.
 *
 * @param {{ show?: boolean, args?: readonly string[] }} [options]
 * @returns {Promise<TimedResult>}
 */
export async function runPlaywright({ show = false, args = [] } = {}) {
  const file = reportFile("playwright");
  const { code, output, ms } = await capture("playwright", ["test", "--reporter=line,json", ...args], {
    show,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...COLOUR },
  });
  const report = readReport(file);
  const failures = failuresOfPlaywright(report);
  return { name: "browser", ...settle(code, report, countPlaywright), failures, output, ms };
}

/**
 * What a run amounts to. A runner that left no report, ran nothing, or ended badly although every test passed has failed
 * once more.
 *
 * @param {number} code
 * @param {unknown} report
 * @param {(report: any) => { passed: number, failed: number }} count
 */
export function settle(code, report, count) {
  if (report === undefined) return { passed: 0, failed: 1 };
  const { passed, failed } = count(report);
  const hasHiddenFailure = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: hasHiddenFailure ? 1 : failed };
}

/** Counts vitest's JSON report. A file that could not be loaded has no tests, and counts as one that failed. */
export function countVitest(/** @type {any} */ report) {
  const files = /** @type {any[]} */ (report.testResults ?? []);
  const broken = files.filter((file) => file.status === "failed" && !file.assertionResults.some(isFailed));
  return { passed: report.numPassedTests ?? 0, failed: (report.numFailedTests ?? 0) + broken.length };
}

/** Counts Playwright's JSON report; what went wrong outside of a test counts too. */
export function countPlaywright(/** @type {any} */ report) {
  const { expected = 0, flaky = 0, unexpected = 0 } = report.stats ?? {};
  const outside = unexpected === 0 ? (report.errors ?? []).length : 0;
  return { passed: expected + flaky, failed: unexpected + outside };
}

/**
 * Each test that failed in vitest's JSON report, in a line: its file, its name, and the first line of what was wrong.
 *
 * @returns {string[]}
 */
export function failuresOfVitest(/** @type {any} */ report) {
  const files = /** @type {any[]} */ (report?.testResults ?? []);
  return files.flatMap((file) => {
    const failed = /** @type {any[]} */ (file.assertionResults.filter(isFailed));
    if (failed.length === 0 && file.status === "failed")
      return [lineOf(file.name, "could not be loaded", file.message)];
    return failed.map(({ fullName, failureMessages }) => lineOf(file.name, fullName, failureMessages?.at(-1)));
  });
}

/**
 * Each test that failed in Playwright's JSON report, in the same way.
 *
 * @returns {string[]}
 */
export function failuresOfPlaywright(/** @type {any} */ report) {
  const inSuite = (/** @type {any} */ suite) => [
    ...(suite.specs ?? [])
      .filter((/** @type {any} */ spec) => !spec.ok)
      .map((/** @type {any} */ spec) => lineOf(spec.file, spec.title, messageIn(spec))),
    ...(suite.suites ?? []).flatMap(inSuite),
  ];
  const outside = (report?.errors ?? []).map((/** @type {any} */ error) =>
    lineOf("playwright", "outside of a test", error.message),
  );
  return [...(report?.suites ?? []).flatMap(inSuite), ...outside];
}

function messageIn(/** @type {any} */ spec) {
  return spec.tests?.flatMap((/** @type {any} */ test) => test.results ?? []).at(-1)?.error?.message;
}

function lineOf(/** @type {string} */ file, /** @type {string} */ name, /** @type {string | undefined} */ message) {
  return `${relative(ROOT, resolve(ROOT, file))} > ${name}: ${(message ?? "").split("\n")[0]}`;
}

function isFailed(/** @type {any} */ assertion) {
  return assertion.status === "failed";
}

function reportFile(/** @type {string} */ name) {
  mkdirSync(REPORTS, { recursive: true });
  const file = join(REPORTS, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

function readReport(/** @type {string} */ file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
