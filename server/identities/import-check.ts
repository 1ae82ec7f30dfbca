import type { ReadDatabase } from "@/server/kernel/context";
import type { ImportProblem } from "./import-contract";
import type { ImportFile, ImportRow } from "./import-rows";
import { allUserNames, findTaken, type Taken } from "./import-store";
import { userNameOf } from "./model";

/** A row with the name that it gets and the team that it names. */
export interface NamedRow extends ImportRow {
  readonly name: string;
  readonly teamId: string | null;
}

/** What is wrong with the rows of a file among themselves and beside what is there; and the rows as they would be made. */
export function examineImport(
  db: ReadDatabase,
  { rows }: ImportFile,
  teams: ReadonlyMap<string, string>,
): { readonly rows: readonly NamedRow[]; readonly problems: readonly ImportProblem[] } {
  const taken = findTaken(db, given(rows, "name"), given(rows, "email"));
  const problems: ImportProblem[] = [];
  const first = { names: new Map<string, number>(), emails: new Map<string, number>() };
  for (const row of rows) {
    for (const [column, message] of [
      nameProblem(row, taken, first.names),
      emailProblem(row, taken, first.emails),
      teamProblem(row, teams),
    ].filter((problem) => problem !== undefined)) {
      problems.push({ row: row.row, column, message });
    }
  }
  if (problems.length > 0) return { rows: [], problems };
  return { rows: withNames(db, rows, teams), problems };
}

type Found = readonly [column: string, message: string] | undefined;

/** Nodes and services share their DNS names, so that a name of either is taken for both. */
function nameProblem({ row, kind, name }: ImportRow, taken: Taken, first: Map<string, number>): Found {
  if (name === null) return undefined;
  const other = kind === "node" ? "service" : "node";
  if (taken.names.has(`${kind} ${name}`)) {
    return ["name", `there is a ${kind} “${name}” already; names of retired ones stay taken`];
  }
  if (kind !== "user" && taken.names.has(`${other} ${name}`)) {
    return ["name", `there is a ${other} “${name}” already, and the two would share a DNS name`];
  }
  const key = kind === "user" ? `user ${name}` : `machine ${name}`;
  const earlier = first.get(key);
  if (earlier !== undefined) return ["name", `“${name}” is twice in this file: row ${earlier} has it already`];
  first.set(key, row);
  return undefined;
}

function emailProblem({ row, email }: ImportRow, taken: Taken, first: Map<string, number>): Found {
  if (email === null) return undefined;
  if (taken.emails.has(email)) return ["email", `somebody has the address ${email} already`];
  const earlier = first.get(email);
  if (earlier !== undefined) return ["email", `${email} is twice in this file: row ${earlier} has it already`];
  first.set(email, row);
  return undefined;
}

function teamProblem({ team }: ImportRow, teams: ReadonlyMap<string, string>): Found {
  if (team === null || teams.has(team)) return undefined;
  return ["team", `there is no team “${team}”; make it first, or leave the cell empty`];
}

function given(rows: readonly ImportRow[], column: "name" | "email"): string[] {
  return rows.flatMap((row) => row[column] ?? []);
}

/** People without a name are named after their address, with a number where that is taken. */
function withNames(db: ReadDatabase, rows: readonly ImportRow[], teams: ReadonlyMap<string, string>): NamedRow[] {
  const hasNameless = rows.some(({ name }) => name === null);
  const people = rows.filter(({ kind }) => kind === "user");
  const names = new Set(hasNameless ? [...allUserNames(db), ...given(people, "name")] : []);
  const next = new Map<string, number>();
  return rows.map((row) => {
    const teamId = row.team === null ? null : (teams.get(row.team) ?? null);
    if (row.name !== null) return { ...row, name: row.name, teamId };
    const wanted = userNameOf(row.email ?? "");
    let name = wanted;
    let number = next.get(wanted) ?? 2;
    while (names.has(name)) name = `${wanted}-${number++}`;
    next.set(wanted, number);
    names.add(name);
    return { ...row, name, teamId };
  });
}
