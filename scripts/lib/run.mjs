import { spawn } from "node:child_process";
import { ROOT } from "./paths.mjs";

/** @typedef {{ code: number, output: string, ms: number }} Outcome */

/** A child that ended badly, with the command it was. */
export class CommandFailed extends Error {
  name = "CommandFailed";
}

/**
 * Tells children whether a person looks on, although their output is kept first.
 *
 * @type {Record<string, string>}
 */
export const COLOUR = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };

/** Our own node_modules/.bin first, so that no shell and no npx is needed. */
function environmentWith(/** @type {Record<string, string>} */ extra) {
  return {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
    npm_config_update_notifier: "false",
    ...extra,
    PATH: `${ROOT}/node_modules/.bin:${process.env.PATH ?? ""}`,
  };
}

/**
 * Runs a command in the checkout and keeps what it says.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, show?: boolean }} [options] `show` passes output on to stderr as it comes
 * @returns {Promise<Outcome>} never rejects for a bad exit code
 */
export function capture(command, args, { env = {}, show = false } = {}) {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: environmentWith(env),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString("utf8");
      if (show) process.stderr.write(chunk);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ code: 127, output: `${error.message}\n`, ms: performance.now() - began }));
    child.on("close", (code) => resolve({ code: code ?? 1, output, ms: performance.now() - began }));
  });
}

/**
 * Runs a command whose output goes to stderr, so that stdout stays for results.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, stdin?: "inherit" | "ignore" }} [options]
 * @returns {Promise<number>} the exit code
 */
export function show(command, args, { env = {}, stdin = "ignore" } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, env: environmentWith(env), stdio: [stdin, 2, 2] });
    child.on("error", (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(127);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/** @returns {string} `1.2 s` */
export function seconds(/** @type {number} */ ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** What went wrong, in one line. */
export function messageOf(/** @type {unknown} */ error) {
  return error instanceof Error ? error.message : String(error);
}
