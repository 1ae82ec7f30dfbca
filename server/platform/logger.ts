import { mkdirSync } from "node:fs";
import { join } from "node:path";
import pino, { type Logger } from "pino";
import type { Settings } from "./env";

const SECRET_FIELDS = [
  "password",
  "passphrase",
  "token",
  "secret",
  "code",
  "authorization",
  "cookie",
  "privateKey",
  "csr",
];

/**
 * Structured logs of one process, a JSON object a line, in `<data>/logs/<process>.log`. Fields that could hold a secret
 * are replaced by name, as a second net: callers do not hand them over.
 */
export function openLogger(settings: Settings, process: string): Logger {
  const folder = join(settings.dataDir, "logs");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return pino(
    {
      level: settings.logLevel,
      base: { process },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: "[withheld]" },
    },
    pino.destination({ dest: join(folder, `${process}.log`), sync: true, mode: 0o600 }),
  );
}

export type { Logger };
