import { assertNode } from "./paths.mjs";
import { messageOf } from "./run.mjs";

/**
 * Runs a script: what it throws ends it with exit code 1, in one line where the failure is an expected one.
 *
 * @param {() => Promise<number | void>} work answers the exit code
 */
export async function main(work) {
  assertNode();
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    const isExpected = error instanceof Error && (error.name === "CommandFailed" || error.name === "Usage");
    process.stderr.write(`${error instanceof Error && !isExpected ? error.stack : messageOf(error)}\n`);
    process.exitCode = error instanceof Error && error.name === "Usage" ? 2 : 1;
  }
}

/** The command line cannot be understood; exit code 2. */
export class Usage extends Error {
  name = "Usage";
}
