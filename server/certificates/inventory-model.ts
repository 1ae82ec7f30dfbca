import type {
  FacetValue,
  InventoryFacets,
  InventoryFilter,
  InventoryKind,
  InventoryStatus,
} from "./inventory-contract";

/** What happened to a certificate, as `certificate_inventory.fact` says it. */
export const FACTS = { current: 0, renewed: 1, revoked: 2 } as const;

/** Every status, in the order in which screens and counts name them. */
export const STATUSES: readonly InventoryStatus[] = ["due", "active", "renewed", "expired", "revoked"];

const KINDS: readonly InventoryKind[] = ["node", "service", "user"];

/** Before and after every certificate's end. */
export const ALWAYS = { from: -8.64e15, to: 8.64e15 } as const;

/** Certificates alike in every facet, whose renewal is due from `leadFrom` to less than `leadTo` ms before their end. */
export interface Cell {
  readonly id: number;
  readonly authorityId: string;
  readonly authorityName: string;
  readonly profileId: string;
  readonly profileName: string;
  readonly kind: InventoryKind;
  readonly keyAlgorithm: string;
  readonly leadFrom: number;
  readonly leadTo: number;
}

/** A cell, or what a team has of it: the certificates of its members. */
export interface Area {
  readonly cell: Cell;
  readonly team: string | null;
}

/** What a status follows from. */
export interface StandingFacts {
  readonly fact: number;
  readonly notAfter: number;
  readonly renewAfter: number;
}

/** What a certificate is at a time; the same rule as `statusOf`, on the numbers of an inventory row. */
export function standingAt(facts: StandingFacts, now: number): InventoryStatus {
  if (facts.fact === FACTS.revoked) return "revoked";
  if (facts.notAfter <= now) return "expired";
  if (facts.fact === FACTS.renewed) return "renewed";
  return facts.renewAfter <= now ? "due" : "active";
}

/** Certificates of one fact that end from `from` to before `to`. `check`: only those whose renewal is due, or is not. */
export interface Span {
  readonly fact: number;
  readonly from: number;
  readonly to: number;
  readonly check: "due" | "active" | null;
}

/** When a certificate must end to be shown. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The window that a filter asks for. */
export function windowOf(filter: InventoryFilter): Window {
  return { from: filter.endsAfter ?? ALWAYS.from, to: filter.endsBefore ?? ALWAYS.to };
}

/** Within the window that a filter asks for, the ends that its statuses leave at a time. */
export function endsOf(filter: InventoryFilter, now: number): Window {
  const { from, to } = windowOf(filter);
  const statuses = wantedStatuses(filter);
  if (statuses.has("revoked")) return { from, to };
  const isLasting = statuses.has("due") || statuses.has("active") || statuses.has("renewed");
  return {
    from: statuses.has("expired") ? from : Math.max(from, now + 1),
    to: isLasting ? to : Math.min(to, now + 1),
  };
}

/**
 * Where in a cell the certificates of some statuses lie. Within a cell a status is a range of ends: what ends by `now` has
 * expired, what ends within `leadFrom` of it is due, what ends after `leadTo` is not, and only between those two must
 * the row itself be looked at.
 */
export function spansOf(cell: Cell, statuses: ReadonlySet<InventoryStatus>, window: Window, now: number): Span[] {
  const has = (status: InventoryStatus) => statuses.has(status);
  const [ended, surelyDue, surelyNot] = [now + 1, now + cell.leadFrom + 1, Math.max(now + cell.leadTo, now + 1)];
  const doubtful = has("due") === has("active") ? null : has("due") ? "due" : "active";
  const pieces: (Span & { readonly isWanted: boolean })[] = [
    { fact: FACTS.current, from: ALWAYS.from, to: ended, check: null, isWanted: has("expired") },
    { fact: FACTS.current, from: ended, to: surelyDue, check: null, isWanted: has("due") },
    { fact: FACTS.current, from: surelyDue, to: surelyNot, check: doubtful, isWanted: has("due") || has("active") },
    { fact: FACTS.current, from: surelyNot, to: ALWAYS.to, check: null, isWanted: has("active") },
    { fact: FACTS.renewed, from: ALWAYS.from, to: ended, check: null, isWanted: has("expired") },
    { fact: FACTS.renewed, from: ended, to: ALWAYS.to, check: null, isWanted: has("renewed") },
    { fact: FACTS.revoked, from: ALWAYS.from, to: ALWAYS.to, check: null, isWanted: has("revoked") },
  ];
  const spans: Span[] = [];
  for (const piece of pieces) {
    const [from, to] = [Math.max(piece.from, window.from), Math.min(piece.to, window.to)];
    if (piece.isWanted && from < to) spans.push({ fact: piece.fact, from, to, check: piece.check });
  }
  return spans;
}

/** Spans that touch, put together. A check may then also meet rows that surely pass it. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && last.fact === span.fact && last.to === span.from) {
      joined[joined.length - 1] = { ...last, to: span.to, check: last.check ?? span.check };
    } else joined.push(span);
  }
  return joined;
}

/** Whether a filter wants certificates of this cell. */
export function wantsCell(filter: InventoryFilter, cell: Cell, without?: Facet): boolean {
  return FACETS.every((facet) => facet === without || facet === "status" || wants(filter[facet], valueOf(cell, facet)));
}

/** The statuses that a filter wants. */
export function wantedStatuses(filter: InventoryFilter): ReadonlySet<InventoryStatus> {
  return new Set(filter.status && filter.status.length > 0 ? filter.status : STATUSES);
}

/** The teams that a filter wants; undefined when it wants everybody's. */
export function wantedTeams({ team }: InventoryFilter): readonly string[] | undefined {
  return team && team.length > 0 ? [...new Set(team)] : undefined;
}

/** Whether a row ends when a filter wants it to, belongs to a team of its, and has one of some statuses at a time. */
export function acceptanceOf(
  filter: InventoryFilter,
  statuses: ReadonlySet<InventoryStatus>,
  now: number,
): (row: StandingFacts & { readonly team: string | null }) => boolean {
  const { from, to } = windowOf(filter);
  const teams = wantedTeams(filter);
  return (row) =>
    row.notAfter >= from && row.notAfter < to && wants(teams, row.team ?? "") && statuses.has(standingAt(row, now));
}

/** How many certificates of a cell there are of each status, in the order of `STATUSES`. */
export type StatusCounts = number[];

/** Counts of each cell by its id. A cell that is not in it has none. */
export type Matrix = ReadonlyMap<number, StatusCounts>;

/** How many certificates of some cells have one of some statuses. */
export function countOfCells(matrix: Matrix, cells: readonly Cell[], statuses: ReadonlySet<InventoryStatus>): number {
  return cells.reduce(
    (sum, cell) =>
      STATUSES.reduce((own, status, at) => own + (statuses.has(status) ? (matrix.get(cell.id)?.[at] ?? 0) : 0), sum),
    0,
  );
}

type Facet = "status" | "kind" | "authority" | "profile" | "keyAlgorithm";
const FACETS: readonly Facet[] = ["status", "kind", "authority", "profile", "keyAlgorithm"];

/**
 * Counts of everything that the filter's other conditions leave, summed up for each facet: exact, or lower bounds all of
 * them.
 */
export function facetsOf(
  matrix: Matrix,
  cells: readonly Cell[],
  filter: InventoryFilter,
  isExact: boolean,
): Omit<InventoryFacets, "now"> {
  const statuses = wantedStatuses(filter);
  const countOf = (cell: Cell, wanted: ReadonlySet<InventoryStatus>) => countOfCells(matrix, [cell], wanted);

  const byCell = (facet: Exclude<Facet, "status">): FacetValue[] => {
    const values = new Map<string, { label: string; count: number }>();
    for (const cell of cells) {
      const entry = values.get(valueOf(cell, facet)) ?? { label: labelOf(cell, facet), count: 0 };
      if (wantsCell(filter, cell, facet)) entry.count += countOf(cell, statuses);
      values.set(valueOf(cell, facet), entry);
    }
    return [...values].map(([value, { label, count }]) => ({ value, label, count, isExact }));
  };
  const wantedCells = cells.filter((cell) => wantsCell(filter, cell));
  const byLabel = (a: FacetValue, b: FacetValue) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
  return {
    total: { count: countOfCells(matrix, wantedCells, statuses), isExact },
    status: STATUSES.map((status) => ({
      value: status,
      label: status,
      count: countOfCells(matrix, wantedCells, new Set([status])),
      isExact,
    })),
    kind: byCell("kind").sort((a, b) => KINDS.findIndex((k) => k === a.value) - KINDS.findIndex((k) => k === b.value)),
    authority: byCell("authority").sort(byLabel),
    profile: byCell("profile").sort(byLabel),
    keyAlgorithm: byCell("keyAlgorithm").sort(byLabel),
  };
}

function valueOf(cell: Cell, facet: Exclude<Facet, "status">): string {
  switch (facet) {
    case "kind":
      return cell.kind;
    case "authority":
      return cell.authorityId;
    case "profile":
      return cell.profileId;
    case "keyAlgorithm":
      return cell.keyAlgorithm;
  }
}

function labelOf(cell: Cell, facet: Exclude<Facet, "status">): string {
  if (facet === "authority") return cell.authorityName;
  return facet === "profile" ? cell.profileName : valueOf(cell, facet);
}

function wants(chosen: readonly string[] | undefined, value: string): boolean {
  return !chosen || chosen.length === 0 || chosen.includes(value);
}
