import type { Actor, Context, Origin } from "@/server/kernel/context";

/** A data directory that is being made. */
export interface Installation {
  /** Whoever is logged in on this machine. */
  readonly operator: Actor;
  contextFor(actor: Actor, origin: Origin): Context;
}

/** What a command may use: the words it was given are checked by itself, everything around it comes from here. */
export interface Terminal {
  /** Says one thing: `value` as a line of JSON with `--json`, `text` for people otherwise. */
  say(value: unknown, text: string): void;
  /** Whether `--json` was given. */
  readonly isJson: boolean;
  /** Says something beside the answer, on standard error. */
  warn(text: string): void;
  /** Writes to standard output as it is, for programs that read it, and waits while they have no room for more. */
  write(text: string): Promise<void>;
  /** Standard input as it comes. */
  input(): AsyncIterable<Uint8Array>;
  /** Everything on standard input. */
  readInput(): Promise<string>;
  /** Opens the data directory for as long as the work takes. Commands that need none never call this. */
  withContext<T>(work: (ctx: Context) => Promise<T>): Promise<T>;
  /**
   * Makes a data directory under a clock of the command's own. It is there when the work is done, or not at all.
   *
   * @throws {CommandFailed} when there is one already.
   */
  withNewInstallation<T>(now: () => Date, work: (installation: Installation) => Promise<T>): Promise<T>;
  /** The trust domain in the settings. */
  trustDomain(): string;
  /** Aborts when the process is told to stop. Once this was asked for, a signal no longer ends the process by itself. */
  stopSignal(): AbortSignal;
}

/** What was written on the command line, not yet checked. */
export interface Given {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** A command, loaded when it is asked for. */
export type Handler = (terminal: Terminal, given: Given) => Promise<void>;

/** The command line cannot be understood; exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A file could not be read or written, or something else outside of us; exit code 1. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
