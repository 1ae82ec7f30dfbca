import { spawn } from "node:child_process";

/** How a program ended, and what it said. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program is given besides its arguments. */
export interface Given {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const PACKAGES: Readonly<Record<string, string>> = {
  openssl: "openssl",
  curl: "curl",
  certtool: "gnutls-bin",
  "gnutls-cli": "gnutls-bin",
  nginx: "nginx-light",
  faketime: "faketime",
};

/** Nothing here takes this long; a program that hangs is ended, and its test fails. */
const LONGEST_MS = 60_000;

/** Debian keeps nginx where the path of a plain user does not lead. */
const PATH = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`;

/**
 * Runs a program that is not ours to its end.
 *
 * @throws when it is not installed, naming the Debian package that holds it; never for its exit code.
 */
export function run(program: string, args: readonly string[], { input = "", cwd, env }: Given = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, PATH, LC_ALL: "C", ...env },
      timeout: LONGEST_MS,
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", (error: NodeJS.ErrnoException) => reject(error.code === "ENOENT" ? missing(program) : error));
    child.on("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/** Runs a program that has to succeed, and answers what it wrote to stdout. */
export async function must(program: string, args: readonly string[], given: Given = {}): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, given);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}: ${stderr}${stdout}`);
  return stdout;
}

/** What to say when a program is not there. */
export function missing(program: string): Error {
  return new Error(
    `this test needs ${program}, which is not installed: apt-get install ${PACKAGES[program] ?? program}`,
  );
}

/** A serial as OpenSSL shows it: upper case, without leading zero bytes. */
export function shownSerial(serial: string): string {
  return serial.toUpperCase().replace(/^(00)+/, "");
}

/** Settings under which a process lives in the past; waiting takes as long as ever. */
export async function hoursAgo(hours: number): Promise<Record<string, string>> {
  const library = await must("faketime", ["-f", "+0", "printenv", "LD_PRELOAD"]);
  return { LD_PRELOAD: library.trim(), FAKETIME: `-${hours}h`, FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}
