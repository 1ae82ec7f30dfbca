import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Transaction } from "@/server/kernel/context";
import {
  authorityOf,
  digitsOf,
  insertIdentity,
  insertParents,
  insertRow,
  type RowDraft,
} from "@/server/testing/certificate-rows";
import { testWorld, type World } from "@/server/testing/world";
import { catchUpSearch } from "./catch-up-search";
import { countByAuthority } from "./count-by-authority";
import { countFacets } from "./count-facets";
import { readExpiryCalendar } from "./expiry-calendar";
import { exportCertificates } from "./export-certificates";
import { type InventoryFilter, InventorySort, type InventoryStatus } from "./inventory-contract";
import { listCertificates } from "./list-certificates";
import { renewalDueAt, statusOf } from "./model";

const START = Date.parse("2026-03-12T14:32:00Z");
const [SECOND, HOUR, DAY] = [1_000, 3_600_000, 86_400_000];
const ROWS = 3_000;

const PROFILES = [
  { id: "prf_node_short", kind: "node", hours: 24 },
  { id: "prf_node_long", kind: "node", hours: 24 * 90 },
  { id: "prf_service", kind: "service", hours: 24 * 7 },
  { id: "prf_user", kind: "user", hours: 24 * 365 },
] as const;
const ALGORITHMS = ["P-256", "P-384", "Ed25519"];
/** Leads at the very borders of cells. */
const LEADS = [0, 1, 2 ** 22 - 1, 2 ** 22, 2 ** 22 + 2 ** 15 - 1, 2 ** 22 + 2 ** 15, 2 ** 23];
const WORDS = ["gpu", "cpu", "ams", "fra", "vision", "batch", "ab", "cafe"];

interface Kept extends RowDraft {
  readonly seq: number;
}

/** Rows as plain JavaScript keeps them, beside the database. */
const kept: Kept[] = [];
let world: World;
let state = 42;

/** Chance that is the same in every run. */
function chance(below: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

function draftRow(n: number): RowDraft {
  const profile = PROFILES[chance(PROFILES.length)] ?? PROFILES[0];
  const identity = chance(300);
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

function write<T>(job: (tx: Transaction) => T): Promise<T> {
  return world.runtime.database.writer.write(async (tx) => job(tx));
}

async function addRows(count: number): Promise<void> {
  await write((tx) => {
    for (let at = 0; at < count; at += 1) {
      const row = draftRow(kept.length);
      insertRow(tx, row);
      kept.push({ ...row, seq: kept.length + 1 });
    }
  });
}

async function change(seq: number, facts: { renewedBy: string } | { revokedAt: number }): Promise<void> {
  const row = kept[seq - 1];
  if (!row) return;
  await write((tx) => {
    if ("renewedBy" in facts) {
      tx.statement("UPDATE certificates SET renewed_by = ?, renewed_at = 1 WHERE seq = ?").run(facts.renewedBy, seq);
    } else {
      tx.statement("UPDATE certificates SET revoked_at = ?, revocation_reason = 'superseded' WHERE seq = ?").run(
        facts.revokedAt,
        seq,
      );
    }
  });
  kept[seq - 1] = { ...row, ...facts };
}

beforeAll(async () => {
  world = await testWorld({ may: "all", startsAt: new Date(START) });
  await write((tx) => {
    insertParents(tx, PROFILES);
    for (const kind of ["node", "service", "user"] as const) {
      for (let n = 0; n < 300; n += 1) insertIdentity(tx, `${kind}_${n}`, kind, `${kind}-${n}`);
    }
  });
  await addRows(ROWS);
});
afterAll(() => world.close());

// The same questions, answered by looking at every row.

function status(row: Kept, now: number): InventoryStatus {
  return statusOf(
    {
      notAfter: new Date(row.notAfter),
      renewAfter: new Date(row.renewAfter),
      renewedBy: row.renewedBy,
      revokedAt: row.revokedAt === null ? null : new Date(row.revokedAt),
    },
    new Date(now),
  );
}

function isFound(row: Kept, query: string | undefined): boolean {
  const text = (query ?? "").trim().toLowerCase();
  const digits = text.replace(/^0x/, "").replace(/[:\s]/g, "");
  const isDigits = /^[0-9a-f]+$/.test(digits);
  return (
    [row.name, ...row.sans].some((words) => words.toLowerCase().includes(text)) ||
    (isDigits && (row.serial.includes(digits) || row.fingerprint.includes(digits)))
  );
}

type Facet = "status" | "kind" | "authority" | "profile" | "keyAlgorithm";

function facetValue(row: Kept, facet: Facet, now: number): string {
  switch (facet) {
    case "status":
      return status(row, now);
    case "kind":
      return row.kind;
    case "authority":
      return authorityOf(row.kind);
    case "profile":
      return row.profileId;
    case "keyAlgorithm":
      return row.keyAlgorithm;
  }
}

function isShown(row: Kept, filter: InventoryFilter, now: number, without?: Facet): boolean {
  const facets: Facet[] = ["status", "kind", "authority", "profile", "keyAlgorithm"];
  return (
    isFound(row, filter.query) &&
    row.notAfter >= (filter.endsAfter ?? -Infinity) &&
    row.notAfter < (filter.endsBefore ?? Infinity) &&
    (filter.identity === undefined || row.identityId === filter.identity) &&
    facets.every((facet) => {
      const chosen: readonly string[] | undefined = filter[facet];
      return facet === without || !chosen?.length || chosen.includes(facetValue(row, facet, now));
    })
  );
}

function sorted(rows: readonly Kept[], sort: InventorySort, now: number): string[] {
  const rank = (row: Kept) => ["due", "active", "renewed", "expired", "revoked"].indexOf(status(row, now));
  const compare = (a: Kept, b: Kept): number => {
    switch (sort) {
      case "worst": {
        const direction = rank(a) >= 3 ? -1 : 1;
        return rank(a) - rank(b) || direction * (a.notAfter - b.notAfter || a.seq - b.seq);
      }
      case "name":
        return a.name < b.name ? -1 : a.name > b.name ? 1 : a.seq - b.seq;
      case "-name":
        return -(a.name < b.name ? -1 : a.name > b.name ? 1 : a.seq - b.seq);
      case "issued":
        return a.seq - b.seq;
      case "-issued":
        return b.seq - a.seq;
      case "ends":
        return a.notAfter - b.notAfter || a.seq - b.seq;
      case "-ends":
        return b.notAfter - a.notAfter || b.seq - a.seq;
    }
  };
  return rows.toSorted(compare).map((row) => row.serial);
}

const some = <T>(values: readonly T[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined, freq: 3 });
const instants = fc.oneof(
  fc.integer({ min: START - 2 * DAY, max: START + 3 * DAY }),
  fc.constantFrom(0, START, START + 1, Math.floor(START / DAY) * DAY, START + 400 * DAY),
);
const queries = fc.oneof(
  fc.constantFrom(
    "gpu",
    "GPU-ams",
    "swarm.local",
    "a",
    "ab",
    "-f",
    "10.0.3.",
    "spiffe://swarm.local/user/",
    "zz",
    "12",
    "cafe",
    "no such thing",
    "%",
    "_",
    'x"y',
    "*",
    "ams-1",
  ),
  fc.nat(ROWS - 1).chain((n) => {
    const { serial, fingerprint } = digitsOf(n);
    return fc
      .tuple(fc.constantFrom(serial, fingerprint), fc.nat(31), fc.integer({ min: 1, max: 32 }))
      .map(([digits, at, length]) => digits.slice(at, at + length));
  }),
  fc.nat(ROWS - 1).map((n) =>
    digitsOf(n)
      .serial.toUpperCase()
      .replace(/(..)(?=.)/g, "$1:"),
  ),
);
const filters: fc.Arbitrary<InventoryFilter> = fc.record({
  query: fc.option(queries, { nil: undefined, freq: 2 }),
  status: some(["due", "active", "renewed", "expired", "revoked"] as const),
  kind: some(["node", "service", "user"] as const),
  authority: some(["node", "service", "user"].map(authorityOf)),
  profile: some(PROFILES.map((profile) => profile.id)),
  keyAlgorithm: some(ALGORITHMS),
  endsAfter: fc.option(instants, { nil: undefined, freq: 2 }),
  endsBefore: fc.option(instants, { nil: undefined, freq: 2 }),
  identity: fc.option(fc.constantFrom("node_3", "service_8", "user_1"), { nil: undefined, freq: 1 }),
});
const times = fc.oneof(
  fc.constantFrom(START, START - 1, START + 1),
  fc.integer({ min: START - 3 * HOUR, max: START + 40 * DAY }),
);

async function expectSame(filter: InventoryFilter, sort: InventorySort, limit: number): Promise<void> {
  const now = world.clock.now().getTime();
  const shown = kept.filter((row) => isShown(row, filter, now));
  const expected = sorted(shown, sort, now);

  const forward: string[] = [];
  const backward: string[] = [];
  let page = await listCertificates(world.ctx, { filter, sort, limit });
  for (let pages = 0; pages < 4 || !page.next; pages += 1) {
    forward.push(...page.rows.map((row) => row.serial));
    expect(
      page.rows.every((row) => row.status === status(kept.find((k) => k.serial === row.serial) as Kept, now)),
    ).toBe(true);
    if (!page.next) break;
    page = await listCertificates(world.ctx, { filter, sort, limit, cursor: page.next });
  }
  expect(forward).toEqual(expected.slice(0, forward.length));
  if (!page.next) expect(forward).toHaveLength(expected.length);

  const reached = page.next ? forward.length : forward.length - page.rows.length;
  let cursor = page.previous;
  while (cursor) {
    const earlier = await listCertificates(world.ctx, { filter, sort, limit, cursor });
    backward.unshift(...earlier.rows.map((row) => row.serial));
    cursor = earlier.previous;
  }
  expect(backward).toEqual(expected.slice(0, reached));

  const facets = await countFacets(world.ctx, { filter });
  expect(facets.total).toEqual({ count: expected.length, isExact: true });
  for (const facet of ["status", "kind", "authority", "profile", "keyAlgorithm"] as const) {
    const all = kept.filter((row) => isShown(row, filter, now, facet));
    for (const value of facets[facet]) {
      const count = all.filter((row) => facetValue(row, facet, now) === value.value).length;
      expect(value, `${facet} ${value.value}`).toMatchObject({ count, isExact: true });
    }
    expect(facets[facet].reduce((sum, value) => sum + value.count, 0)).toBe(all.length);
  }
}

describe("the inventory", () => {
  it("shows and counts what a look at every row shows and counts, at any time, in any order, before and after indexing", async () => {
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.constantFrom(...InventorySort.options),
        times,
        fc.integer({ min: 1, max: 120 }),
        async (filter, sort, time, limit) => {
          world.clock.set(new Date(time));
          await expectSame(filter, sort, limit);
        },
      ),
      { numRuns: 50 },
    );
    const { indexed, waiting } = await catchUpSearch(world.ctx);
    expect({ indexed, waiting }).toEqual({ indexed: ROWS, waiting: 0 });
    await addRows(150);
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.constantFrom(...InventorySort.options),
        times,
        fc.integer({ min: 1, max: 120 }),
        async (filter, sort, time, limit) => {
          world.clock.set(new Date(time));
          await expectSame(filter, sort, limit);
        },
      ),
      { numRuns: 80 },
    );
  }, 240_000);

  it("follows renewals, revocations and new rows at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: ROWS }),
        fc.boolean(),
        filters,
        times,
        async (seq, isRevoked, filter, time) => {
          world.clock.set(new Date(time));
          await change(seq, isRevoked ? { revokedAt: time } : { renewedBy: digitsOf(-seq).serial });
          await addRows(1);
          await expectSame({ ...filter, query: undefined }, "worst", 100);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it("turns due, and then expired, at the millisecond, across the borders of every tally", async () => {
    const ends = [...new Set(kept.filter((row) => status(row, START) === "active").map((row) => row.notAfter))].slice(
      0,
      12,
    );
    const atBorders = kept
      .filter((row) => LEADS.includes(row.notAfter - row.renewAfter) && !row.renewedBy && !row.revokedAt)
      .slice(0, 15);
    expect(atBorders).toHaveLength(15);
    const borders = [
      Math.ceil(START / 900_000) * 900_000,
      Math.ceil(START / DAY) * DAY,
      Math.ceil(START / (64 * DAY)) * 64 * DAY,
    ];
    for (const time of [...ends, ...atBorders.map((row) => row.renewAfter), ...borders].flatMap((at) => [
      at - 1,
      at,
      at + 1,
    ])) {
      world.clock.set(new Date(time));
      const { status: values } = await countFacets(world.ctx, {});
      for (const { value, count } of values) {
        expect(count, `${value} at ${time}`).toBe(kept.filter((row) => status(row, time) === value).length);
      }
    }
  }, 60_000);

  it("counts by authority and by the day of the end", async () => {
    for (const time of [START, START + 5 * HOUR, START + 3 * DAY, Math.ceil(START / DAY) * DAY]) {
      world.clock.set(new Date(time));
      const { authorities } = await countByAuthority(world.ctx);
      for (const { authorityId, counts, total } of authorities) {
        const own = kept.filter((row) => authorityOf(row.kind) === authorityId);
        expect(total).toBe(own.length);
        for (const [name, count] of Object.entries(counts))
          expect(count).toBe(own.filter((row) => status(row, time) === name).length);
      }
      const { days } = await readExpiryCalendar(world.ctx);
      expect(days).toHaveLength(84);
      for (const { day, ending, due } of days) {
        const from = Date.parse(day);
        const own = kept.filter(
          (row) => row.notAfter >= from && row.notAfter < from + DAY && ["due", "active"].includes(status(row, time)),
        );
        expect({ day, ending, due }).toEqual({
          day,
          ending: own.length,
          due: own.filter((row) => status(row, time) === "due").length,
        });
      }
    }
  }, 60_000);

  it("goes on where it was when rows come in between, and by the time of the first page", async () => {
    world.clock.set(new Date(START));
    const before = sorted(kept, "worst", START);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listCertificates(world.ctx, { cursor, limit: 200 });
      seen.push(...page.rows.map((row) => row.serial));
      cursor = page.next;
      world.clock.advance(60_000);
      await addRows(1);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((serial) => before.includes(serial))).toEqual(before);
  }, 60_000);

  it("exports exactly what it shows", async () => {
    world.clock.set(new Date(START));
    const filter: InventoryFilter = { kind: ["node"], query: "gpu" };
    const expected = sorted(
      kept.filter((row) => isShown(row, filter, START)),
      "-name",
      START,
    );
    let text = "";
    for await (const piece of await exportCertificates(world.ctx, { filter, sort: "-name", format: "ndjson" }))
      text += piece;
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { serial: string });
    expect(lines.map((line) => line.serial)).toEqual(expected);
    expect(world.trail().at(-1)).toMatchObject({
      kind: "certificate.exported",
      detail: { certificates: expected.length, format: "ndjson" },
    });
  });
});
