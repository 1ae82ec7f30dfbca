import { CommanderError } from "commander";
import { DomainError } from "@/server/kernel/errors";
import { GatewayRefused, NodeError } from "./node/errors";
import { CommandFailed, UsageError } from "./terminal";

/** How a failed command ends. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly exitCode: 1 | 2;
}

/** Translates whatever was thrown, once, for every command. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) return { code: "usage", message: usageOf(error), exitCode: 2 };
  if (error instanceof UsageError) return { code: "usage", message: error.message, exitCode: 2 };
  if (
    error instanceof DomainError ||
    error instanceof CommandFailed ||
    error instanceof NodeError ||
    error instanceof GatewayRefused
  ) {
    return { code: error.code, message: error.message, exitCode: 1 };
  }
  if (!(error instanceof Error)) return { code: "internal", message: "internal error", exitCode: 1 };
  if (error.name === "BadSettings" || error.name === "DatabaseTooNew") {
    return {
      code: error.name === "BadSettings" ? "settings" : "database.too_new",
      message: error.message,
      exitCode: 1,
    };
  }
  return { code: codeOf(error), message: fileTrouble(error) ?? `internal error: ${error.message}`, exitCode: 1 };
}

function usageOf({ code, message }: CommanderError): string {
  if (code === "commander.help") return "say which command; --help lists them";
  return `${message.replace(/^error: /, "")}; see --help`;
}

function codeOf(error: Error): string {
  return fileTrouble(error) === undefined ? "internal" : "file";
}

function fileTrouble(error: NodeJS.ErrnoException): string | undefined {
  if (error.path === undefined && error.syscall === undefined) return undefined;
  switch (error.code) {
    case "ENOENT":
      return `there is no ${error.path}`;
    case "EACCES":
    case "EPERM":
      return `${error.path} may not be read or written by this user`;
    case "EISDIR":
      return `${error.path} is a folder`;
    case "ENOTDIR":
      return `a part of ${error.path} is not a folder`;
    case "EEXIST":
      return `${error.path} exists already`;
    case "ENOSPC":
      return "the disk is full";
    case "EROFS":
      return `${error.path} cannot be written: the file system is read-only`;
    default:
      return undefined;
  }
}
