import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/paths.mjs";
import { freePorts } from "../product";

/** `npm start` as a person runs it, on a data directory and ports of its own. */
export class Launcher {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stdout = "";
  stderr = "";

  private constructor(
    readonly dataDir: string,
    readonly ports: { readonly console: number; readonly gateway: number; readonly pki: number },
    environment: Readonly<Record<string, string>>,
  ) {
    this.child = spawn(process.execPath, ["scripts/start.mjs"], {
      cwd: ROOT,
      env: {
        ...process.env,
        SWARM_DATA_DIR: dataDir,
        SWARM_CONSOLE_PORT: String(ports.console),
        SWARM_GATEWAY_PORT: String(ports.gateway),
        SWARM_PKI_PORT: String(ports.pki),
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child.stdout?.on("data", (chunk: Buffer) => {
      this.stdout += chunk.toString("utf8");
    });
    this.child.stderr?.on("data", (chunk: Buffer) => {
      this.stderr += chunk.toString("utf8");
    });
    this.ended = new Promise((resolve) => this.child.on("close", (code, signal) => resolve({ code, signal })));
  }

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<Launcher> {
    const [web = 0, gateway = 0, pki = 0] = await freePorts(3);
    const dataDir = await mkdtemp(join(tmpdir(), "swarm-start-"));
    return new Launcher(dataDir, { console: web, gateway, pki }, environment);
  }

  /** Waits until it says that it is ready. @throws with what it said when it ends before. */
  async ready(): Promise<void> {
    const isReady = new Promise<"ready">((resolve) => {
      const look = () => this.stdout.includes("Ctrl-C stops it") && resolve("ready");
      this.child.stdout?.on("data", look);
      look();
    });
    if ((await Promise.race([isReady, this.ended])) !== "ready") throw new Error(`it ended: ${this.stderr}`);
  }

  /** Process ids of its children. */
  children(): number[] {
    const { pid } = this.child;
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  }

  /** The child that runs this bundle. */
  childOf(bundle: "console" | "gateway"): number {
    const found = this.children().find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`${bundle}.mjs`));
    if (found === undefined) throw new Error(`no child runs the ${bundle}`);
    return found;
  }

  async remove(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** Waits until none of these processes is there any more. */
export async function untilGone(pids: readonly number[], withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  while (pids.some(isAlive)) {
    if (performance.now() > until) throw new Error(`still there: ${pids.filter(isAlive).join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether a process runs; one that ended and was not collected does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
