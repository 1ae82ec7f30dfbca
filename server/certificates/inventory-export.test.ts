import { afterEach, beforeEach, expect, it } from "vitest";
import { rowsOf, sortedSerials } from "@/server/testing/inventory-oracle";
import { type Inventory, inventoryWorld, START } from "@/server/testing/inventory-world";
import { exportCertificates } from "./export-certificates";
import type { InventoryFilter } from "./inventory-contract";

let inventory: Inventory;
beforeEach(async () => {
  inventory = await inventoryWorld(400);
});
afterEach(() => inventory.world.close());

it("exports exactly what the inventory shows, and writes down how much", async () => {
  const { kept, world } = inventory;
  const filter: InventoryFilter = { kind: ["node"], query: "gpu" };
  const expected = sortedSerials(rowsOf(kept, filter, START), "-name", START);
  expect(expected.length).toBeGreaterThan(10);

  let text = "";
  for await (const piece of await exportCertificates(world.ctx, { filter, sort: "-name", format: "ndjson" })) {
    text += piece;
  }
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
