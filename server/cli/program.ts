import { Command } from "commander";
import type { CommandLine, Option } from "./command-line";
import type { Given } from "./terminal";

/** A command that was asked for, with what was written after it. */
export interface Asked {
  readonly line: CommandLine;
  readonly given: Given;
  readonly isJson: boolean;
}

/** Where help goes. Complaints are thrown, and told in one place. */
export interface Output {
  out(text: string): void;
}

/**
 * Builds the program from the table. Parsing never exits the process: it throws commander's `CommanderError`, and
 * hands what was asked to `run`.
 */
export function programOf(
  lines: readonly CommandLine[],
  output: Output,
  run: (asked: Asked) => Promise<void>,
): Command {
  const program = quiet(new Command("swarm"), output)
    .description("Swarm Security Console at the terminal")
    .usage("COMMAND [options]")
    .configureHelp({ sortSubcommands: false })
    .helpCommand("help [command]", "say how a command is used");
  const groups = new Map<string, Command>();

  for (const line of lines) {
    const words = line.usage.split(" ").filter((word) => !word.startsWith("<"));
    const parent = words.length > 1 ? groupOf(program, groups, words[0] ?? "", output) : program;
    const command = quiet(
      parent.command(
        line.usage
          .split(" ")
          .slice(words.length - 1)
          .join(" "),
      ),
      output,
    );
    command.description(line.about).option("--json", "answer in JSON");
    for (const option of line.options) add(command, option);
    command.action(async () => {
      const { json, ...options } = command.opts();
      await run({ line, given: { args: command.args, options }, isJson: json === true });
    });
  }
  return program;
}

const GROUPS: Readonly<Record<string, string>> = {
  user: "people",
  identity: "people, services and nodes alike",
  node: "nodes",
  service: "services",
  profile: "what may be issued",
  cert: "certificates",
  "join-token": "tokens with which machines enrol",
  ca: "the authorities",
  policy: "policies in Cedar",
  resource: "what policies decide about",
  role: "what is permitted together, under one name",
  grant: "who holds which role, where and until when",
};

function groupOf(program: Command, groups: Map<string, Command>, name: string, output: Output): Command {
  let group = groups.get(name);
  if (!group) {
    group = quiet(program.command(name), output).description(GROUPS[name] ?? name);
    groups.set(name, group);
  }
  return group;
}

function add(command: Command, { flags, about, isRequired }: Option): void {
  if (isRequired) command.requiredOption(flags, about);
  else command.option(flags, about);
}

function quiet(command: Command, output: Output): Command {
  return command
    .exitOverride()
    .allowExcessArguments(false)
    .configureOutput({ writeOut: output.out, writeErr: () => {}, outputError: () => {} });
}
