import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Database, openDatabase } from "@/server/platform/database";
import { digitsOf, insertIdentity, insertParents, insertRow } from "@/server/testing/certificate-rows";

const MIGRATIONS = resolve(import.meta.dirname, "../../drizzle/migrations");
const [DAY, START] = [86_400_000, Date.parse("2026-03-12T14:32:00Z")];
const TEAMS = ["tea_a", "tea_b", null];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "swarm-teams-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The migrations before one of them, as a release before it had them. */
function migrationsBefore(name: string): string {
  const older = join(folder, "migrations");
  cpSync(MIGRATIONS, older, { recursive: true });
  const file = join(older, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(file, "utf8")) as { entries: { tag: string }[] };
  const at = journal.entries.findIndex(({ tag }) => tag.endsWith(name));
  expect(at).toBeGreaterThan(0);
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, at) }));
  return older;
}

/** Two teams and some of none, with certificates of each fact that end on many days. */
function fill({ writer }: Database): Promise<void> {
  return writer.write(async (tx) => {
    insertParents(tx, [{ id: "prf_node", kind: "node" }]);
    for (const id of ["tea_a", "tea_b"])
      tx.statement("INSERT INTO teams (id, name, created_at) VALUES (?, ?, 0)").run(id, id);
    for (const [n, team] of TEAMS.entries()) {
      insertIdentity(tx, `idn_${n}`, "node", `node-${n}`);
      tx.statement("UPDATE identities SET team_id = ? WHERE id = ?").run(team, `idn_${n}`);
    }
    for (let n = 0; n < 90; n += 1) {
      const notAfter = START + (n % 40) * 4 * DAY;
      insertRow(tx, {
        ...{ ...digitsOf(n), profileId: "prf_node", identityId: `idn_${n % 3}`, kind: "node", name: `node-${n % 3}` },
        ...{ sans: [], keyAlgorithm: "P-256", notBefore: START - DAY, notAfter, renewAfter: notAfter - DAY },
        ...{ issuedAt: START, renewedBy: n % 7 === 0 ? digitsOf(-n).serial : null, revokedAt: n % 5 ? null : START },
      });
    }
  });
}

const partsOfTeams = ({ read }: Database) => [
  read.statement("SELECT seq, team_id FROM certificate_inventory ORDER BY seq").all(),
  read.statement("SELECT * FROM certificate_team_tallies WHERE certificates > 0").all(),
];

it("takes over what teams have from a database that knew nothing of it", async () => {
  const [file, otherFile] = [join(folder, "old.db"), join(folder, "new.db")];
  const old = openDatabase({ file, migrations: migrationsBefore("inventory_of_teams") });
  await fill(old);
  expect(() => partsOfTeams(old)).toThrow(/no such column/);
  old.close();

  const [upgraded, fresh] = [file, otherFile].map((name) => openDatabase({ file: name, migrations: MIGRATIONS }));
  if (!upgraded || !fresh) throw new Error("two databases were opened");
  await fill(fresh);
  const [rows, tallies] = partsOfTeams(upgraded);
  expect(rows).toContainEqual({ seq: 2, team_id: "tea_b" });
  expect(tallies?.length).toBeGreaterThan(60);
  expect([rows, tallies]).toEqual(partsOfTeams(fresh));
  for (const database of [upgraded, fresh]) database.close();
});

it("keeps nothing for who is in no team, and nothing of who has left", async () => {
  const database = openDatabase({ file: join(folder, "swarm.db"), migrations: MIGRATIONS });
  await fill(database);
  await database.writer.write(async (tx) => void tx.statement("UPDATE identities SET team_id = NULL").run());
  const [rows, tallies] = partsOfTeams(database);
  expect(new Set((rows as { team_id: unknown }[]).map((row) => row.team_id))).toEqual(new Set([null]));
  expect(tallies).toEqual([]);
  database.close();
});
