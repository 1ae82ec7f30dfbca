import { type Database, openDatabase, type Transaction } from "@/server/platform/database";
import { indexNext } from "@/server/certificates/inventory-search-store";
import { digitsOf, insertIdentity, insertParents, insertRow, type RowDraft } from "@/server/testing/certificate-rows";
import { chanceFrom } from "../lib/measure";

/** When the questions are asked. */
export const NOW = Date.parse("2026-03-12T14:32:00Z");

const [HOUR, DAY] = [3_600_000, 86_400_000];

/** Profiles, how long their certificates live, and how many in a hundred certificates have them. */
export const PROFILES = [
  { id: "prf_node-90d", kind: "node", hours: 2_160, share: 35 },
  { id: "prf_node-7d", kind: "node", hours: 168, share: 15 },
  { id: "prf_node-24h", kind: "node", hours: 24, share: 10 },
  { id: "prf_service-30d", kind: "service", hours: 720, share: 20 },
  { id: "prf_service-24h", kind: "service", hours: 24, share: 8 },
  { id: "prf_user-365d", kind: "user", hours: 8_760, share: 7 },
  { id: "prf_user-12h", kind: "user", hours: 12, share: 5 },
] as const;

/** Key algorithms, and how many in a hundred keys have them. */
export const ALGORITHMS = [
  ["P-256", 70],
  ["P-384", 12],
  ["Ed25519", 12],
  ["RSA-2048", 4],
  ["RSA-3072", 1],
  ["RSA-4096", 1],
] as const;

const POOLS = ["gpu-h100", "gpu-a100", "gpu-l40s", "cpu-std", "cpu-mem", "store"];
const SITES = ["ams", "fra", "sin", "iad", "sfo", "gru"];
const SERVICES = ["inference", "scheduler", "blob-ledger", "llm-gateway", "embed", "reindex", "vision", "billing"];
const FIRST = ["mara", "ines", "tomas", "priya", "noor", "lee", "anouk"];
const LAST = ["lindqvist", "carvalho", "okafor", "nair", "devries"];

/** How long back issuance began. */
const HISTORY = 150 * DAY;

/** Four certificates an identity, on average. */
const CERTIFICATES_AN_IDENTITY = 4;

/** Name of the n-th identity of a kind. */
export function nameOf(kind: string, n: number): string {
  const [pool, site] = [POOLS[n % 6] ?? "", SITES[Math.floor(n / 6) % 6] ?? ""];
  if (kind === "node") return `${pool}-${site}-${String(n).padStart(6, "0")}`;
  if (kind === "service") return `${SERVICES[n % 8]}-${site}-${n}`;
  return `${FIRST[Math.floor(n / 10) % 7]}.${LAST[Math.floor(n / 70) % 5]}${n}`;
}

/** Members of each of the teams between the largest and the smallest, in a thousand identities. */
const BETWEEN = [80, 70, 60, 50, 45, 40, 36, 32, 28, 25, 22, 19, 16, 14, 12, 10, 8, 6, 5, 4, 3, 2, 1];

/** Every team and how many in a thousand identities belong to it. The smallest has twenty; some identities have none. */
const TEAM_SHARES = [333, ...BETWEEN, 0].map((share, at) => ({ id: `tea_${at}`, name: `team ${at}`, share }));

/** Ids of the teams: one that has a third of everybody, those between, and one of twenty. */
export const TEAMS = {
  large: ["tea_0"],
  between: BETWEEN.map((_, at) => `tea_${at + 1}`),
  small: [`tea_${BETWEEN.length + 1}`],
} as const;

/** The team of the n-th of some identities, or null. Members are spread evenly over kinds and names. */
function teamOf(n: number, identities: number): string | null {
  const every = Math.max(1, Math.floor(identities / 20));
  const part = Math.floor(n / every);
  if (part < 20 && n % every === part % every) return TEAMS.small[0];
  let left = chanceFrom(n)(1_000);
  for (const { id, share } of TEAM_SHARES) {
    if (left < share) return id;
    left -= share;
  }
  return null;
}

/** Fills a new database with certificates as a fleet leaves them behind, through the product's own tables and triggers. */
export async function fillInventory(file: string, migrations: string, rows: number): Promise<void> {
  const database = openDatabase({ file, migrations, durable: false });
  const chance = chanceFrom(7);
  const identities = Math.ceil(rows / CERTIFICATES_AN_IDENTITY);
  const weighted = <T extends { share: number }>(items: readonly T[]): T => pick(items, chance);

  await database.writer.write(async (tx) => {
    insertParents(tx, PROFILES);
    for (const { id, name } of TEAM_SHARES)
      tx.statement("INSERT INTO teams (id, name, created_at) VALUES (?, ?, 0)").run(id, name);
  });
  await inJobs(database, identities, (tx, n) => {
    const { kind } = kindOf(n);
    insertIdentity(tx, `idn_${n}`, kind, nameOf(kind, n));
    tx.statement("UPDATE identities SET team_id = ? WHERE id = ?").run(teamOf(n, identities), `idn_${n}`);
  });
  for (let from = 0; from < rows; from += 2_000) {
    await inJobs(database, Math.min(2_000, rows - from), (tx, n) => insertRow(tx, draft(from + n)));
    await database.writer.write(async (tx) => indexNext(tx, 2_000));
  }
  await database.writer.write(async (tx) => void tx.statement("ANALYZE").run());
  database.close();

  function kindOf(n: number): { kind: "node" | "service" | "user" } {
    return { kind: n % 10 < 6 ? "node" : n % 10 < 9 ? "service" : "user" };
  }

  function draft(n: number): RowDraft {
    const identity = chance(identities);
    const { kind } = kindOf(identity);
    const name = nameOf(kind, identity);
    const profile = weighted(PROFILES.filter((one) => one.kind === kind));
    const algorithm = weighted(ALGORITHMS.map(([value, share]) => ({ value, share })));
    const issuedAt = Math.floor((NOW - HISTORY + (HISTORY * (n + 1)) / rows) / 1_000) * 1_000;
    const notBefore = issuedAt - 60_000;
    const notAfter = issuedAt + profile.hours * HOUR;
    const renewAfter = Math.floor((notBefore + ((notAfter - notBefore) * 2) / 3) / 1_000) * 1_000;
    // Most renew by themselves in time; a few are replaced early, a few never, and some are revoked.
    const isRenewed = renewAfter < NOW ? chance(100) < 97 : chance(100) < 2;
    const sans = [`uri:spiffe://swarm.local/${kind}/${name}`];
    if (kind !== "user") sans.push(`dns:${name}.${kind}.swarm.local`);
    if (kind === "node") sans.push(`ip:10.${(identity >> 16) & 255}.${(identity >> 8) & 255}.${identity & 255}`);
    if (kind === "user") sans.push(`email:${name}@swarm.example`);
    return {
      ...digitsOf(n),
      profileId: profile.id,
      identityId: `idn_${identity}`,
      kind,
      name,
      sans,
      keyAlgorithm: algorithm.value,
      ...{ notBefore, notAfter, renewAfter, issuedAt },
      renewedBy: isRenewed ? digitsOf(n + rows).serial : null,
      revokedAt: chance(200) === 0 ? issuedAt + HOUR : null,
    };
  }
}

/** Small jobs that are committed together: SQLite's undo log of a large one makes each of its statements slow. */
async function inJobs(database: Database, count: number, write: (tx: Transaction, n: number) => void): Promise<void> {
  const jobs: Promise<void>[] = [];
  for (let from = 0; from < count; from += 25) {
    const job = async (tx: Transaction) => {
      for (let n = from; n < Math.min(count, from + 25); n += 1) write(tx, n);
    };
    jobs.push(database.writer.write(job));
  }
  await Promise.all(jobs);
}

function pick<T extends { share: number }>(items: readonly T[], chance: (below: number) => number): T {
  let left = chance(items.reduce((sum, item) => sum + item.share, 0));
  for (const item of items) {
    if (left < item.share) return item;
    left -= item.share;
  }
  throw new Error("nothing to choose from");
}
