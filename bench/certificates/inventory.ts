import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pino from "pino";
import { inventory } from "@/server/api/inventory";
import { createCallerFactory } from "@/server/api/trpc";
import type { InventoryFilter, InventorySort } from "@/server/certificates/inventory-contract";
import { writeCursor } from "@/server/certificates/inventory-cursor";
import { segmentsOf } from "@/server/certificates/inventory-order-model";
import { placesOf } from "@/server/certificates/inventory-places";
import { selectFacts } from "@/server/certificates/inventory-store";
import { openRuntime, type Runtime } from "@/server/platform/composition";
import { readSettings } from "@/server/platform/env";
import { ADMIN } from "@/server/testing/world";
import { authorityOf, digitsOf } from "@/server/testing/certificate-rows";
import { atMost, informs, type Report } from "../lib/figures";
import { chanceFrom, type Clock, percentile, timeOf } from "../lib/measure";
import { ALGORITHMS, fillInventory, NOW, nameOf, PROFILES, TEAMS } from "./inventory-data";

/** At most so many ms, and so many times what the small inventory takes. */
const [BAR_MS, BAR_TIMES] = [50, 3];

/** Calls of each kind against each inventory, at least. */
const CALLS = 240;

/** Calls before those that count. */
const WARMING = 24;

const caller = createCallerFactory(inventory);
type Api = ReturnType<typeof caller>;

interface Place {
  readonly rows: number;
  readonly api: Api;
  readonly runtime: Runtime;
}

/** A question, the n-th of its kind, as this inventory is asked it. */
type Question = (place: Place, n: number) => Promise<unknown>;

/** How large the inventories are, and what time is read from. */
export interface InventoryOptions {
  readonly rows: number;
  readonly smallRows: number;
  readonly clock: Clock;
  /** Where the filled databases stay for another run; they are made anew and removed when nothing is said. */
  readonly directory: string | undefined;
  /** Only questions whose name has this in it. */
  readonly about: string;
}

/** Pages, counts and searches of a large inventory and a small one, asked in turns, as the tRPC procedures answer them. */
export async function benchInventory(report: Report, options: InventoryOptions): Promise<void> {
  const { rows, smallRows, clock } = options;
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), "swarm-bench-inventory-"));
  try {
    const small = await openPlace(report, join(directory, `${smallRows}`), smallRows);
    const large = await openPlace(report, join(directory, `${rows}`), rows);
    report.note(
      `each question ${CALLS} times or more in either inventory, in turns, one after the other, with warm caches`,
    );
    if (clock === "cpu") report.note("times are those of this process on its cores, not of the wall");
    for (const [name, question, isDetail] of QUESTIONS.filter(([about]) => about.includes(options.about))) {
      const [ofSmall, ofLarge] = await ask(question, [small, large], clock);
      tell(report, name, ofSmall, ofLarge, options, isDetail);
    }
    for (const place of [small, large]) place.runtime.close();
  } finally {
    if (!options.directory) rmSync(directory, { recursive: true, force: true });
  }
}

async function openPlace(report: Report, dataDir: string, rows: number): Promise<Place> {
  const home = resolve(process.env.SWARM_HOME ?? ".");
  const settings = readSettings({ SWARM_DATA_DIR: dataDir, SWARM_HOME: home, SWARM_LOG_LEVEL: "silent" });
  const replaced = { now: () => new Date(NOW), logger: pino({ level: "silent" }) };
  const isFilled = existsSync(settings.databaseFile);
  (await openRuntime(settings, "bench", replaced)).close();
  const fill = () => fillInventory(settings.databaseFile, settings.migrationsDir, rows);
  const took = isFilled ? "before" : `in ${((await timeOf(fill)) / 1_000).toFixed(0)} s`;
  const runtime = await openRuntime(settings, "bench", replaced);
  if (!runtime.database.read.statement("SELECT 1 FROM teams").get()) {
    throw new Error(`${dataDir} was filled without teams; remove it`);
  }
  const megabytes = Math.round(runtime.database.sizeBytes() / 1e6);
  report.note(`filled with ${rows.toLocaleString("en")} certificates ${took}, ${megabytes} MB`);
  const verbs = runtime.contextFor(ADMIN, { address: null, userAgent: null, requestId: "req_bench" });
  const noCookies = { get: async () => undefined, set: async () => undefined, remove: async () => undefined };
  return { rows, runtime, api: caller({ verbs, logger: runtime.logger, cookies: noCookies }) };
}

/** Asks both inventories in turns. Answers the 95th percentile of either. */
async function ask(question: Question, places: readonly [Place, Place], clock: Clock): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let n = 0; n < CALLS + WARMING; n += 1) {
    for (const at of n % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const time = await timeOf(() => question(places[at], n), clock);
      if (n >= WARMING) times[at].push(time);
    }
  }
  return [percentile(times[0], 0.95), percentile(times[1], 0.95)];
}

function tell(
  report: Report,
  name: string,
  ofSmall: number,
  ofLarge: number,
  { rows, smallRows }: InventoryOptions,
  isDetail: boolean,
): void {
  const against = `${name}, p95, against ${smallRows.toLocaleString("en")}`;
  if (isDetail) return report.add(informs(against, ofLarge, ofSmall, "ms"));
  report.add(
    atMost(1, `${name}, p95, at ${rows.toLocaleString("en")}`, ofLarge, BAR_MS, "ms"),
    atMost(BAR_TIMES, against, ofLarge, ofSmall, "ms"),
  );
}

const SORTS: readonly InventorySort[] = ["worst", "name", "-name", "issued", "-issued", "ends", "-ends"];
const DAY = 86_400_000;

const FILTERS: Readonly<Record<string, readonly InventoryFilter[]>> = {
  status: (["due", "active", "renewed", "expired", "revoked"] as const).map((status) => ({ status: [status] })),
  kind: (["node", "service", "user"] as const).map((kind) => ({ kind: [kind] })),
  authority: ["node", "service", "user"].map((kind) => ({ authority: [authorityOf(kind)] })),
  profile: PROFILES.map(({ id }) => ({ profile: [id] })),
  "key algorithm": ALGORITHMS.map(([algorithm]) => ({ keyAlgorithm: [algorithm] })),
  end: [1, 7, 30, 90]
    .flatMap((days) => [
      { endsAfter: NOW, endsBefore: NOW + days * DAY },
      { endsBefore: NOW - days * DAY },
      { endsAfter: NOW + days * DAY, kind: ["node"] as const, status: ["active", "due"] as const },
    ])
    .map((filter) => filter as InventoryFilter),
};
const NONE: readonly InventoryFilter[] = [{}];
const ALL: readonly InventoryFilter[] = [...NONE, ...Object.values(FILTERS).flat()];

const page = (filter: InventoryFilter, sort: InventorySort) => ({ filter, sort, limit: 100 });
const nth = <T>(items: readonly T[], n: number): T => {
  const item = items[n % items.length];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
};

const firstPage: Question = ({ api }, n) => api.list(page(nth(ALL, n), nth(SORTS, Math.floor(n / ALL.length) + n)));

/** The n-th filter of those that a deep page is asked with. */
type FilterOf = (n: number) => InventoryFilter;

const deepPage =
  (filterOf: FilterOf): Question =>
  ({ api, rows, runtime }, n) => {
    const sort = nth(SORTS, n);
    const [row] = selectFacts(runtime.database.read, [1 + chanceFrom(n)(rows)]);
    if (!row) throw new Error("every row has facts");
    const [place] = placesOf(runtime.database.read, [row], segmentsOf(sort), NOW);
    if (!place) throw new Error("every row has a place");
    const direction = n % 3 === 0 ? "previous" : "next";
    const cursor = writeCursor({ sort, direction, place, asOf: NOW });
    return api.list({ ...page(filterOf(n), sort), cursor });
  };

const counts =
  (filters: readonly InventoryFilter[]): Question =>
  ({ api }, n) =>
    api.facets({ filter: nth(filters, n) });

const pagesOf =
  (filters: readonly InventoryFilter[]): Question =>
  ({ api }, n) =>
    api.list(page(nth(filters, n), nth(SORTS, Math.floor(n / filters.length))));

/** Part of a row that is there, as people type or paste it. */
type Part = (rows: number, n: number) => string;

const aName = (rows: number, n: number) => {
  const identity = chanceFrom(n)(Math.ceil(rows / 4));
  return nameOf(identity % 10 < 6 ? "node" : identity % 10 < 9 ? "service" : "user", identity);
};
const RARE: readonly Part[] = [
  aName,
  (rows, n) => aName(rows, n).slice(-7),
  (rows, n) => digitsOf(chanceFrom(n)(rows)).serial,
  (rows, n) => digitsOf(chanceFrom(n)(rows)).fingerprint.slice(n % 20, (n % 20) + 6 + (n % 9)),
  (rows, n) =>
    digitsOf(chanceFrom(n)(rows))
      .serial.toUpperCase()
      .replace(/(..)(?=.)/g, "$1:")
      .slice(3, 26),
  () => "no-such-node-anywhere",
];
const MEDIUM: readonly Part[] = [
  (_rows, n) => nth(["h100-ams-00", "a100-fra-01", "l40s-sin-02", "std-iad-1", "mem-sfo-2"], n),
  (_rows, n) => `10.0.${n % 10}.`,
  (_rows, n) => nth(["lindqvist1", "okafor2", "nair3", "carvalho1"], n),
  (rows, n) => digitsOf(chanceFrom(n)(rows)).serial.slice(0, 4),
  (_rows, n) => `-${String(n % 100).padStart(3, "0")}`,
  (_rows, n) => nth(["vision-gru-", "embed-iad-", "reindex-ams-"], n),
];
const COMMON: readonly Part[] = [
  (_rows, n) => nth(["swarm.local", "spiffe://", "node", "gpu-h100", "-fra-", "ams"], n),
  (_rows, n) => nth(["/user/", "lindqvist", "swarm.example", "inference", "store-gru"], n),
  (_rows, n) => nth(["a", "gp", "-s", "0f", "1", "00"], n),
];
const MIX: readonly Part[] = [...RARE, ...MEDIUM, ...COMMON, ...COMMON];

const searchPages =
  (parts: readonly Part[]): Question =>
  ({ api, rows }, n) =>
    api.list(page({ query: nth(parts, n)(rows, n) }, n % 5 === 4 ? nth(SORTS, n) : "worst"));

const searchCounts =
  (parts: readonly Part[]): Question =>
  ({ api, rows }, n) =>
    api.facets({ filter: { query: nth(parts, n)(rows, n) } });

const searchWithFilters: Question = ({ api, rows }, n) => {
  const filter = { ...nth(ALL, n), query: nth(MIX, n)(rows, n) };
  return api.list(page(filter, nth(SORTS, Math.floor(n / 7))));
};

const ofTeams = (teams: readonly string[]): readonly InventoryFilter[] => teams.map((team) => ({ team: [team] }));
const OF_EACH_SIZE = ofTeams([...TEAMS.large, nth(TEAMS.between, 5), nth(TEAMS.between, 15), ...TEAMS.small]);

/** A team, and every other facet too. */
const withFacets: FilterOf = (n) => ({ ...nth(ALL, n), ...nth(OF_EACH_SIZE, Math.floor(n / ALL.length) + n) });

const countsOfTeams =
  (filterOf: FilterOf): Question =>
  ({ api }, n) =>
    api.countByTeam({ filter: filterOf(n) });

const ofText: Part = (rows, n) => nth(MIX, n)(rows, n);
const textInTeam = (rows: number, n: number): InventoryFilter => ({ ...nth(OF_EACH_SIZE, n), query: ofText(rows, n) });

const TEAM_QUESTIONS: readonly (readonly [name: string, question: Question, isDetail: boolean])[] = [
  ["page by the largest team, every order", pagesOf(ofTeams(TEAMS.large)), false],
  ["page by a middling team, every order", pagesOf(ofTeams(TEAMS.between)), false],
  ["page by the smallest team, every order", pagesOf(ofTeams(TEAMS.small)), false],
  ["deep page by the largest team", deepPage(() => nth(ofTeams(TEAMS.large), 0)), false],
  ["deep page by a middling team", deepPage((n) => nth(ofTeams(TEAMS.between), n)), false],
  ["page by ten teams, every order", pagesOf([{ team: TEAMS.between.slice(0, 10) }]), false],
  ["page by team and another facet, every order", ({ api }, n) => api.list(page(withFacets(n), nth(SORTS, n))), false],
  ["counts of each team", countsOfTeams(() => ({})), false],
  ["counts of each team, a team chosen", countsOfTeams((n) => nth(OF_EACH_SIZE, n)), false],
  ["counts of each team, another facet chosen", countsOfTeams(withFacets), false],
  [
    "counts of each team, text searched",
    ({ api, rows }, n) => api.countByTeam({ filter: { query: ofText(rows, n) } }),
    false,
  ],
  ["counts by the largest team", counts(ofTeams(TEAMS.large)), false],
  ["counts by a middling team", counts(ofTeams(TEAMS.between)), false],
  ["counts by the smallest team", counts(ofTeams(TEAMS.small)), false],
  ["counts by ten teams", counts([{ team: TEAMS.between.slice(0, 10) }]), false],
  ["counts by team and another facet", ({ api }, n) => api.facets({ filter: withFacets(n) }), false],
  ["  of it text in a team, page", ({ api, rows }, n) => api.list(page(textInTeam(rows, n), nth(SORTS, n))), true],
  ["  of it text in a team, counts", ({ api, rows }, n) => api.facets({ filter: textInTeam(rows, n) }), true],
];

const QUESTIONS: readonly (readonly [name: string, question: Question, isDetail: boolean])[] = [
  ["first page, every order and filter", firstPage, false],
  ["deep page, every order and filter", deepPage((n) => nth(NONE.concat(ALL), Math.floor(n / 2))), false],
  ["counts of every facet", counts(NONE), false],
  ...Object.entries(FILTERS).flatMap(
    ([name, filters]) =>
      [
        [`page by ${name}, every order`, pagesOf(filters), false],
        [`counts by ${name}`, counts(filters), false],
      ] as const,
  ),
  ...TEAM_QUESTIONS,
  ["substring search, page", searchPages(MIX), false],
  ["substring search, counts", searchCounts(MIX), false],
  ["  of it with filters, page", searchWithFilters, true],
  ["  of it rare text, page", searchPages(RARE), true],
  ["  of it medium text, page", searchPages(MEDIUM), true],
  ["  of it common text, page", searchPages(COMMON), true],
  ["  of it rare text, counts", searchCounts(RARE), true],
  ["  of it medium text, counts", searchCounts(MEDIUM), true],
  ["  of it common text, counts", searchCounts(COMMON), true],
  ["expiry calendar", ({ api }) => api.expiryCalendar(), true],
  ["counts of each authority", ({ api }) => api.countByAuthority(), true],
  ["palette", ({ api, rows }, n) => api.find({ text: nth(RARE, n)(rows, n) }), true],
];
