import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import type { IdentityKind } from "./contract";

/** Names and addresses that identities have already. */
export interface Taken {
  /** `kind name` */
  readonly names: ReadonlySet<string>;
  readonly emails: ReadonlySet<string>;
}

const NAMES = `
  SELECT kind || ' ' || identities.name AS name FROM json_each(?) AS wanted
  CROSS JOIN identities ON kind IN ('user', 'service', 'node') AND identities.name = wanted.value`;
const EMAILS = `
  SELECT email FROM json_each(?) AS wanted CROSS JOIN identities ON email IS NOT NULL AND email = wanted.value`;

/** Which of some names and addresses are taken. */
export function findTaken(db: ReadDatabase, names: readonly string[], emails: readonly string[]): Taken {
  const known = db.statement(NAMES).all(JSON.stringify(names)) as { name: string }[];
  const addresses = db.statement(EMAILS).all(JSON.stringify(emails)) as { email: string }[];
  return { names: new Set(known.map(({ name }) => name)), emails: new Set(addresses.map(({ email }) => email)) };
}

/** Every name that a person has, for those who are to be named after their address. */
export function allUserNames(db: ReadDatabase): string[] {
  return (db.statement("SELECT name FROM identities WHERE kind = 'user'").all() as { name: string }[]).map(
    ({ name }) => name,
  );
}

/** A new identity of many. */
export interface ImportedIdentity {
  readonly id: string;
  readonly kind: IdentityKind;
  readonly name: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly teamId: string | null;
  readonly labels: Readonly<Record<string, string>>;
}

const INSERT = `
  INSERT INTO identities (id, kind, name, display_name, email, team_id, labels, state, state_changed_at, created_at)
  SELECT value ->> 'id', value ->> 'kind', value ->> 'name', value ->> 'displayName', value ->> 'email',
    value ->> 'teamId', value -> 'labels', 'active', :at, :at
  FROM json_each(:identities)`;

/** Makes many identities by one statement, active and without a password. */
export function insertIdentities(tx: Transaction, identities: readonly ImportedIdentity[], at: Date): void {
  tx.statement(INSERT).run({ identities: JSON.stringify(identities), at: at.getTime() });
}
