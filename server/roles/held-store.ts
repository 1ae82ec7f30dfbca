import type { ReadDatabase } from "@/server/kernel/context";
import type { Held, Ports } from "@/server/kernel/ports";
import { ReadOnce } from "@/server/platform/deciding-state";
import { Remembered } from "@/server/platform/remembered";
import { closureOf, type GrantRow, heldAt, type Inheritance, NOTHING_HELD } from "./held";

/** Who holds something: an identity in its team, null for none. */
type Holder = Parameters<Ports["heldBy"]>[1];

/** What was read of a holder in one state of the database, and what of it counts now. */
interface Reading {
  readonly rows: readonly GrantRow[];
  readonly inheritance: Inheritance;
  /** Rows that had ended by then were left out. */
  readonly since: number;
  held: Held;
  heldSince: number;
}

/** The `heldBy` port, over the teams of identities. */
export function heldByOver(teamsAbove: Ports["teamsAbove"]): Ports["heldBy"] {
  return (db, { id, teamId }, at) => {
    const time = at.getTime();
    const key = `${id} ${teamId}`;
    const look = () => read(db, { id, teamId }, { teamsAbove, key, at: time });
    const known = byHolder.of(db, key, look);
    const reading = known && known.since <= time ? known : look();
    if (time >= reading.held.until || time < reading.heldSince) {
      reading.held = heldAt(reading.rows, reading.inheritance, time);
      reading.heldSince = time;
    }
    return reading.held;
  };
}

const byHolder = new ReadOnce<Reading>();

interface Read extends Pick<Reading, "rows" | "inheritance" | "since"> {
  readonly text: string;
}

/** What was read again and is the same gives the same. */
const readings = new Remembered<Read, Reading>(
  ({ rows, inheritance, since }) => ({
    ...{ rows, inheritance, since, heldSince: since },
    held: rows.length === 0 ? NOTHING_HELD : heldAt(rows, inheritance, since),
  }),
  (before, now) => before.text === now.text && before.inheritance === now.inheritance && before.since <= now.since,
);

const ACTIVE = `
  SELECT grants.id AS grantId, roles.name AS role, scope, starts_at AS startsAt, ends_at AS endsAt
  FROM grants JOIN roles ON roles.id = role_id
  WHERE mode = 'active' AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > :at)`;

const ACTIVATED = `
  SELECT grants.id AS grantId, roles.name AS role, scope,
    max(grants.starts_at, activation.starts_at) AS startsAt,
    min(coalesce(grants.ends_at, activation.ends_at), activation.ends_at) AS endsAt
  FROM grant_activations AS activation
  JOIN grants ON grants.id = activation.grant_id
  JOIN roles ON roles.id = role_id
  WHERE activation.identity_id = :id AND activation.ends_at > :at AND activation.ended_at IS NULL
    AND grants.ended_at IS NULL
    AND (grants.identity_id = :id OR grants.team_id IN (SELECT value FROM json_each(:teams)))`;

function read(
  db: ReadDatabase,
  { id, teamId }: Holder,
  { teamsAbove, key, at }: Pick<Ports, "teamsAbove"> & { readonly key: string; readonly at: number },
): Reading {
  const rows = db.statement(`${ACTIVE} AND identity_id = :id`).all({ id, at }) as GrantRow[];
  const teams = teamId === null ? [] : teamsAbove(db, teamId);
  for (const team of teams) {
    rows.push(...(db.statement(`${ACTIVE} AND team_id = :team`).all({ team, at }) as GrantRow[]));
  }
  rows.push(...(db.statement(ACTIVATED).all({ id, at, teams: JSON.stringify(teams) }) as GrantRow[]));
  const inheritance = rows.length === 0 ? NO_INHERITANCE : inheritanceOf(db);
  return readings.of(db, key, { rows, inheritance, since: at, text: JSON.stringify(rows) });
}

const NO_INHERITANCE: Inheritance = new Map();

/** What each role inherits; read again when a role was made, changed or retired. */
export function inheritanceOf(db: ReadDatabase): Inheritance {
  const stamp = db
    .statement(
      `SELECT (SELECT count(*) FROM role_versions) || ' ' || count(*) || ' ' || count(retired_at) AS stamp FROM roles`,
    )
    .get() as { readonly stamp: string };
  return inheritances.of(db, "", { ...stamp, db }).inheritance;
}

interface Stamped {
  readonly stamp: string;
  readonly db: ReadDatabase;
}

const inheritances = new Remembered<Stamped, { readonly inheritance: Inheritance }>(
  ({ db }) => ({ inheritance: closureOf(directlyInherited(db)) }),
  (a, b) => a.stamp === b.stamp,
);

/** What each role that is not retired inherits by its newest version. */
export function directlyInherited(db: ReadDatabase): Map<string, readonly string[]> {
  const rows = db
    .statement(
      `SELECT name, (SELECT inherits FROM role_versions WHERE role_id = roles.id ORDER BY number DESC LIMIT 1) AS inherits
       FROM roles WHERE retired_at IS NULL`,
    )
    .all() as { readonly name: string; readonly inherits: string | null }[];
  return new Map(rows.map(({ name, inherits }) => [name, inherits === null ? [] : (JSON.parse(inherits) as string[])]));
}
