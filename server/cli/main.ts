import { once } from "node:events";
import { userInfo } from "node:os";
import type { Actor, Context } from "@/server/kernel/context";
import { processSettings } from "@/server/platform/env";
import { run } from "./run";
import type { Installation } from "./terminal";

/** Opens the data directory for one command; the rooms are loaded only then, so that `--help` is quick. */
async function withContext<T>(work: (ctx: Context) => Promise<T>): Promise<T> {
  const { openRuntime, originOfProcess } = await import("@/server/platform/composition");
  const runtime = await openRuntime(processSettings(), "terminal");
  try {
    const actor = terminalActor();
    const start = runtime.contextFor(actor, originOfProcess("req_start"));
    return await work(runtime.contextFor(actor, originOfProcess(start.newId("req"))));
  } finally {
    runtime.close();
  }
}

async function withNewInstallation<T>(now: () => Date, work: (installation: Installation) => Promise<T>): Promise<T> {
  const { makeInstallation } = await import("./demo/installation");
  return makeInstallation(processSettings(), { operator: terminalActor(), now }, work);
}

/** Whoever is logged in on this machine and may read the data directory and its master key. */
function terminalActor(): Actor {
  const login = loginName();
  return { kind: "terminal", id: `terminal:${login}`, name: login, roles: [], teams: [], provedBy: ["terminal"] };
}

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? "unknown"}`;
  }
}

async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}

/** Whoever reads our output may stop reading; that is no failure of ours. */
process.stdout.on("error", () => process.exit(0));

process.exitCode = await run(process.argv.slice(2), {
  out: writeOut,
  err: (text) => void process.stderr.write(text),
  input: () => process.stdin,
  withContext,
  withNewInstallation,
  trustDomain: () => processSettings().trustDomain,
  stopSignal,
});
