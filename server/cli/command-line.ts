import type { Handler } from "./terminal";

/** One argument or option, as commander writes it, and what it is for. */
export interface Option {
  readonly flags: string;
  readonly about: string;
  readonly isRequired?: true;
}

/** One line of the terminal's table of contents. The handler is loaded when the command is used. */
export interface CommandLine {
  /** Words, then arguments: `user add <email>`. */
  readonly usage: string;
  readonly about: string;
  /**
   * `console` opens the data directory; `node` runs where there is none, and knows no room; `anywhere` is the same, and
   * reads and writes nothing but what it is given.
   */
  readonly runsOn: "console" | "node" | "anywhere";
  readonly options: readonly Option[];
  load(): Promise<Handler>;
}
