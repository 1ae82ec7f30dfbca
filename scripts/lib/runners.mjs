import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./paths.mjs";
import { COLOUR, capture } from "./run.mjs";

const REPORTS = join(ROOT, "test-results");

/** @typedef {{ name: string, passed: number, failed: number, output: string, ms: number }} TimedResult */

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
  const { code, output, ms } = await capture("vitest", ["run", "--project", project, ...reporters, ...args], {
    show,
    env: { NODE_ENV: "test", ...COLOUR },
  });
  return { name: project, ...settle(code, readReport(file), countVitest), output, ms };
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
  return { name: "browser", ...settle(code, readReport(file), countPlaywright), output, ms };
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
