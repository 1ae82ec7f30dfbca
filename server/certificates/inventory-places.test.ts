import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sortedSerials } from "@/server/testing/inventory-oracle";
import { type Inventory, inventoryWorld, type Kept, START, teamOf } from "@/server/testing/inventory-world";
import { InventorySort } from "./inventory-contract";
import { findPlaces, type Places, type Wanted } from "./inventory-places";
import { selectCells } from "./inventory-store";
import { membersOf } from "./team-rows";

const ROWS = 600;

let inventory: Inventory;
beforeAll(async () => {
  inventory = await inventoryWorld(ROWS);
  // Far from everybody else in most orders, for a walk to look for in vain.
  await inventory.world.runtime.database.writer.write(async (tx) => {
    tx.statement("UPDATE identities SET team_id = 'tea_empty' WHERE kind = 'user'").run();
  });
});
afterAll(() => inventory.world.close());

const teamOfRow = (row: Kept) => (row.kind === "user" ? "tea_empty" : teamOf(row.identityId));

const TEAMS = {
  "a team of many": ["tea_0"],
  "a team of few": ["tea_few"],
  "a team of one kind": ["tea_empty"],
  "two teams": ["tea_1", "tea_few"],
  "a team that nobody knows": ["tea_gone"],
};

/** How much is read before another way is tried: as in the product; so little that a walk gives up; no seeking at all. */
const WAYS = {
  "as much as it takes": { patience: 3_000, candidates: 10_000 },
  "seeking after a short walk": { patience: 30, candidates: 10_000 },
  "walking in short stretches": { patience: 30, candidates: 4 },
};

const asked = Object.entries(TEAMS).flatMap(([team, ids]) =>
  Object.entries(WAYS).flatMap(([how, way]) =>
    InventorySort.options.map((sort) => [team, sort, how, { ids, way, sort }] as const),
  ),
);

describe("pages of teams", () => {
  it.each(asked)("of %s by %s, %s, neither skip nor repeat a row", async (_team, _sort, _how, { ids, way, sort }) => {
    const { world, kept } = inventory;
    const bySerial = new Map(kept.map((row) => [row.serial, row.seq]));
    const own = kept.filter((row) => ids.includes(teamOfRow(row) ?? ""));
    const expected = sortedSerials(own, sort, START).map((serial) => bySerial.get(serial));
    expect(own.length).toBeGreaterThan(ids.includes("tea_gone") ? -1 : 5);

    const page = (from: Wanted["from"], direction: Wanted["direction"]) =>
      findPlaces(world.ctx.read, selectCells(world.ctx.read), {
        ...{ filter: { team: ids }, sort, now: START, from, direction, limit: 20 },
        ...{ members: membersOf(world.ctx, ids), ...way },
      });
    const all = async (direction: Wanted["direction"]) => {
      const pages: Places[] = [];
      for (let from: Wanted["from"] = null; ; ) {
        const found = await page(from, direction);
        pages.push(found);
        if (!found.hasMore) return pages;
        from = found.end;
      }
    };
    const seqsOf = (pages: readonly Places[]) => pages.flatMap(({ places }) => places.map(({ seq }) => seq));
    const [forward, backward] = [await all("next"), await all("previous")];
    expect(seqsOf(forward)).toEqual(expected);
    expect(seqsOf(backward.toReversed())).toEqual(expected);
    if (way.candidates > 4) {
      expect(forward.slice(0, -1).every(({ places, isPartial }) => places.length === 20 && !isPartial)).toBe(true);
    } else if (expected.length > 0) expect(forward.some(({ isPartial }) => isPartial)).toBe(true);
  });
});
