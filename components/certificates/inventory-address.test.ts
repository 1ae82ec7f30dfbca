import { describe, expect, it } from "vitest";
import { readInventoryAddress } from "@/server/certificates/inventory-contract";
import {
  countConditions,
  exportHref,
  inventoryHref,
  sortOf,
  toggled,
  viewOf,
  viewsAt,
  without,
} from "./inventory-address";

const NOW = Date.UTC(2026, 2, 12, 14, 32, 41);

describe("the address of the list of certificates", () => {
  it("adds a value of a list, and takes it away again", () => {
    const late = toggled({ filter: {} }, "status", "due");
    const both = toggled(late, "status", "active");
    expect(inventoryHref(both)).toBe("/certificates?status=due,active");
    expect(inventoryHref(toggled(both, "status", "due"))).toBe("/certificates?status=active");
    expect(inventoryHref(toggled(late, "status", "due"))).toBe("/certificates");
  });

  it("begins at the first page when a condition goes", () => {
    expect(inventoryHref(without({ filter: { query: "gpu", kind: ["node"] }, cursor: "abc" }, "kind"))).toBe(
      "/certificates?q=gpu",
    );
  });

  it("exports exactly what is shown", () => {
    expect(exportHref({ filter: {} }, "csv")).toBe("/api/export/certificates?format=csv");
    expect(exportHref({ filter: { status: ["due"] }, sort: "-ends", cursor: "abc" }, "ndjson")).toBe(
      "/api/export/certificates?status=due&sort=-ends&format=ndjson",
    );
  });

  it("turns the order of a column round on the second click", () => {
    expect(sortOf({ filter: {} }, "ends")).toEqual({ href: "/certificates?sort=ends", direction: undefined });
    expect(sortOf({ filter: {}, sort: "ends" }, "ends")).toEqual({
      href: "/certificates?sort=-ends",
      direction: "asc",
    });
  });

  it("counts conditions by value, without the words", () => {
    expect(countConditions({ query: "gpu", status: ["due", "active"], endsBefore: NOW })).toBe(3);
  });

  it.each(viewsAt(NOW).map((view) => [view.label, view] as const))(
    "knows the view %s by its own address",
    (_, view) => {
      const href = inventoryHref({ filter: view.filter });
      const { filter } = readInventoryAddress(new URLSearchParams(href.split("?")[1] ?? ""));
      expect(viewOf(filter, NOW)).toBe(view.key);
      expect(viewOf(filter, NOW + 30_000)).toBe(view.key);
      expect(viewOf({ ...filter, kind: ["node"] }, NOW)).toBeUndefined();
    },
  );
});
