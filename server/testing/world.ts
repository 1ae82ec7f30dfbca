import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pino from "pino";
import type { Action } from "@/server/kernel/actions";
import type { Actor, Context, Origin } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { Ports } from "@/server/kernel/ports";
import { ANONYMOUS, openRuntime, processActor, type Runtime } from "@/server/platform/composition";
import { readSettings, type Settings } from "@/server/platform/env";

/** How a test wants its world. */
export interface WorldOptions {
  /** Actions that are allowed to everyone in place of the built-in policies; `"all"` allows everything. */
  readonly may?: readonly Action[] | "all";
  /** Who acts in `ctx`; a security admin unless said otherwise. */
  readonly as?: Partial<Actor>;
  /** When the world begins. It stands still until `clock` moves it. */
  readonly startsAt?: Date;
  /** Make the authorities and built-in profiles of `swarm.local`. */
  readonly hierarchy?: boolean;
  /** Worlds that begin alike have the same authorities and keys; those of another lineage are strangers to them. */
  readonly lineage?: string;
  /** Further environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** An audit entry as tests look at it. */
export interface TrailEntry {
  readonly seq: number;
  readonly kind: string;
  readonly action: Action;
  readonly outcome: "done" | "refused";
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string };
  readonly object: { readonly type: string; readonly id: string; readonly name?: string };
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** A data directory, a database and all real ports, for one test. */
export interface World {
  readonly ctx: Context;
  readonly runtime: Runtime;
  readonly clock: { now(): Date; set(at: Date): void; advance(ms: number): void };
  /** A context for somebody else. */
  as(actor: Partial<Actor>): Context;
  /** Audit entries since the world was made, or since `forget`. */
  trail(): TrailEntry[];
  forget(): void;
  close(): void;
}

/** A security admin, as tests mean it. */
export const ADMIN: Actor = {
  kind: "user",
  id: "usr_admin",
  name: "Priya Nair",
  ...everywhere("admin"),
  teams: [],
  provedBy: ["password", "totp"],
};

function everywhere(role: string): Pick<Actor, "roles" | "scopes"> {
  return { roles: [role], scopes: { [role]: ["everything"] } };
}

/** Somebody who reads everything and changes nothing. */
export const AUDITOR: Actor = { ...ADMIN, id: "usr_auditor", name: "Tomas Okafor", ...everywhere("auditor") };

/** Somebody who leads one team. */
export const TEAM_LEAD: Actor = {
  ...ADMIN,
  id: "usr_lead",
  name: "Mara Lindqvist",
  roles: ["team_lead"],
  scopes: { team_lead: ["Team::tem_vision"] },
  teams: ["tem_vision"],
};

/** The same of another team. */
export function leadOf({ id, name }: { readonly id: string; readonly name: string }): Actor {
  return { ...TEAM_LEAD, teams: [id], scopes: { team_lead: [`Team::${name}`] } };
}

export { ANONYMOUS };

const ORIGIN: Origin = { address: "192.0.2.7", userAgent: "test", requestId: "req_test" };

/**
 * When this run of tests began: for worlds that OpenSSL or a clock of the machine looks into. Worlds that begin at the
 * same time share a template.
 */
export const RUN_BEGAN = new Date();

/** Makes a world in a temporary directory; nobody waits for its disk. Close it when the test ends. */
export async function testWorld(options: WorldOptions = {}): Promise<World> {
  const startsAt = options.startsAt ?? new Date("2026-03-12T14:32:00Z");
  const dataDir = mkdtempSync(join(tmpdir(), "swarm-world-"));
  cpSync(await templateOf(startsAt, options), dataDir, { recursive: true });

  let time = startsAt.getTime();
  const settings = settingsOf(dataDir, options);
  const runtime = await openRuntime(settings, "test", {
    durable: false,
    now: () => new Date(time),
    ...(options.may && { decide: deciderOf(options.may) }),
    logger: pino({ level: "silent" }),
  });
  const as = (actor: Partial<Actor>) => runtime.contextFor({ ...ADMIN, ...actor }, ORIGIN);

  let since = lastSeq(runtime);
  return {
    ctx: as(options.as ?? {}),
    runtime,
    clock: {
      now: () => new Date(time),
      set: (at) => {
        time = at.getTime();
      },
      advance: (ms) => {
        time += ms;
      },
    },
    as,
    trail: () => readTrail(runtime, since),
    forget: () => {
      since = lastSeq(runtime);
    },
    close: () => {
      runtime.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function settingsOf(dataDir: string, { environment }: WorldOptions): Settings {
  const home = resolve(import.meta.dirname, "../..");
  return readSettings({ NODE_ENV: "test", SWARM_HOME: home, SWARM_DATA_DIR: dataDir, ...environment });
}

const templates = new Map<string, Promise<string>>();

/**
 * A closed data directory in which a world begins. Worlds that begin alike are copies of one, so that a test pays for
 * files and not for making keys and tables; each copy is the test's own. The run's scratch folder goes, and it with it.
 */
function templateOf(startsAt: Date, options: WorldOptions): Promise<string> {
  const { hierarchy, lineage, environment } = options;
  const key = JSON.stringify([startsAt, hierarchy, lineage, environment]);
  const template = templates.get(key) ?? makeTemplate(startsAt, options);
  templates.set(key, template);
  return template;
}

async function makeTemplate(startsAt: Date, options: WorldOptions): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), "swarm-template-"));
  const runtime = await openRuntime(settingsOf(dataDir, options), "test", {
    durable: false,
    now: () => startsAt,
    logger: pino({ level: "silent" }),
  });
  const terminal: Actor = { ...ADMIN, kind: "terminal", id: "terminal:test", name: "test" };
  if (options.hierarchy) await makeHierarchy(runtime.contextFor(terminal, ORIGIN));
  runtime.close();
  return dataDir;
}

function deciderOf(may: readonly Action[] | "all"): Ports["decide"] {
  const allowed = new Set<Action>(may === "all" ? [] : may);
  return async (_db, { action }) => ({
    allowed: may === "all" || allowed.has(action),
    reason: "this test does not allow it",
    rules: ["test"],
    policyVersion: "test",
  });
}

/** Makes the authorities of `swarm.local`, as the setup does. */
export async function makeHierarchy(ctx: Context): Promise<void> {
  const permit = await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
  const prepared = await ctx.prepareHierarchy(ctx, {
    organisation: "Swarm Test",
    trustDomain: "swarm.local",
    algorithm: "P-256",
  });
  await commit(permit, async (tx) => {
    await ctx.foundOrganisation(tx, { name: "Swarm Test", trustDomain: "swarm.local", at: ctx.now() });
    return { value: await prepared.write(tx), event: { kind: "setup.finished" } };
  });
}

function lastSeq(runtime: Runtime): number {
  const row = runtime.database.read.statement("SELECT coalesce(max(seq), 0) AS seq FROM audit_entries").get();
  return (row as { seq: number }).seq;
}

function readTrail(runtime: Runtime, since: number): TrailEntry[] {
  const rows = runtime.database.read
    .statement("SELECT seq, canonical FROM audit_entries WHERE seq > ? ORDER BY seq")
    .all(since) as { seq: number; canonical: string }[];
  return rows.map((row) => ({ ...(JSON.parse(row.canonical) as Omit<TrailEntry, "seq">), seq: row.seq }));
}

export { processActor };
