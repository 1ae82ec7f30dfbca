import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authorityOf } from "@/server/testing/certificate-rows";
import { statusAt } from "@/server/testing/inventory-oracle";
import {
  DAY,
  HOUR,
  type Inventory,
  inventoryWorld,
  type Kept,
  LEADS,
  START,
  TEAMS,
} from "@/server/testing/inventory-world";
import { countByAuthority } from "./count-by-authority";
import { countFacets } from "./count-facets";
import { readExpiryCalendar } from "./expiry-calendar";

let inventory: Inventory;
beforeAll(async () => {
  inventory = await inventoryWorld(500);
});
afterAll(() => inventory.world.close());

describe("counts of the inventory", () => {
  it("turn due, and then expired, at the millisecond, across the borders of every tally", async () => {
    const { kept, world } = inventory;
    const active = kept.filter((row) => statusAt(row, START) === "active");
    const ends = [...new Set(active.map((row) => row.notAfter))].slice(0, 4);
    const atBorders = LEADS.flatMap((lead) => {
      const isThere = (row: Kept) => row.notAfter - row.renewAfter === lead && !row.renewedBy && !row.revokedAt;
      return kept.find(isThere) ?? [];
    });
    expect(atBorders).toHaveLength(LEADS.length);
    const borders = [900_000, DAY, 64 * DAY].map((width) => Math.ceil(START / width) * width);
    const moments = [...ends, ...atBorders.map((row) => row.renewAfter), ...borders];
    for (const time of moments.flatMap((at) => [at - 1, at, at + 1])) {
      world.clock.set(new Date(time));
      const { status: values } = await countFacets(world.ctx, {});
      const statuses = kept.map((row) => statusAt(row, time));
      for (const { value, count } of values) {
        expect(count, `${value} at ${time}`).toBe(statuses.filter((status) => status === value).length);
      }
    }
  });

  it("are exact for every team, however few rows may be looked at", async () => {
    const { kept, world } = inventory;
    world.clock.set(new Date(START));
    for (const team of TEAMS) {
      const own = kept.filter((row) => row.team === team).map((row) => statusAt(row, START));
      const { status: values, total } = await countFacets(world.ctx, { filter: { team: [team] } }, 1);
      expect(total, team).toEqual({ count: own.length, isExact: true });
      for (const { value, count, isExact } of values) {
        expect({ count, isExact }).toEqual({ count: own.filter((status) => status === value).length, isExact: true });
      }
    }
  });

  it.each([
    ["at the beginning", START],
    ["hours later", START + 5 * HOUR],
    ["days later", START + 3 * DAY],
    ["at midnight", Math.ceil(START / DAY) * DAY],
  ])("are right by authority and by the day of the end, %s", async (_when, time) => {
    const { kept, world } = inventory;
    world.clock.set(new Date(time));
    const { authorities } = await countByAuthority(world.ctx);
    expect(authorities).toHaveLength(3);
    for (const { authorityId, counts, total } of authorities) {
      const own = kept.filter((row) => authorityOf(row.kind) === authorityId);
      expect(total).toBe(own.length);
      for (const [name, count] of Object.entries(counts)) {
        expect(count).toBe(own.filter((row) => statusAt(row, time) === name).length);
      }
    }
    const { days } = await readExpiryCalendar(world.ctx);
    expect(days).toHaveLength(84);
    for (const { day, ending, due } of days) {
      const from = Date.parse(day);
      const statuses = kept
        .filter((row) => row.notAfter >= from && row.notAfter < from + DAY)
        .map((row) => statusAt(row, time));
      const dueOnes = statuses.filter((status) => status === "due").length;
      const activeOnes = statuses.filter((status) => status === "active").length;
      expect({ day, ending, due }).toEqual({ day, ending: dueOnes + activeOnes, due: dueOnes });
    }
  });
});
