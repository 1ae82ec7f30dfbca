import { DatabaseTooNew } from "./database";
import { BadSettings } from "./env";
import { StartRefused } from "./listen";

/** One address that answers, for people: `Console` and `http://127.0.0.1:3000`. */
export interface ReadyAddress {
  readonly name: string;
  readonly url: string;
}

/** What a process tells the launcher when all of its addresses answer. */
export interface Ready {
  readonly addresses: readonly ReadyAddress[];
  /** The one-time code of the first setup, while nobody has set the product up. */
  readonly setupCode?: string;
}

/** A process that runs: what it serves, and how it ends. */
export interface Running extends Ready {
  stop(): Promise<void>;
}

/** Work that is under way when a process is told to stop has this long to finish. */
const STOP_WITHIN_MS = 8_000;

/**
 * Runs one process of the product under the launcher: starts it, says `{ready}` or `{failed}` by IPC, stops it on
 * SIGTERM, on Ctrl-C when it runs by itself, and when the launcher is gone.
 */
export async function runProcess(start: () => Promise<Running>): Promise<void> {
  const starting = start();
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    try {
      await (await starting).stop();
      process.exit(0);
    } catch {
      process.exit(1);
    }
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => {
    if (!process.send) void stop();
  });
  process.on("disconnect", () => void stop());

  try {
    const { addresses, setupCode } = await starting;
    tell({ ready: true, addresses, setupCode });
  } catch (error) {
    fail(error);
  }
}

/** Tells the launcher why the process ends, and ends it with exit code 1. Expected failures say it in one line. */
export function fail(error: unknown): void {
  const message = reasonOf(error);
  process.exitCode = 1;
  if (!process.send) {
    process.stderr.write(`${message}\n`);
    process.exit(1);
  }
  process.send({ failed: message }, () => process.exit(1));
}

function tell(message: Ready & { ready: true }): void {
  if (process.send) {
    process.send(message);
    return;
  }
  const lines = message.addresses.map(({ name, url }) => `${name}  ${url}`);
  if (message.setupCode) lines.push(`Setup code, which works once: ${message.setupCode}`);
  process.stdout.write(`${lines.join("\n")}\n`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isExpected =
    error instanceof StartRefused ||
    error instanceof BadSettings ||
    error instanceof DatabaseTooNew ||
    ("fault" in error && "code" in error);
  return isExpected ? error.message : (error.stack ?? error.message);
}
