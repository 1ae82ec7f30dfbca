import { afterAll, beforeAll, expect, it } from "vitest";
import { expectSameAfterChanges, expectSameAnswers } from "@/server/testing/inventory-comparison";
import { type Inventory, inventoryWorld } from "@/server/testing/inventory-world";
import { catchUpSearch } from "./catch-up-search";

const ROWS = 3_000;

let inventory: Inventory;
beforeAll(async () => {
  inventory = await inventoryWorld(ROWS);
});
afterAll(() => inventory.world.close());

it("shows and counts what a look at every one of many rows does, before and after indexing", async () => {
  await expectSameAnswers(inventory, 50);
  const { indexed, waiting } = await catchUpSearch(inventory.world.ctx);
  expect({ indexed, waiting }).toEqual({ indexed: ROWS, waiting: 0 });
  await inventory.addRows(150);
  await expectSameAnswers(inventory, 80);
});

it("follows renewals, revocations and new rows among many at once", async () => {
  await expectSameAfterChanges(inventory, 40);
});
