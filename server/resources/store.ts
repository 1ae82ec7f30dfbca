import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import type { EntityName, Json, Ports, SwarmResource } from "@/server/kernel/ports";
import { ReadOnce } from "@/server/platform/deciding-state";
import { Remembered } from "@/server/platform/remembered";
import type { ListResourcesInput, ResourcePage, ResourceSummary } from "./contract";
import { entityAt, placeOf, referencesOf } from "./model";

interface Row {
  readonly type: string;
  readonly id: string;
  readonly team: string | null;
  readonly parents: string;
  readonly attributes: string;
  readonly labels: string;
}

interface ListedRow extends Row {
  readonly team_id: string | null;
  readonly trust: string | null;
  readonly created_at: number;
  readonly updated_at: number;
}

const COLUMNS = "type, id, team, parents, attributes, labels";

/** See `Ports.findResource`. */
export const findResource: Ports["findResource"] = (db, type, id) => {
  const key = `${type} ${id}`;
  return byName.of(db, key, () => {
    const row = db.statement(`SELECT ${COLUMNS} FROM resources WHERE type = ? AND id = ?`).get(type, id);
    return row === undefined ? undefined : known.of(db, key, row as Row);
  });
};

const byName = new ReadOnce<SwarmResource>();

/** See `Ports.resourcesAfter`. */
export const resourcesAfter: Ports["resourcesAfter"] = (db, type, after, limit) => {
  const rows = db
    .statement(`SELECT ${COLUMNS} FROM resources WHERE type = ? AND id > ? ORDER BY id LIMIT ?`)
    .all(type, after, limit) as Row[];
  return rows.map((row) => known.of(db, `${type} ${row.id}`, row));
};

const known = new Remembered<Row, SwarmResource>(
  resourceOf,
  (a, b) => a.team === b.team && a.parents === b.parents && a.attributes === b.attributes && a.labels === b.labels,
);

/** See `Ports.resourcesOf`. */
export const resourcesOf: Ports["resourcesOf"] = (db) => {
  const rows = db.statement(`SELECT ${COLUMNS} FROM resources ORDER BY type, id`).all() as Row[];
  return rows.map(resourceOf);
};

/** Whether there is one of that name. */
export function isRegistered(db: ReadDatabase, { type, id }: EntityName): boolean {
  return db.statement("SELECT 1 FROM resources WHERE type = ? AND id = ?").get(type, id) !== undefined;
}

/** Makes a resource or replaces all that is said of it. */
export function putRow(tx: Transaction, resource: SwarmResource, at: Date): void {
  tx.statement(`
    INSERT INTO resources (${COLUMNS}, created_at, updated_at)
    VALUES (:type, :id, :team, :parents, :attributes, :labels, :at, :at)
    ON CONFLICT (type, id) DO UPDATE SET
      team = excluded.team, parents = excluded.parents, attributes = excluded.attributes, labels = excluded.labels,
      updated_at = excluded.updated_at`).run({
    type: resource.type,
    id: resource.id,
    team: resource.team,
    parents: JSON.stringify(resource.parents),
    attributes: JSON.stringify(resource.attributes),
    labels: JSON.stringify(resource.labels),
    at: at.getTime(),
  });
}

/** Removes a resource. */
export function removeRow(tx: Transaction, { type, id }: EntityName): void {
  tx.statement("DELETE FROM resources WHERE type = ? AND id = ?").run(type, id);
}

/** Those that refer to a resource, by type and name. Looks at every row that holds its name anywhere. */
export function findUsers(db: ReadDatabase, { type, id }: EntityName): EntityName[] {
  const rows = db
    .statement(`
      SELECT ${COLUMNS} FROM resources
      WHERE (instr(parents, :part) > 0 OR instr(attributes, :part) > 0) AND NOT (type = :type AND id = :id)
      ORDER BY type, id`)
    .all({ type, id, part: `"id":${JSON.stringify(id)}` }) as Row[];
  return rows
    .map(resourceOf)
    .filter((other) => referencesOf(other).some((name) => name.type === type && name.id === id))
    .map((other) => ({ type: other.type, id: other.id }));
}

const LISTED = `
  SELECT r.type, r.id, r.team, r.parents, r.attributes, r.labels, r.created_at, r.updated_at, t.id AS team_id,
    (SELECT json_extract(p.attributes, '$.trust') FROM resources p
     WHERE p.type = 'Provider' AND p.id = json_extract(r.attributes, '$.provider.__entity.id')) AS trust
  FROM resources r LEFT JOIN teams t ON t.name = r.team`;

/** One as lists show it. */
export function findListed(db: ReadDatabase, { type, id }: EntityName): ResourceSummary | undefined {
  const row = db.statement(`${LISTED} WHERE r.type = ? AND r.id = ?`).get(type, id);
  return row === undefined ? undefined : summaryOf(row as ListedRow);
}

/** What fits by type and name, after a place, at most so many. */
export function listRows(db: ReadDatabase, input: ListResourcesInput, limit: number): ResourceSummary[] {
  const after = placeOf(input.cursor ?? "");
  const rows = db
    .statement(`${LISTED} WHERE ${FITS} AND (r.type, r.id) > (:afterType, :afterId) ORDER BY r.type, r.id LIMIT :limit`)
    .all({ ...parametersOf(input), afterType: after.type, afterId: after.id, limit }) as ListedRow[];
  return rows.map(summaryOf);
}

/** How many of each type fit; the filter's own type is left out of it. */
export function countByType(db: ReadDatabase, input: ListResourcesInput): ResourcePage["byType"] {
  return db
    .statement(`SELECT r.type, count(*) AS count FROM resources r WHERE ${FITS} GROUP BY r.type ORDER BY r.type`)
    .all(parametersOf({ ...input, type: undefined })) as ResourcePage["byType"];
}

/** How many there are in all, and what belongs to providers that are not trusted. */
export function countAll(db: ReadDatabase): ResourcePage["all"] {
  return db
    .statement(`
      WITH untrusted AS (
        SELECT id FROM resources WHERE type = 'Provider' AND json_extract(attributes, '$.trust') = 'untrusted'
      )
      SELECT
        (SELECT count(*) FROM resources) AS resources,
        (SELECT count(*) FROM untrusted) AS untrustedProviders,
        (SELECT count(*) FROM resources WHERE type = 'Compute'
          AND json_extract(attributes, '$.provider.__entity.id') IN (SELECT id FROM untrusted)) AS untrustedCompute`)
    .get() as ResourcePage["all"];
}

const FITS = `
  (:type IS NULL OR r.type = :type) AND (:team IS NULL OR r.team = :team) AND (:part IS NULL
    OR r.id || char(10) || coalesce(r.team, '') || char(10) || r.attributes || char(10) || r.labels
      LIKE :part ESCAPE '\\')`;

function parametersOf({ type, team, text }: ListResourcesInput) {
  const part = text === "" ? null : `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return { type: type ?? null, team: team ?? null, part };
}

function resourceOf(row: Row): SwarmResource {
  return {
    type: row.type,
    id: row.id,
    team: row.team,
    parents: JSON.parse(row.parents) as EntityName[],
    attributes: JSON.parse(row.attributes) as Record<string, Json>,
    labels: JSON.parse(row.labels) as Record<string, string>,
  };
}

function summaryOf(row: ListedRow): ResourceSummary {
  const resource = resourceOf(row);
  const provider = entityAt(resource.attributes.provider);
  return {
    ...resource,
    team: row.team === null ? null : { id: row.team_id ?? row.team, name: row.team },
    provider: provider && { id: provider.id, trust: row.trust },
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}
