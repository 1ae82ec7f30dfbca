// `npm test`: every check and every test, from a fresh clone. The last line adds them up.
import { ensureBuilt } from "./lib/build.mjs";
import { runChecks, told } from "./lib/checks.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { main } from "./lib/main.mjs";
import { messageOf } from "./lib/run.mjs";
import { runPlaywright, runVitest } from "./lib/runners.mjs";
import { ensureChromium, ensureTestTools } from "./lib/tools.mjs";

await main(async () => {
  try {
    await prepare();
  } catch (error) {
    process.stdout.write("\n0 passed, 1 failed\n");
    throw error;
  }
  const results = await runChecks();
  const built = await told(build);
  results.push(built);
  const isBuilt = built.failed === 0;
  const slow = () => told(() => runVitest("slow"));
  const machines = () => told(() => runVitest("machines", { show: true }));
  // What machines are asked waits more than it computes, and the slow tests compute: together they leave no core idle.
  results.push(...(await Promise.all([slow(), ...(isBuilt ? [machines()] : [])])));
  if (isBuilt) results.push(await told(() => runPlaywright({ show: true })));
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  if (failed > 0) process.stdout.write(`\nFailed:\n${results.flatMap(failuresOf).join("\n")}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
});

/** What failed, a line each, beside the sum at the end: whoever reads the tail alone knows where to look. */
function failuresOf(/** @type {import("./lib/checks.mjs").Result} */ { name, failed, failures = [] }) {
  if (failed === 0) return [];
  return failures.length > 0 ? failures.map((failure) => `  ${failure}`) : [`  ${name}: what it said is above`];
}

async function prepare() {
  await ensureInstalled();
  await ensureTestTools();
  await ensureChromium();
}

async function build() {
  const began = performance.now();
  try {
    await ensureBuilt();
    return { name: "build", passed: 1, failed: 0, output: "", ms: performance.now() - began };
  } catch (error) {
    const output = messageOf(error);
    return { name: "build", passed: 0, failed: 1, output, ms: performance.now() - began };
  }
}
