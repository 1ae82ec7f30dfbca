import type { PaletteItem } from "./command-palette";

const key = "swarm.recent";
const most = 5;

/** The things this browser went to last through the palette. Names and addresses only. */
export function readRecent(): PaletteItem[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isRecent).slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Puts a thing first among the recent ones. */
export function rememberRecent({ id, label, href, icon }: PaletteItem): void {
  const item: PaletteItem = { id, group: "thing", label, href, icon };
  try {
    const others = readRecent().filter((other) => other.href !== href);
    localStorage.setItem(key, JSON.stringify([item, ...others].slice(0, most)));
  } catch {
    // A browser without storage has no recent things.
  }
}

/** What is kept may be anything by now: only our own addresses are followed. */
function isRecent(value: unknown): value is PaletteItem {
  if (typeof value !== "object" || value === null) return false;
  const { id, label, href } = value as Partial<Record<string, unknown>>;
  return typeof id === "string" && typeof label === "string" && typeof href === "string" && /^\/(?!\/)/.test(href);
}
