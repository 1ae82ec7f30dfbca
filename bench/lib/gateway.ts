import { type ChildProcess, fork } from "node:child_process";
import type { Ground } from "./ground";

/** A gateway in a process of its own. */
export interface GatewayProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** The argument with which the benchmark's own bundle runs as a gateway. */
export const AS_GATEWAY = "--as-gateway";

/** Starts the product's gateway process on the same data, pinned to a core when one is given. */
export async function startGatewayProcess(ground: Ground, core: number | null): Promise<GatewayProcess> {
  const child = fork(process.argv[1] ?? "", [AS_GATEWAY, ...(core === null ? [] : [String(core)])], {
    env: { ...process.env, ...ground.environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the gateway ended with ${code}`)));
    child.on("message", (message: { failed?: string; addresses?: { name: string; url: string }[] }) => {
      const address = message.addresses?.find(({ name }) => name === "Gateway");
      if (address) resolve(address.url);
      else reject(new Error(`the gateway did not start: ${message.failed}`));
    });
  });
  return { url, stop: () => stop(child) };
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
