import { RoleDefinition } from "@/server/roles/contract";
import { type Terminal, UsageError } from "../terminal";
import { readText } from "../words";

/**
 * What a role is, from a file of JSON: a definition alone, or all that `role show --json` says. A field that there is not
 * is refused, for a condition that nobody reads would permit more than whoever wrote it meant.
 *
 * @throws {UsageError}
 */
export async function readDefinition(terminal: Terminal, file: string): Promise<RoleDefinition> {
  const said = definitionIn(await readJson(terminal, file));
  const parsed = RoleDefinition.safeParse(said);
  const wrong = parsed.success
    ? unreadFields(said, parsed.data).map((field) => `${field}: there is no such field`)
    : parsed.error.issues.map(({ path, message }) => `${fieldAt(path) || "the file"}: ${message}`);
  if (wrong.length > 0 || !parsed.success) throw new UsageError(`--file: ${wrong.join("; ")}`);
  return parsed.data;
}

async function readJson(terminal: Terminal, file: string): Promise<unknown> {
  const text = await readText(terminal, file);
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`--file: ${file === "-" ? "standard input" : file} is not JSON`);
  }
}

function definitionIn(said: unknown): unknown {
  if (!isObject(said) || !("definition" in said)) return said;
  if (said.definition === null) throw new UsageError("--file: a built-in role has no definition; write one");
  return said.definition;
}

/** Fields that somebody wrote and nobody read. */
function unreadFields(said: unknown, read: unknown, path: readonly PropertyKey[] = []): string[] {
  if (Array.isArray(said) && Array.isArray(read)) {
    return said.flatMap((one, at) => unreadFields(one, read[at], [...path, at]));
  }
  if (!isObject(said) || !isObject(read)) return [];
  return Object.entries(said).flatMap(([key, value]) =>
    key in read ? unreadFields(value, read[key], [...path, key]) : [fieldAt([...path, key])],
  );
}

/** `permissions[0].actions` */
function fieldAt(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
