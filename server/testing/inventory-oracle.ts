import type { InventoryFilter, InventorySort, InventoryStatus } from "@/server/certificates/inventory-contract";
import { statusOf } from "@/server/certificates/model";
import { authorityOf } from "./certificate-rows";
import type { Kept } from "./inventory-world";

/** The facets of the inventory. */
export const FACETS = ["status", "kind", "authority", "profile", "keyAlgorithm"] as const;
export type Facet = (typeof FACETS)[number];

/** The status of a row, by looking at it. */
export function statusAt(row: Kept, now: number): InventoryStatus {
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

/** The value of a facet of a row. */
export function facetValue(row: Kept, facet: Facet, now: number): string {
  switch (facet) {
    case "status":
      return statusAt(row, now);
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

/** The rows that a filter shows when its facets are left out, by looking at every one. */
export function rowsOfRest(rows: readonly Kept[], filter: InventoryFilter): Kept[] {
  const { endsAfter = -Infinity, endsBefore = Infinity, identity, team = [] } = filter;
  return rows.filter(
    (row) =>
      row.notAfter >= endsAfter &&
      row.notAfter < endsBefore &&
      (identity === undefined || row.identityId === identity) &&
      (team.length === 0 || team.includes(row.team ?? "")) &&
      isFound(row, filter.query),
  );
}

/** Of these, those whose facets have a value that the filter chose; one facet may be left out. */
export function rowsOfFacets(rows: readonly Kept[], filter: InventoryFilter, now: number, without?: Facet): Kept[] {
  const asked = FACETS.filter((facet) => facet !== without && filter[facet]?.length);
  return rows.filter((row) =>
    asked.every((facet) => (filter[facet] as readonly string[] | undefined)?.includes(facetValue(row, facet, now))),
  );
}

/** The rows that a filter shows. */
export function rowsOf(rows: readonly Kept[], filter: InventoryFilter, now: number): Kept[] {
  return rowsOfFacets(rowsOfRest(rows, filter), filter, now);
}

function isFound(row: Kept, query = ""): boolean {
  const text = query.trim().toLowerCase();
  const digits = text.replace(/^0x/, "").replace(/[:\s]/g, "");
  const isDigits = /^[0-9a-f]+$/.test(digits);
  return (
    [row.name, ...row.sans].some((words) => words.toLowerCase().includes(text)) ||
    (isDigits && (row.serial.includes(digits) || row.fingerprint.includes(digits)))
  );
}

/** The serials of rows in an order. */
export function sortedSerials(rows: readonly Kept[], sort: InventorySort, now: number): string[] {
  const ranks = new Map(rows.map((row) => [row, RANKS.indexOf(statusAt(row, now))]));
  const rank = (row: Kept) => ranks.get(row) ?? 0;
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

const RANKS = ["due", "active", "renewed", "expired", "revoked"];
