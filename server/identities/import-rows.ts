import { readCsv } from "@/server/platform/csv-reading";
import { DisplayName, Email, type IdentityKind, IdentityName, Labels } from "./contract";
import { IMPORT_COLUMNS, IMPORT_MOST_ROWS, type ImportProblem } from "./import-contract";
import { ImportTooLarge } from "./errors";
import { displayNameOf } from "./model";

type Column = (typeof IMPORT_COLUMNS)[number];

/** One identity of a file, as far as the file alone tells. */
export interface ImportRow {
  readonly row: number;
  readonly kind: IdentityKind;
  /** Null for a person who is named after their address. */
  readonly name: string | null;
  readonly displayName: string;
  readonly email: string | null;
  /** Name of a team. */
  readonly team: string | null;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a file says, and what is wrong with it by itself. Rows with a problem are left out. */
export interface ImportFile {
  readonly rows: readonly ImportRow[];
  readonly problems: readonly ImportProblem[];
}

/** Reads a file of identities. @throws {ImportTooLarge} for more rows than are accepted. */
export function readImport(text: string): ImportFile {
  if (text.includes("\ufffd")) return unreadable(1, "this file is not UTF-8; save it as CSV in UTF-8");
  const { records, broken } = readCsv(text);
  const [head, ...body] = records;
  if (!head || isEmpty(head)) {
    return unreadable(
      broken?.row ?? 1,
      broken?.message ?? `the first row names the columns: ${IMPORT_COLUMNS.join(", ")}`,
    );
  }
  const { places, problems } = readHead(head);
  if (body.filter((record) => !isEmpty(record)).length > IMPORT_MOST_ROWS) throw new ImportTooLarge();
  if (problems.length > 0) return { rows: [], problems };

  const rows: ImportRow[] = [];
  body.forEach((record, index) => {
    if (isEmpty(record)) return;
    const row = index + 2;
    if (record.length !== head.length) {
      problems.push({ row, column: null, message: `it has ${record.length} cells, and the head ${head.length}` });
      return;
    }
    const read = readRow(row, (column) => (record[places.get(column) ?? -1] ?? "").trim());
    problems.push(...read.problems);
    if (read.problems.length === 0) rows.push(read.identity);
  });
  if (broken) problems.push({ row: broken.row, column: null, message: broken.message });
  if (rows.length === 0 && problems.length === 0) return unreadable(2, "there is nobody in this file but its head");
  return { rows, problems };
}

function unreadable(row: number, message: string): ImportFile {
  return { rows: [], problems: [{ row, column: null, message }] };
}

function isEmpty(record: readonly string[]): boolean {
  return record.every((cell) => cell.trim() === "");
}

/** Which column stands where. */
function readHead(head: readonly string[]): { places: Map<Column, number>; problems: ImportProblem[] } {
  const places = new Map<Column, number>();
  const problems: ImportProblem[] = [];
  const say = (column: string, message: string) => problems.push({ row: 1, column, message });
  head.forEach((cell, index) => {
    const bare = cell.replace(/[\s_-]/g, "").toLowerCase();
    const column = IMPORT_COLUMNS.find((one) => one.toLowerCase() === bare);
    if (!column) say(cell.trim(), `no such column; there are ${IMPORT_COLUMNS.join(", ")}`);
    else if (places.has(column)) say(column, "this column is there twice");
    else places.set(column, index);
  });
  for (const needed of ["kind", "name"] as const) {
    if (!places.has(needed)) say(needed, "this column is missing; separate columns by commas");
  }
  return { places, problems };
}

type Read = { readonly identity: ImportRow; readonly problems: readonly ImportProblem[] };

function readRow(row: number, cell: (column: Column) => string): Read {
  const problems: ImportProblem[] = [];
  const say = (column: Column, message: string) => {
    problems.push({ row, column, message });
    return null;
  };
  const kind = KINDS.get(cell("kind").toLowerCase());
  if (!kind) say("kind", `${quoted(cell("kind"))} is no kind; there are user, service and node`);
  const isPerson = kind === "user";

  const email = cell("email") === "" ? null : Email.safeParse(cell("email"));
  if (isPerson && !email) say("email", "a person needs an e-mail address");
  if (email && kind && !isPerson) say("email", "only people have an e-mail address");
  if (email?.error) say("email", firstOf(email.error));

  const name = isPerson && cell("name") === "" ? null : IdentityName.safeParse(cell("name"));
  if (name?.error) say("name", firstOf(name.error));
  const address = email?.data ?? null;
  const fallback = name?.data ?? (address === null ? "" : displayNameOf(address));
  const displayName = DisplayName.safeParse(
    cell("displayName") || (isPerson && address ? displayNameOf(address) : fallback),
  );
  if (displayName.error && cell("displayName") !== "") say("displayName", firstOf(displayName.error));

  const labels = readLabels(cell("labels"));
  if (typeof labels === "string") say("labels", labels);
  return {
    problems,
    identity: {
      row,
      kind: kind ?? "user",
      name: name?.data ?? null,
      displayName: displayName.data ?? "",
      email: address,
      team: cell("team") || null,
      labels: typeof labels === "string" ? {} : labels,
    },
  };
}

const KINDS: ReadonlyMap<string, IdentityKind> = new Map([
  ["user", "user"],
  ["person", "user"],
  ["service", "service"],
  ["node", "node"],
]);

/** `rack=3;zone=eu` by key, or what is wrong with it. Within a value `\\;` is a semicolon and `\\\\` a backslash. */
function readLabels(text: string): Record<string, string> | string {
  const labels: Record<string, string> = {};
  for (const pair of text.match(/(?:\\[;\\]|[^;])+/g) ?? []) {
    if (pair.trim() === "") continue;
    const at = pair.indexOf("=");
    if (at < 1) return `${quoted(pair)} is no label; write key=value;key=value`;
    const key = pair.slice(0, at).trim();
    if (Object.hasOwn(labels, key)) return `the label ${quoted(key)} is there twice`;
    Object.defineProperty(labels, key, { value: pair.slice(at + 1).replace(/\\([;\\])/g, "$1"), enumerable: true });
  }
  const checked = Labels.safeParse(labels);
  return checked.data ?? firstOf(checked.error);
}

/** Labels as `readLabels` reads them. */
export function writeLabels(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value.replace(/[;\\]/g, "\\$&")}`)
    .join(";");
}

function firstOf(error: { readonly issues: readonly { readonly message: string }[] } | undefined): string {
  return error?.issues[0]?.message ?? "not understood";
}

function quoted(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;
}
