import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectSameAfterChanges, expectSameAnswers } from "@/server/testing/inventory-comparison";
import { sortedSerials } from "@/server/testing/inventory-oracle";
import { type Inventory, inventoryWorld, START } from "@/server/testing/inventory-world";
import { indexNext } from "./inventory-search-store";
import { listCertificates } from "./list-certificates";

const ROWS = 300;

let inventory: Inventory;
beforeEach(async () => {
  inventory = await inventoryWorld(ROWS);
});
afterEach(() => inventory.world.close());

describe("the inventory", () => {
  it("shows and counts what a look at every row shows and counts, at any time, in any order", async () => {
    await expectSameAnswers(inventory, 15);
  });

  it("does so when its words are indexed, and for rows that are not yet", async () => {
    const { writer } = inventory.world.runtime.database;
    expect(await writer.write(async (tx) => indexNext(tx, ROWS))).toEqual({ certificates: ROWS, through: ROWS });
    await inventory.addRows(30);
    await expectSameAnswers(inventory, 15);
  });

  it("follows renewals, revocations and new rows at once", async () => {
    await expectSameAfterChanges(inventory, 12);
  });

  it("goes on where it was when rows come in between, and by the time of the first page", async () => {
    const { world, kept } = inventory;
    const before = sortedSerials(kept, "worst", START);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listCertificates(world.ctx, { cursor, limit: 20 });
      seen.push(...page.rows.map((row) => row.serial));
      cursor = page.next;
      world.clock.advance(60_000);
      await inventory.addRows(1);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((serial) => before.includes(serial))).toEqual(before);
  });
});
