import { readFile } from "node:fs/promises";
import { describe, locationOf, type Problem } from "@/server/engines/cedar/syntax/problem";
import { bytesOf, textOf } from "../lines";
import { CommandFailed, type Terminal, UsageError } from "../terminal";

/** A text, by what it is called on the command line: a file, or `-`. */
export interface NamedText {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads files, and standard input for `-`, as they are: bytes that are no text are refused, not replaced.
 *
 * @throws {UsageError} when standard input is named twice, {CommandFailed} when a file is not UTF-8
 */
export async function readTexts(terminal: Terminal, files: readonly string[]): Promise<readonly NamedText[]> {
  if (files.filter((file) => file === "-").length > 1) throw new UsageError("standard input can be read once only");
  const texts: NamedText[] = [];
  for (const file of files) {
    const text = textOf(file === "-" ? await bytesOf(terminal.input()) : await readFile(file));
    if (text === null) throw new CommandFailed("policy.not_utf8", `${file} is not UTF-8`);
    texts.push({ file, text });
  }
  return texts;
}

/** Problems of a text, in JSON: places as people count them, and offsets in UTF-16 units. */
export function problemsOf({ text }: NamedText, problems: readonly Problem[]) {
  return problems.map(({ range, ...problem }) => ({ ...problem, ...locationOf(text, range.start), ...range }));
}

/** `file:line:column message`, as compilers print it; a warning says that it is one. */
export function problemLines({ file, text }: NamedText, problems: readonly Problem[]): readonly string[] {
  return problems.map((problem) => {
    const message = problem.severity === "warning" ? `warning: ${problem.message}` : problem.message;
    return `${file}:${describe(text, { ...problem, message })}`;
  });
}

/** `1 error in 2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
