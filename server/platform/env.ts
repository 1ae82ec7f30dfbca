import { join, resolve } from "node:path";
import { z } from "zod";

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const flag = z.enum(["0", "1"]).default("0");

const Environment = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  /** The folder of the program; the launchers set it, so that commands may be run from anywhere. */
  SWARM_HOME: z.string().min(1).optional(),
  SWARM_DATA_DIR: z.string().min(1).default("./data"),
  SWARM_CONSOLE_PORT: port(3000),
  SWARM_CONSOLE_HOST: z.string().min(1).default("127.0.0.1"),
  SWARM_CONSOLE_TLS: flag,
  SWARM_CONSOLE_NAMES: z.string().default(""),
  SWARM_GATEWAY_PORT: port(8443),
  SWARM_GATEWAY_HOST: z.string().min(1).default("127.0.0.1"),
  SWARM_PKI_PORT: port(8080),
  SWARM_PKI_HOST: z.string().min(1).optional(),
  SWARM_PKI_URL: z.url({ protocol: /^http$/ }).optional(),
  SWARM_GATEWAY_NAMES: z.string().default(""),
  SWARM_TRUST_DOMAIN: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
      "lower-case DNS labels, such as swarm.local",
    )
    .max(253)
    .default("swarm.local"),
  SWARM_MASTER_KEY_FILE: z.string().min(1).optional(),
  SWARM_MASTER_PASSPHRASE: z.string().min(1).optional(),
  SWARM_POLICY_REVIEW: z.enum(["none", "required"]).default("none"),
  SWARM_BELIEVED_PROPERTIES: z
    .string()
    .regex(
      /^\s*((subject|resource)\.[A-Za-z_]\w*\s*(,\s*(subject|resource)\.[A-Za-z_]\w*\s*)*)?$/,
      "subject.name or resource.name, separated by commas",
    )
    .default(""),
  SWARM_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

/** What the operator chose, with every default filled in and every path absolute. */
export interface Settings {
  readonly mode: "development" | "production" | "test";
  /** The folder of the program. */
  readonly home: string;
  readonly dataDir: string;
  readonly migrationsDir: string;
  readonly databaseFile: string;
  readonly masterKeyFile: string;
  /** Set when the master key comes from a passphrase in place of a file. */
  readonly masterPassphrase: string | undefined;
  readonly trustDomain: string;
  /** Whether somebody else than the author must publish a draft of a policy. */
  readonly policyReview: "none" | "required";
  /** What callers of the decision API may claim of subjects and resources: `subject.clearance`. */
  readonly believedProperties: readonly string[];
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** `names`: further host names under which browsers reach the console. */
  readonly console: {
    readonly host: string;
    readonly port: number;
    readonly tls: boolean;
    readonly names: readonly string[];
  };
  readonly gateway: { readonly host: string; readonly port: number; readonly names: readonly string[] };
  /** `url` is what certificates carry as the place of CRLs and issuers: http, without a slash at the end. */
  readonly pki: { readonly host: string; readonly port: number; readonly url: string };
}

/** A setting cannot be used. Says which, and what would be accepted. */
export class BadSettings extends Error {
  override readonly name = "BadSettings";
}

/**
 * Reads settings from environment variables.
 *
 * @throws {BadSettings} naming every variable that cannot be used.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new BadSettings(`these settings cannot be used\n  ${problems.join("\n  ")}`);
  }
  const env = parsed.data;
  const home = resolve(/* turbopackIgnore: true */ env.SWARM_HOME ?? ".");
  const dataDir = resolve(/* turbopackIgnore: true */ home, env.SWARM_DATA_DIR);
  const keyFile = env.SWARM_MASTER_KEY_FILE ?? join(dataDir, "master.key");
  const pkiHost = env.SWARM_PKI_HOST ?? env.SWARM_GATEWAY_HOST;

  return {
    mode: env.NODE_ENV,
    home,
    dataDir,
    migrationsDir: join(home, "drizzle", "migrations"),
    databaseFile: join(dataDir, "swarm.db"),
    masterKeyFile: resolve(/* turbopackIgnore: true */ home, keyFile),
    masterPassphrase: env.SWARM_MASTER_PASSPHRASE,
    trustDomain: env.SWARM_TRUST_DOMAIN,
    policyReview: env.SWARM_POLICY_REVIEW,
    believedProperties: listOf(env.SWARM_BELIEVED_PROPERTIES),
    logLevel: env.SWARM_LOG_LEVEL,
    console: {
      host: env.SWARM_CONSOLE_HOST,
      port: env.SWARM_CONSOLE_PORT,
      tls: env.SWARM_CONSOLE_TLS === "1",
      names: listOf(env.SWARM_CONSOLE_NAMES),
    },
    gateway: {
      host: env.SWARM_GATEWAY_HOST,
      port: env.SWARM_GATEWAY_PORT,
      names: listOf(env.SWARM_GATEWAY_NAMES),
    },
    pki: {
      host: pkiHost,
      port: env.SWARM_PKI_PORT,
      url: (env.SWARM_PKI_URL ?? `http://${pkiHost}:${env.SWARM_PKI_PORT}`).replace(/\/+$/, ""),
    },
  };
}

function listOf(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}

let settings: Settings | undefined;

/** The settings of this process, read once. The only place that looks at `process.env`. */
export function processSettings(): Settings {
  settings ??= readSettings(process.env);
  return settings;
}
