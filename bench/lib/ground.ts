import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRuntime, originOfProcess, processActor, type Runtime } from "@/server/platform/composition";
import { readSettings } from "@/server/platform/env";
import type { Context } from "@/server/kernel/context";
import { ADMIN, makeHierarchy } from "@/server/testing/world";

/** A product that is set up, in a directory of its own, durable and with the real clock. */
export interface Ground {
  readonly dataDir: string;
  /** Variables with which another process of the product works on the same data. */
  readonly environment: Readonly<Record<string, string>>;
  readonly runtime: Runtime;
  /** A security admin. */
  readonly admin: Context;
  /** One of our own jobs. */
  readonly jobs: Context;
  close(): void;
}

/** Sets a product up. Close it when the benchmark ends. */
export async function openGround(): Promise<Ground> {
  const dataDir = mkdtempSync(join(tmpdir(), "swarm-bench-"));
  const environment = {
    SWARM_HOME: process.env.SWARM_HOME ?? process.cwd(),
    SWARM_DATA_DIR: dataDir,
    SWARM_LOG_LEVEL: "error",
    SWARM_GATEWAY_PORT: "0",
    SWARM_PKI_PORT: "0",
  };
  const runtime = await openRuntime(readSettings(environment), "bench");
  const origin = originOfProcess("req_bench");
  await makeHierarchy(runtime.contextFor({ ...ADMIN, kind: "terminal", id: "terminal:bench", name: "bench" }, origin));
  return {
    dataDir,
    environment,
    runtime,
    admin: runtime.contextFor(ADMIN, { ...origin, address: "192.0.2.7" }),
    jobs: runtime.contextFor(processActor("bench"), origin),
    close: () => {
      runtime.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
