import type { Context, Event, Resource } from "@/server/kernel/context";
import { authorize, commit, type Permit } from "@/server/kernel/permit";
import { ImportRefused, ImportTooLarge } from "./errors";
import { examineImport, type NamedRow } from "./import-check";
import {
  IMPORT_MOST_BYTES,
  type ImportIdentitiesInput,
  type ImportProblem,
  type ImportResult,
} from "./import-contract";
import { type ImportFile, type ImportRow, readImport } from "./import-rows";
import { type ImportedIdentity, insertIdentities } from "./import-store";

const PREFIX = { user: "usr", service: "svc", node: "nod" } as const;

/**
 * Makes people, services and nodes out of CSV, all of them in one commit or none; `check` makes none and tells every
 * problem. People get no password: they cannot sign in before an admin resets it. The right to add is asked for once for
 * each kind and team in the file.
 *
 * @throws {ImportRefused} when something is wrong with the file @throws {ImportTooLarge}
 */
export async function importIdentities(ctx: Context, { text, mode }: ImportIdentitiesInput): Promise<ImportResult> {
  await authorize(ctx, "identity.list", { type: "Identity", id: "*" });
  if (Buffer.byteLength(text) > IMPORT_MOST_BYTES) throw new ImportTooLarge();
  const file = readImport(text);
  const teams = new Map((await ctx.teams(ctx.read)).map(({ id, name }) => [name, id]));
  const places = placesOf(file.rows, teams);
  return mode === "check" ? check(ctx, file, teams, places) : make(ctx, file, teams, places);
}

/** Where identities of a kind would be added, and the rows that say so. */
interface Place {
  readonly resource: Resource;
  readonly team: string | null;
  readonly rows: ImportRow[];
}

type Teams = ReadonlyMap<string, string>;

function placesOf(rows: readonly ImportRow[], teams: Teams): Place[] {
  const places = new Map<string, Place>();
  for (const row of rows) {
    const { kind, team } = row;
    const teamId = team === null ? null : teams.get(team);
    if (teamId === undefined) continue;
    const key = `${kind} ${teamId}`;
    const place = places.get(key) ?? { resource: { type: "Identity", id: "*", kind, teamId }, team, rows: [] };
    place.rows.push(row);
    places.set(key, place);
  }
  return [...places.values()];
}

async function check(ctx: Context, file: ImportFile, teams: Teams, places: readonly Place[]): Promise<ImportResult> {
  const refused = [];
  for (const place of places) {
    const decision = await ctx.decide(ctx.read, {
      principal: ctx.actor,
      action: "identity.create",
      resource: place.resource,
      at: ctx.now(),
      address: ctx.origin.address,
    });
    if (!decision.allowed) refused.push({ ...place, reason: decision.reason });
  }
  // Whoever may add nothing of it is refused, as they are with one.
  if (refused[0] && refused.length === places.length) await authorize(ctx, "identity.create", refused[0].resource);

  const { problems } = examineImport(ctx.read, file, teams);
  const forbidden = refused.flatMap(({ rows, team, reason }) =>
    rows.map(({ row, kind }) => {
      const where = team === null ? "without a team" : `to ${team}`;
      return { row, column: team === null ? "kind" : "team", message: `you may not add a ${kind} ${where}: ${reason}` };
    }),
  );
  return { ...countsOf(file.rows), problems: inOrder(file, [...problems, ...forbidden]), wasImported: false };
}

async function make(ctx: Context, file: ImportFile, teams: Teams, places: readonly Place[]): Promise<ImportResult> {
  const permits: Permit[] = [];
  for (const { resource } of places) permits.push(await authorize(ctx, "identity.create", resource));
  const { problems } = examineImport(ctx.read, file, teams);
  const [permit] = permits;
  if (!permit || file.problems.length + problems.length > 0) throw new ImportRefused(inOrder(file, problems));

  return commit(permit, async (tx) => {
    // Another may have taken a name meanwhile.
    const now = examineImport(tx, file, teams);
    if (now.problems.length > 0) throw new ImportRefused(inOrder(file, now.problems));
    const made = now.rows.map((row) => ({ ...row, id: ctx.newId(PREFIX[row.kind]) }));
    insertIdentities(tx, made.map(kept), ctx.now());
    const counts = countsOf(made);
    return {
      value: { ...counts, problems: [], wasImported: true },
      event: {
        kind: "identities.imported",
        object: { type: "Identity", id: "*", name: made.length === 1 ? "1 identity" : `${made.length} identities` },
        detail: counts,
      },
      also: made.map(eventOf),
    };
  });
}

/** Problems of the file and of its rows, by row. */
function inOrder(file: ImportFile, problems: readonly ImportProblem[]): ImportProblem[] {
  return [...file.problems, ...problems].sort((a, b) => a.row - b.row);
}

function countsOf(rows: readonly ImportRow[]): Pick<ImportResult, "people" | "services" | "nodes"> {
  const of = (kind: ImportRow["kind"]) => rows.filter((row) => row.kind === kind).length;
  return { people: of("user"), services: of("service"), nodes: of("node") };
}

type Made = NamedRow & { readonly id: string };

function kept({ id, kind, name, displayName, email, teamId, labels }: Made): ImportedIdentity {
  return { id, kind, name, displayName, email, teamId, labels };
}

function eventOf(identity: Made): Event {
  const { id, kind, displayName } = identity;
  const { id: _, ...after } = kept(identity);
  return {
    kind: "identity.created",
    object: { type: "Identity", id, name: displayName },
    detail: kind === "user" ? { by: "import", password: "none" } : { by: "import" },
    after,
  };
}
