import { realpath, stat } from "node:fs/promises";
import { formatPolicies } from "@/server/engines/cedar/syntax/editing/format";
import { parsePolicies } from "@/server/engines/cedar/syntax/parser";
import type { Problem } from "@/server/engines/cedar/syntax/problem";
import { replaceFile } from "../node/files";
import { CommandFailed, type Given, type Handler, type Terminal, UsageError } from "../terminal";
import { counted, type NamedText, problemLines, problemsOf, readTexts } from "./policy-files";

/** A text as it is, and as it should be. */
interface Formatted extends NamedText {
  readonly formatted: string;
  /** Of its syntax. There is no other form of a text that has some. */
  readonly problems: readonly Problem[];
}

/** `swarm policy format FILE… [--check | --write]`: all of the files, or none when the syntax of one is broken. */
export const formatFiles: Handler = async (terminal, given) => {
  const deed = deedOf(given);
  const files = (await readTexts(terminal, given.args)).map(
    ({ file, text }): Formatted => ({
      file,
      text,
      formatted: formatPolicies(text),
      problems: parsePolicies(text).problems,
    }),
  );
  const broken = files.filter(({ problems }) => problems.length > 0);
  if (broken.length > 0) return refuse(terminal, broken);

  const others = files.filter(({ text, formatted }) => text !== formatted);
  const names = others.map(({ file }) => file);
  switch (deed) {
    case "check":
      terminal.say({ files: files.map(inJson) }, names.join("\n") || `formatted: ${counted(files.length, "file")}`);
      if (others.length > 0)
        throw new CommandFailed("policy.unformatted", `not formatted: ${counted(others.length, "file")}`);
      return;
    case "write":
      for (const { file, formatted } of others) await writeBack(file, formatted);
      terminal.say(
        { files: files.map(inJson) },
        names.join("\n") || `nothing to write: ${counted(files.length, "file")}`,
      );
      return;
    case "print":
      if (terminal.isJson)
        terminal.say({ files: files.map((one) => ({ ...inJson(one), formatted: one.formatted })) }, "");
      else await terminal.write(files.map(({ formatted }) => formatted).join(""));
  }
};

function deedOf({ args, options }: Given): "check" | "write" | "print" {
  if (options.check !== true && options.write !== true) return "print";
  if (options.check === options.write) throw new UsageError("give one of --check and --write");
  if (options.check === true) return "check";
  if (args.includes("-")) throw new UsageError("--write takes files, for standard input cannot be written");
  return "write";
}

/** Standard output is kept for what is formatted, so that nobody takes a problem for a policy. */
function refuse(terminal: Terminal, broken: readonly Formatted[]): never {
  if (terminal.isJson)
    terminal.say({ files: broken.map((one) => ({ file: one.file, problems: problemsOf(one, one.problems) })) }, "");
  else terminal.warn(broken.flatMap((one) => problemLines(one, one.problems)).join("\n"));
  throw new CommandFailed(
    "policy.syntax",
    `nothing is formatted, for the syntax of ${counted(broken.length, "file")} is broken`,
  );
}

const inJson = ({ file, text, formatted }: Formatted) => ({ file, wasFormatted: text === formatted });

/** Replaces a file, through the links that lead to it, and leaves its mode. */
async function writeBack(file: string, text: string): Promise<void> {
  const path = await realpath(file);
  await replaceFile(path, text, (await stat(path)).mode & 0o777);
}
