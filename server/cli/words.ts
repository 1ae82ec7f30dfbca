import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { replaceFile } from "./node/files";
import { type Given, type Terminal, UsageError } from "./terminal";

/** An option that was given, or undefined. */
export function option({ options }: Given, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

/** An argument by its place. Commander has made sure of those that are required. */
export function argument({ args }: Given, index: number): string {
  return args[index] ?? "";
}

/**
 * Checks what was given against the contract of the verb; names of the contract are told as options of the command.
 *
 * @throws {UsageError}
 */
export function check<T>(schema: z.ZodType<T>, value: unknown, names: Readonly<Record<string, string>> = {}): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join(".") ?? "";
  const name = names[field] ?? names[String(issue?.path[0])] ?? (field ? `--${field}` : "");
  const message = (issue?.message ?? "not understood").replace(/^Invalid (input|option): /, "");
  throw new UsageError(name ? `${name}: ${message}` : message);
}

const UNITS: Readonly<Record<string, number>> = { s: 1 / 60, m: 1, h: 60, d: 1440 };

/**
 * Minutes in a time such as 15m, 2h or 30d; a bare number counts in `bare`.
 *
 * @throws {UsageError}
 */
export function minutesOf(text: string, optionName: string, bare: "m" | "h"): number {
  const match = /^(\d{1,7})([smhd]?)$/.exec(text);
  const minutes = Number(match?.[1]) * (UNITS[match?.[2] || bare] ?? Number.NaN);
  if (!match || !(minutes > 0)) throw new UsageError(`${optionName} takes a time such as 15m, 2h or 30d`);
  return minutes;
}

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}))?(?:Z| UTC)?)?$/;

/**
 * A moment such as 2026-11-27, which is its first, 2026-11-27T18:00 or 2026-11-27 18:00 UTC. Times are UTC here.
 *
 * @throws {UsageError}
 */
export function timeOf(text: string, optionName: string): Date {
  const [, day = "", time = "00:00", seconds = "00"] = TIME.exec(text) ?? [];
  const at = new Date(`${day}T${time}:${seconds}Z`);
  // The 31st of a shorter month would be read as a day of the next.
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(day)) {
    throw new UsageError(`${optionName} takes a time in UTC such as 2026-11-27 or 2026-11-27T18:00`);
  }
  return at;
}

/** The text of a file, or of standard input for `-`. */
export function readText(terminal: Terminal, file: string): Promise<string> {
  return file === "-" ? terminal.readInput() : readFile(file, "utf8");
}

/** Replaces a file at once. Standard output for `-` is the caller's. */
export async function writeText(file: string, text: string): Promise<void> {
  await replaceFile(file, text, 0o644);
}

/**
 * The first line of standard input, which is how a secret is handed over without showing in the process list.
 *
 * @throws {UsageError} when it is empty.
 */
export async function readSecret(terminal: Terminal, what: string): Promise<string> {
  const [line = ""] = (await terminal.readInput()).split(/\r?\n/);
  if (line === "") throw new UsageError(`standard input holds no ${what}`);
  return line;
}
