import {
  type InventoryAddress,
  type InventoryFilter,
  type InventorySort,
  writeInventoryAddress,
} from "@/server/certificates/inventory-contract";

const HOUR = 3_600_000;

/** The list with a filter; a change of the filter begins at the first page again. */
export function inventoryHref(address: InventoryAddress): string {
  return `/certificates${writeInventoryAddress(address)}`;
}

/** The download of exactly what a filter shows. */
export function exportHref({ filter, sort }: InventoryAddress, format: "csv" | "ndjson"): string {
  const address = writeInventoryAddress({ filter, sort });
  return `/api/export/certificates${address === "" ? "?" : `${address}&`}format=${format}`;
}

/** The address without one condition, or without one value of it. */
export function without(address: InventoryAddress, field: keyof InventoryFilter, value?: string): InventoryAddress {
  const filter: InventoryFilter = { ...address.filter };
  const now = filter[field];
  delete filter[field];
  if (value !== undefined && Array.isArray(now)) {
    const rest = now.filter((one) => one !== value);
    if (rest.length > 0) Object.assign(filter, { [field]: rest });
  }
  return { filter, sort: address.sort };
}

/** The address with one value of a list added, or taken away when it is there. */
export function toggled(address: InventoryAddress, field: ListField, value: string): InventoryAddress {
  const now: readonly string[] = address.filter[field] ?? [];
  if (now.includes(value)) return without(address, field, value);
  return { filter: { ...address.filter, [field]: [...now, value] }, sort: address.sort };
}

/** The conditions that are lists. */
export type ListField = "status" | "kind" | "team" | "authority" | "profile" | "keyAlgorithm";

/** How many conditions are in force, the words of the search aside. */
export function countConditions(filter: InventoryFilter): number {
  const { query: _, ...conditions } = filter;
  return Object.values(conditions).reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 1), 0);
}

/** Whether everything is asked for. */
export function isWhole(filter: InventoryFilter): boolean {
  return countConditions(filter) === 0 && !filter.query;
}

/** The order that a click on a column asks for, and how the column is sorted now. */
export function sortOf(
  address: InventoryAddress,
  column: "name" | "issued" | "ends",
): { href: string; direction?: "asc" | "desc" } {
  const { sort } = address;
  const next: InventorySort = sort === column ? `-${column}` : column;
  const direction = sort === column ? "asc" : sort === `-${column}` ? "desc" : undefined;
  return { href: inventoryHref({ filter: address.filter, sort: next }), direction };
}

/** A view of the list that has a tab of its own. */
export interface View {
  readonly key: "all" | "breaking" | "week" | "revoked";
  readonly label: string;
  readonly filter: InventoryFilter;
}

/** The views above the list. Their times are whole minutes, so that the address of a view stays short. */
export function viewsAt(now: number): readonly View[] {
  const minute = Math.floor(now / 60_000) * 60_000;
  return [
    { key: "all", label: "All", filter: {} },
    {
      key: "breaking",
      label: "Break within 24 h",
      filter: { status: ["due"], endsBefore: minute + 24 * HOUR },
    },
    {
      key: "week",
      label: "End within 7 d",
      filter: { status: ["due", "active"], endsBefore: minute + 7 * 24 * HOUR },
    },
    { key: "revoked", label: "Revoked", filter: { status: ["revoked"] } },
  ];
}

/** The view that a filter is. A view with a time stays itself while its time lies ahead, no further than it began. */
export function viewOf(filter: InventoryFilter, now: number): View["key"] | undefined {
  return viewsAt(now).find((view) => {
    const { endsBefore, ...rest } = view.filter;
    const { endsBefore: givenEnd, ...given } = filter;
    if (JSON.stringify(sorted(rest)) !== JSON.stringify(sorted(given))) return false;
    if (endsBefore === undefined || givenEnd === undefined) return endsBefore === givenEnd;
    return givenEnd > endsBefore - HOUR && givenEnd <= endsBefore + 60_000;
  })?.key;
}

function sorted(filter: InventoryFilter): [string, unknown][] {
  return Object.entries(filter)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([field, value]): [string, unknown] => [field, Array.isArray(value) ? [...value].sort() : value])
    .sort(([a], [b]) => a.localeCompare(b));
}
