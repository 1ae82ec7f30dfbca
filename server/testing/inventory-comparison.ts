import fc from "fast-check";
import { expect } from "vitest";
import { countByTeam } from "@/server/certificates/count-by-team";
import { countFacets } from "@/server/certificates/count-facets";
import { type InventoryFilter, InventorySort } from "@/server/certificates/inventory-contract";
import { listCertificates } from "@/server/certificates/list-certificates";
import { authorityOf, digitsOf } from "./certificate-rows";
import { FACETS, facetValue, rowsOfFacets, rowsOfRest, sortedSerials, statusAt } from "./inventory-oracle";
import { ALGORITHMS, DAY, HOUR, type Inventory, type Kept, PROFILES, START, TEAMS } from "./inventory-world";

const some = <T>(values: readonly T[]) =>
  fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined, freq: 3 });
const instants = fc.oneof(
  fc.integer({ min: START - 2 * DAY, max: START + 3 * DAY }),
  fc.constantFrom(0, START, START + 1, Math.floor(START / DAY) * DAY, START + 400 * DAY),
);
const times = fc.oneof(
  fc.constantFrom(START, START - 1, START + 1),
  fc.integer({ min: START - 3 * HOUR, max: START + 40 * DAY }),
);
const texts = fc.constantFrom(
  ...["gpu", "GPU-ams", "swarm.local", "a", "ab", "-f", "10.0.3.", "spiffe://swarm.local/user/", "zz", "12", "cafe"],
  ...["no such thing", "%", "_", 'x"y', "*", "ams-1"],
);

/** Parts of serials and fingerprints of the first rows, and whole serials as people copy them. */
function digits(rows: number): fc.Arbitrary<string> {
  const part = fc.nat(rows - 1).chain((n) => {
    const { serial, fingerprint } = digitsOf(n);
    return fc
      .tuple(fc.constantFrom(serial, fingerprint), fc.nat(31), fc.integer({ min: 1, max: 32 }))
      .map(([from, at, length]) => from.slice(at, at + length));
  });
  const copied = fc.nat(rows - 1).map((n) =>
    digitsOf(n)
      .serial.toUpperCase()
      .replace(/(..)(?=.)/g, "$1:"),
  );
  return fc.oneof(part, copied);
}

function filters(rows: number): fc.Arbitrary<InventoryFilter> {
  const queries = fc.oneof({ arbitrary: texts, weight: 1 }, { arbitrary: digits(rows), weight: 2 });
  return fc.record({
    query: fc.option(queries, { nil: undefined, freq: 2 }),
    status: some(["due", "active", "renewed", "expired", "revoked"] as const),
    kind: some(["node", "service", "user"] as const),
    authority: some(["node", "service", "user"].map(authorityOf)),
    profile: some(PROFILES.map((profile) => profile.id)),
    keyAlgorithm: some(ALGORITHMS),
    endsAfter: fc.option(instants, { nil: undefined, freq: 2 }),
    endsBefore: fc.option(instants, { nil: undefined, freq: 2 }),
    identity: fc.option(fc.constantFrom("node_3", "service_8", "user_1"), { nil: undefined, freq: 1 }),
    team: some(TEAMS),
  });
}

/** Asks for pages and counts of any filter in any order at any time, and compares them with a look at every row. */
export async function expectSameAnswers(inventory: Inventory, numRuns: number): Promise<void> {
  const sorts = fc.constantFrom(...InventorySort.options);
  const limits = fc.integer({ min: 1, max: 120 });
  // How many rows are many: as in the product, or so few that every way through the many is walked.
  const bounds = fc.constantFrom(10_000, 10_000, 40, 5);
  const asked = [filters(inventory.kept.length), sorts, times, limits, bounds] as const;
  await fc.assert(
    fc.asyncProperty(...asked, async (filter, sort, time, limit, many) => {
      inventory.world.clock.set(new Date(time));
      await expectPages(inventory, filter, sort, limit, many);
      await expectFacets(inventory, filter);
      await expectTeams(inventory, filter, many);
      if (filter.query) await expectBounds(inventory, filter, many);
    }),
    { numRuns },
  );
}

/** The same after every renewal, revocation, new row, and change of somebody's team. */
export async function expectSameAfterChanges(inventory: Inventory, numRuns: number): Promise<void> {
  const rows = inventory.kept.length;
  const changed = fc.integer({ min: 1, max: rows });
  const teams = fc.constantFrom(...TEAMS, null);
  const asked = [changed, changed, teams, fc.boolean(), filters(rows), times] as const;
  await fc.assert(
    fc.asyncProperty(...asked, async (seq, moved, team, isRevoked, drawn, time) => {
      const filter = { ...drawn, query: undefined };
      inventory.world.clock.set(new Date(time));
      await inventory.change(seq, isRevoked ? { revokedAt: time } : { renewedBy: digitsOf(-seq).serial });
      await inventory.move(moved, team);
      await inventory.addRows(1);
      await expectPages(inventory, filter, "worst", 100);
      await expectFacets(inventory, filter);
      await expectTeams(inventory, filter, rows);
    }),
    { numRuns },
  );
}

/** The first pages, and then all the way back from where they ended. */
async function expectPages(
  { world, kept }: Inventory,
  filter: InventoryFilter,
  sort: InventorySort,
  limit: number,
  many?: number,
): Promise<void> {
  const now = world.clock.now().getTime();
  const bySerial = new Map(kept.map((row) => [row.serial, row]));
  const expected = sortedSerials(rowsOfFacets(rowsOfRest(kept, filter), filter, now), sort, now);

  const forward: string[] = [];
  const backward: string[] = [];
  let page = await listCertificates(world.ctx, { filter, sort, limit }, many);
  for (let pages = 0; pages < 4 || !page.next; pages += 1) {
    forward.push(...page.rows.map((row) => row.serial));
    expect(page.rows.map((row) => row.status)).toEqual(
      page.rows.map((row) => statusAt(bySerial.get(row.serial) as Kept, now)),
    );
    if (!page.next) break;
    page = await listCertificates(world.ctx, { filter, sort, limit, cursor: page.next }, many);
  }
  expect(forward).toEqual(expected.slice(0, forward.length));
  if (!page.next) expect(forward).toHaveLength(expected.length);

  const reached = page.next ? forward.length : forward.length - page.rows.length;
  let cursor = page.previous;
  while (cursor) {
    const earlier = await listCertificates(world.ctx, { filter, sort, limit, cursor }, many);
    backward.unshift(...earlier.rows.map((row) => row.serial));
    cursor = earlier.previous;
  }
  expect(backward).toEqual(expected.slice(0, reached));
}

async function expectFacets({ world, kept }: Inventory, filter: InventoryFilter): Promise<void> {
  const now = world.clock.now().getTime();
  const rest = rowsOfRest(kept, filter);
  const facets = await countFacets(world.ctx, { filter });
  expect(facets.total).toEqual({ count: rowsOfFacets(rest, filter, now).length, isExact: true });
  for (const facet of FACETS) {
    const values = rowsOfFacets(rest, filter, now, facet).map((row) => facetValue(row, facet, now));
    for (const value of facets[facet]) {
      const count = values.filter((other) => other === value.value).length;
      expect(value, `${facet} ${value.value}`).toMatchObject({ count, isExact: true });
    }
    expect(facets[facet].reduce((sum, value) => sum + value.count, 0)).toBe(values.length);
  }
}

/** Each team's count over what the other conditions leave: exact, or not more than there are. */
async function expectTeams({ world, kept }: Inventory, filter: InventoryFilter, many: number): Promise<void> {
  const now = world.clock.now().getTime();
  const { team: _, ...others } = filter;
  const shown = rowsOfFacets(rowsOfRest(kept, others), others, now);
  const { teams } = await countByTeam(world.ctx, { filter }, many);
  expect(teams.map(({ value }) => value)).toEqual(TEAMS);
  for (const { value, count, isExact } of teams) {
    const own = shown.filter((row) => row.team === value).length;
    if (isExact || !filter.query || kept.length <= many)
      expect({ value, count, isExact }).toEqual({ value, count: own, isExact: true });
    else expect(count, value).toBeLessThanOrEqual(own);
  }
}

/** Counts of a text that too many have to look at all of them: exact where they say so, never more than there are. */
async function expectBounds({ world, kept }: Inventory, filter: InventoryFilter, many: number): Promise<void> {
  const now = world.clock.now().getTime();
  const rest = rowsOfRest(kept, filter);
  const facets = await countFacets(world.ctx, { filter }, many);
  for (const facet of FACETS) {
    const values = rowsOfFacets(rest, filter, now, facet).map((row) => facetValue(row, facet, now));
    for (const { value, count, isExact } of facets[facet]) {
      const own = values.filter((other) => other === value).length;
      if (isExact) expect(count, `${facet} ${value}`).toBe(own);
      else expect(count, `${facet} ${value}`).toBeLessThanOrEqual(own);
    }
  }
}
