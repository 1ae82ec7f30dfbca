import { renewalDueAt } from "@/server/certificates/model";
import type { Transaction } from "@/server/kernel/context";
import { digitsOf, insertIdentity, insertParents, insertRow, type RowDraft } from "./certificate-rows";
import { testWorld, type World } from "./world";

/** When an inventory begins; many of its certificates end close to it. */
export const START = Date.parse("2026-03-12T14:32:00Z");
export const [SECOND, HOUR, DAY] = [1_000, 3_600_000, 86_400_000];

export const PROFILES = [
  { id: "prf_node_short", kind: "node", hours: 24 },
  { id: "prf_node_long", kind: "node", hours: 24 * 90 },
  { id: "prf_service", kind: "service", hours: 24 * 7 },
  { id: "prf_user", kind: "user", hours: 24 * 365 },
] as const;
export const ALGORITHMS = ["P-256", "P-384", "Ed25519"];
/** Leads at the very borders of the cells that due certificates are counted in. */
export const LEADS = [0, 1, 2 ** 22 - 1, 2 ** 22, 2 ** 22 + 2 ** 15 - 1, 2 ** 22 + 2 ** 15, 2 ** 23];
const WORDS = ["gpu", "cpu", "ams", "fra", "vision", "batch", "ab", "cafe"];
const IDENTITIES = 300;
export const TEAMS = ["tea_0", "tea_1", "tea_2", "tea_empty", "tea_few"];

/** The team of an identity at the beginning: a quarter each have the first three, one in forty is among few, the others have none. */
function firstTeamOf(identityId: string): string | null {
  const n = Number(/\d+$/.exec(identityId)?.[0]);
  if (n % 40 === 3) return "tea_few";
  return TEAMS[n % 4 === 3 ? -1 : n % 4] ?? null;
}

/** A row as plain JavaScript keeps it, beside the database. */
export interface Kept extends RowDraft {
  readonly seq: number;
  /** The team of whom it belongs to. */
  readonly team: string | null;
}

/** Certificates in a world, the same in every run, and the same rows as plain JavaScript. */
export interface Inventory {
  readonly world: World;
  readonly kept: readonly Kept[];
  addRows(count: number): Promise<void>;
  /** Renews or revokes one. */
  change(seq: number, facts: { renewedBy: string } | { revokedAt: number }): Promise<void>;
  /** Puts the identity of one into a team, or out of all. */
  move(seq: number, team: string | null): Promise<void>;
}

/** Makes a world with so many certificates. Everything is allowed in it. */
export async function inventoryWorld(rows: number): Promise<Inventory> {
  const world = await testWorld({ may: "all", startsAt: new Date(START) });
  const write = (job: (tx: Transaction) => void) => world.runtime.database.writer.write(async (tx) => job(tx));
  const chance = chanceFrom(42);
  const kept: Kept[] = [];
  const teams = new Map<string, string | null>();
  const keptAt = (seq: number): Kept => {
    const row = kept[seq - 1];
    if (!row) throw new RangeError(`there is no row ${seq}`);
    return row;
  };
  const join = (tx: Transaction, identityId: string, team: string | null) => {
    tx.statement("UPDATE identities SET team_id = ? WHERE id = ?").run(team, identityId);
    teams.set(identityId, team);
  };

  const addRows = (count: number) =>
    write((tx) => {
      for (let at = 0; at < count; at += 1) {
        const row = draftRow(kept.length, chance);
        insertRow(tx, row);
        kept.push({ ...row, seq: kept.length + 1, team: teams.get(row.identityId) ?? null });
      }
    });
  await write((tx) => {
    insertParents(tx, PROFILES);
    for (const team of TEAMS) tx.statement("INSERT INTO teams (id, name, created_at) VALUES (?, ?, 0)").run(team, team);
    for (const kind of ["node", "service", "user"] as const) {
      for (let n = 0; n < IDENTITIES; n += 1) {
        insertIdentity(tx, `${kind}_${n}`, kind, `${kind}-${n}`);
        join(tx, `${kind}_${n}`, firstTeamOf(`${kind}_${n}`));
      }
    }
  });
  await addRows(rows);
  return {
    world,
    kept,
    addRows,
    async change(seq, facts) {
      await write((tx) => writeChange(tx, seq, facts));
      kept[seq - 1] = { ...keptAt(seq), ...facts };
    },
    async move(seq, team) {
      const { identityId } = keptAt(seq);
      await write((tx) => join(tx, identityId, team));
      for (const [at, row] of kept.entries()) if (row.identityId === identityId) kept[at] = { ...row, team };
    },
  };
}

function writeChange(tx: Transaction, seq: number, facts: { renewedBy: string } | { revokedAt: number }): void {
  if ("renewedBy" in facts) {
    tx.statement("UPDATE certificates SET renewed_by = ?, renewed_at = 1 WHERE seq = ?").run(facts.renewedBy, seq);
  } else {
    tx.statement("UPDATE certificates SET revoked_at = ?, revocation_reason = 'superseded' WHERE seq = ?").run(
      facts.revokedAt,
      seq,
    );
  }
}

type Chance = (below: number) => number;

/** Chance that is the same in every run. */
function chanceFrom(seed: number): Chance {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function draftRow(n: number, chance: Chance): RowDraft {
  const profile = PROFILES[chance(PROFILES.length)] ?? PROFILES[0];
  const identity = chance(IDENTITIES);
  const name = `${WORDS[identity % 8]}-${WORDS[(identity >> 3) % 8]}-${identity}`;
  const life = profile.hours * HOUR * (chance(4) === 0 ? 0.1 + chance(90) / 100 : 1);
  // Many ends lie close to the beginning of the test, on both sides, and some in the very same second.
  const notAfter =
    Math.floor((START + (chance(3) === 0 ? chance(4 * HOUR) - 2 * HOUR : chance(2 * life) - life)) / SECOND) * SECOND;
  const notBefore = notAfter - Math.floor(life / SECOND) * SECOND;
  const fate = chance(10);
  return {
    ...digitsOf(n),
    profileId: profile.id,
    identityId: `${profile.kind}_${identity}`,
    kind: profile.kind,
    name,
    sans: [
      `uri:spiffe://swarm.local/${profile.kind}/${name}`,
      `dns:${name}.swarm.local`,
      `ip:10.0.${identity % 7}.${identity}`,
    ],
    keyAlgorithm: ALGORITHMS[chance(3)] ?? "P-256",
    notBefore,
    notAfter,
    renewAfter: chance(3) === 0 ? notAfter - (LEADS[chance(LEADS.length)] ?? 0) : renewalDueAt(notBefore, notAfter),
    issuedAt: notBefore + 60_000,
    renewedBy: fate < 4 ? digitsOf(n + 1_000_000).serial : null,
    revokedAt: fate === 9 ? notBefore + 70_000 : null,
  };
}
