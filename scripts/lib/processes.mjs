import { spawn } from "node:child_process";
import { ROOT } from "./paths.mjs";

/**
 * @typedef {{ name: string, url: string }} Address
 * @typedef {{ addresses: Address[], setupCode?: string }} Ready
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null, reason?: string }} End
 */

/** How long a process may take to stop before it is killed. */
const STOP_WITHIN_MS = 10_000;

/** One process of the product, as the launcher sees it. */
export class ProductProcess {
  /** @type {Promise<Ready>} rejects when the process ends before it is ready */
  ready;
  /** @type {Promise<End>} */
  ended;

  /**
   * @param {string} name
   * @param {string} file
   * @param {Record<string, string>} env
   * @param {"inherit" | "pipe"} output where its stdout and stderr go
   */
  constructor(name, file, env, output = "inherit") {
    this.name = name;
    this.child = spawn(process.execPath, ["--enable-source-maps", file], {
      cwd: ROOT,
      env: { ...process.env, SWARM_HOME: ROOT, NEXT_TELEMETRY_DISABLED: "1", ...env },
      stdio: ["ignore", output, output, "ipc"],
    });
    /** @type {string | undefined} */
    let reason;
    this.ended = new Promise((resolve) => {
      this.child.once("error", (error) => resolve({ code: 1, signal: null, reason: error.message }));
      this.child.once("close", (code, signal) => resolve({ code, signal, reason }));
    });
    this.ready = new Promise((resolve, reject) => {
      this.child.on("message", (/** @type {any} */ message) => {
        if (typeof message?.failed === "string") reason = message.failed;
        if (message?.ready === true)
          resolve({ addresses: addressesOf(name, message.addresses), setupCode: message.setupCode });
      });
      void this.ended.then((end) => reject(new ProcessEnded(name, end)));
    });
    this.ready.catch(() => {});
  }

  /** Asks it to stop, and kills it when it does not. */
  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill("SIGTERM");
    const timer = setTimeout(() => this.child.kill("SIGKILL"), STOP_WITHIN_MS);
    await this.ended;
    clearTimeout(timer);
  }

  kill() {
    this.child.kill("SIGKILL");
  }
}

/** A process ended that should have gone on. */
export class ProcessEnded extends Error {
  name = "ProcessEnded";

  /** @param {string} processName @param {End} end */
  constructor(processName, end) {
    const how = end.signal ? `was ended by ${end.signal}` : `ended with exit code ${end.code}`;
    super(end.reason ?? `the ${processName} ${how}`);
  }
}

/** @returns {Address[]} */
function addressesOf(/** @type {string} */ name, /** @type {unknown} */ addresses) {
  if (!Array.isArray(addresses)) return [];
  return addresses.map((address) => (typeof address === "string" ? { name, url: address } : address));
}
