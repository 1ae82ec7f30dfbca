import { CommanderError } from "commander";
import type { Context } from "@/server/kernel/context";
import { COMMANDS } from "./commands";
import { type Failure, failureOf } from "./failure";
import { bytesOf } from "./lines";
import { programOf } from "./program";
import { printable } from "./text";
import type { Installation, Terminal } from "./terminal";

/** What surrounds a run of the program: the process, or a test. */
export interface Surroundings {
  /** Resolves when there is room for more. */
  out(text: string): void | Promise<void>;
  err(text: string): void;
  input(): AsyncIterable<Uint8Array>;
  withContext<T>(work: (ctx: Context) => Promise<T>): Promise<T>;
  withNewInstallation<T>(now: () => Date, work: (installation: Installation) => Promise<T>): Promise<T>;
  trustDomain(): string;
  stopSignal(): AbortSignal;
}

/** Runs one command line and returns the exit code: 0 done, 1 refused or failed, 2 not understood. */
export async function run(words: readonly string[], around: Surroundings): Promise<number> {
  const isJson = words.includes("--json");
  const program = programOf(COMMANDS, around, async ({ line, given, isJson }) => {
    const handler = await line.load();
    await handler(terminalOf(around, isJson), given);
  });
  try {
    if (words.length === 0) {
      program.outputHelp();
      return 2;
    }
    await program.parseAsync([...words], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return complain(failureOf(error), isJson, around);
  }
}

function terminalOf(around: Surroundings, isJson: boolean): Terminal {
  const { input, withContext, withNewInstallation, trustDomain, stopSignal } = around;
  return {
    say: (value, text) => void around.out(isJson ? `${JSON.stringify(value)}\n` : `${printable(text)}\n`),
    isJson,
    warn: (text) => around.err(`${printable(text)}\n`),
    write: async (text) => around.out(text),
    input,
    readInput: async () => (await bytesOf(input())).toString("utf8"),
    withContext,
    withNewInstallation,
    trustDomain,
    stopSignal,
  };
}

function complain({ code, message, exitCode }: Failure, isJson: boolean, around: Surroundings): number {
  const line = printable(message).replaceAll(/\s*\n\s*/g, " ");
  around.err(isJson ? `${JSON.stringify({ error: { code, message: line } })}\n` : `swarm: ${line}\n`);
  return exitCode;
}
