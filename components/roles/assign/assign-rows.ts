import type { AssignPage, GrantSummary } from "@/server/roles/grant-contract";
import type { AssignAddress } from "./assign-address";

/** Somebody with one of the grants that they hold, or with none. */
export interface AssignRow {
  readonly key: string;
  readonly holder: AssignPage["rows"][number]["holder"];
  readonly grant: GrantSummary | null;
  /** Said once, with the first grant of somebody. */
  readonly isFirst: "first" | "further";
}

/** Rows of one kind of holder. */
export interface AssignGroup {
  readonly title: string;
  readonly rows: readonly AssignRow[];
  readonly holders: number;
}

/** How many grants there are of what a tab shows. */
export type AssignCounts = Readonly<Record<AssignAddress["show"], number>>;

const DAY = 86_400_000;
/** A grant that was not used for so long is one that somebody should ask about. */
export const UNUSED_DAYS = 7;

const TITLES = { team: "Teams", user: "People", service: "Services", node: "Nodes" } as const;
const KINDS = ["team", "user", "service", "node"] as const;

/** The rows that an address asks for, by kind of holder; whose grants end first come first. */
export function groupsOf(page: Pick<AssignPage, "rows">, show: AssignAddress["show"], now: number): AssignGroup[] {
  return KINDS.flatMap((kind) => {
    const ofKind = page.rows
      .filter((row) => row.holder.kind === kind)
      .flatMap((row) => {
        const grants = row.grants.filter((grant) => isShown(grant, show, now));
        const isEmpty = row.grants.length === 0 && (show === "all" || show === "none");
        return grants.length > 0 || isEmpty ? [{ holder: row.holder, grants }] : [];
      })
      .toSorted((a, b) => soonest(a.grants) - soonest(b.grants));
    const rows = ofKind.flatMap(({ holder, grants }) => rowsOf(holder, grants));
    return rows.length === 0 ? [] : [{ title: TITLES[kind], rows, holders: ofKind.length }];
  });
}

function rowsOf(holder: AssignRow["holder"], grants: readonly GrantSummary[]): AssignRow[] {
  if (grants.length === 0) return [{ key: holder.id, holder, grant: null, isFirst: "first" }];
  return grants.map((grant, at) => ({ key: grant.id, holder, grant, isFirst: at === 0 ? "first" : "further" }));
}

/** How many of each there are. */
export function countsOf({ rows }: Pick<AssignPage, "rows">, now: number): AssignCounts {
  const all = rows.flatMap(({ grants }) => grants);
  return {
    all: all.length,
    today: all.filter((grant) => isShown(grant, "today", now)).length,
    unused: all.filter((grant) => isShown(grant, "unused", now)).length,
    none: rows.filter(({ holder, grants }) => holder.kind !== "team" && grants.length === 0).length,
  };
}

function isShown({ endsAt, lastUsedAt, createdAt }: GrantSummary, show: AssignAddress["show"], now: number): boolean {
  if (show === "today") return endsAt !== null && endsAt.getTime() - now < DAY;
  if (show === "unused") return now - (lastUsedAt ?? createdAt).getTime() >= UNUSED_DAYS * DAY;
  return show === "all";
}

function soonest(grants: readonly GrantSummary[]): number {
  return Math.min(Infinity, ...grants.map(({ endsAt }) => endsAt?.getTime() ?? Number.MAX_SAFE_INTEGER));
}
