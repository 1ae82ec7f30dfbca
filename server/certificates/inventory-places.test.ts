import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sortedSerials } from "@/server/testing/inventory-oracle";
import { type Inventory, inventoryWorld, START } from "@/server/testing/inventory-world";
import { InventorySort } from "./inventory-contract";
import { findPlaces, type Places, type Wanted } from "./inventory-places";
import { selectCells } from "./inventory-store";

const ROWS = 600;

let inventory: Inventory;
beforeAll(async () => {
  inventory = await inventoryWorld(ROWS);
  // Far from everybody else in most orders.
  for (const { seq } of inventory.kept.filter(({ kind }) => kind === "user")) await inventory.move(seq, "tea_empty");
});
afterAll(() => inventory.world.close());

const TEAMS = {
  "a team of many": ["tea_0"],
  "a team of few": ["tea_few"],
  "a team of one kind": ["tea_empty"],
  "two teams": ["tea_1", "tea_few"],
  "a team that nobody knows": ["tea_gone"],
};

const asked = Object.entries(TEAMS).flatMap(([team, ids]) =>
  InventorySort.options.map((sort) => [team, sort, { ids, sort }] as const),
);

describe("pages of teams", () => {
  it.each(asked)("of %s by %s neither skip nor repeat a row, and are full", (_team, _sort, { ids, sort }) => {
    const { world, kept } = inventory;
    const bySerial = new Map(kept.map((row) => [row.serial, row.seq]));
    const own = kept.filter((row) => ids.includes(row.team ?? ""));
    const expected = sortedSerials(own, sort, START).map((serial) => bySerial.get(serial));
    expect(own.length).toBeGreaterThan(ids.includes("tea_gone") ? -1 : 5);

    const page = (from: Wanted["from"], direction: Wanted["direction"]) =>
      findPlaces(world.ctx.read, selectCells(world.ctx.read), {
        ...{ filter: { team: ids }, sort, now: START, from, direction, limit: 20, patience: 30 },
      });
    const all = (direction: Wanted["direction"]) => {
      const pages: Places[] = [];
      for (let from: Wanted["from"] = null; ; ) {
        const found = page(from, direction);
        pages.push(found);
        if (!found.hasMore) return pages;
        from = found.end;
      }
    };
    const seqsOf = (pages: readonly Places[]) => pages.flatMap(({ places }) => places.map(({ seq }) => seq));
    const [forward, backward] = [all("next"), all("previous")];
    expect(seqsOf(forward)).toEqual(expected);
    expect(seqsOf(backward.toReversed())).toEqual(expected);
    expect(forward.slice(0, -1).every(({ places, isPartial }) => places.length === 20 && !isPartial)).toBe(true);
  });
});
