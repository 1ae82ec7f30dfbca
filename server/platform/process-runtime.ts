import { openRuntime, type Runtime } from "./composition";
import { processSettings } from "./env";

const holder = globalThis as typeof globalThis & { swarmRuntime?: Promise<Runtime> };

/**
 * The runtime of this process, opened once. It hangs on `globalThis`, because pages, routes and the listener are
 * separate bundles of one process.
 */
export function processRuntime(processName: string): Promise<Runtime> {
  holder.swarmRuntime ??= openRuntime(processSettings(), processName);
  return holder.swarmRuntime;
}
