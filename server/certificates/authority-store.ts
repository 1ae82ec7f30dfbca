import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import { type IdentityKind, type Profile, ProfileRules } from "./contract";

/** An authority's row; times are milliseconds. */
export interface AuthorityRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: "root" | IdentityKind;
  readonly parent_id: string | null;
  readonly key_id: string;
  readonly certificate: Uint8Array;
  readonly serial: string;
  readonly not_before: number;
  readonly not_after: number;
}

/** Every authority, the root first. */
export function allAuthorities(db: ReadDatabase): AuthorityRow[] {
  return db
    .statement("SELECT * FROM authorities ORDER BY parent_id IS NOT NULL, created_at, rowid")
    .all() as AuthorityRow[];
}

/** An authority by its id or slug. */
export function findAuthority(db: ReadDatabase, reference: string): AuthorityRow | undefined {
  return db.statement("SELECT * FROM authorities WHERE id = :reference OR slug = :reference").get({ reference }) as
    | AuthorityRow
    | undefined;
}

/** The issuing authority of a kind. */
export function findAuthorityFor(db: ReadDatabase, kind: IdentityKind): AuthorityRow | undefined {
  return db
    .statement("SELECT * FROM authorities WHERE role = ? ORDER BY created_at DESC, rowid DESC LIMIT 1")
    .get(kind) as AuthorityRow | undefined;
}

/** Whether any authority exists. */
export function hasAuthorities(db: ReadDatabase): boolean {
  return db.statement("SELECT 1 FROM authorities LIMIT 1").get() !== undefined;
}

/** Keeps a new authority. */
export function insertAuthority(tx: Transaction, row: AuthorityRow, at: Date): void {
  tx.statement(`
    INSERT INTO authorities (id, slug, name, role, parent_id, key_id, certificate, serial, not_before, not_after, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    row.id,
    row.slug,
    row.name,
    row.role,
    row.parent_id,
    row.key_id,
    row.certificate,
    row.serial,
    row.not_before,
    row.not_after,
    at.getTime(),
  );
}

interface ProfileRow {
  readonly id: string;
  readonly name: string;
  readonly kind: IdentityKind;
  readonly rules: string;
  readonly created_at: number;
  readonly authority_id: string;
  readonly authority_slug: string;
  readonly authority_name: string;
}

const SELECT_PROFILE = `
  SELECT p.id, p.name, p.kind, p.rules, p.created_at, a.id AS authority_id, a.slug AS authority_slug, a.name AS authority_name
  FROM profiles p JOIN authorities a ON a.id = p.authority_id`;

/** Every profile, in the order they were made. */
export function allProfiles(db: ReadDatabase): Profile[] {
  return (db.statement(`${SELECT_PROFILE} ORDER BY p.created_at, p.rowid`).all() as ProfileRow[]).map(profileOf);
}

/** A profile by its name or id. */
export function findProfile(db: ReadDatabase, reference: string): Profile | undefined {
  const row = db.statement(`${SELECT_PROFILE} WHERE p.name = :reference OR p.id = :reference`).get({ reference }) as
    | ProfileRow
    | undefined;
  return row && profileOf(row);
}

/** Keeps a new profile. */
export function insertProfile(
  tx: Transaction,
  profile: { id: string; name: string; kind: IdentityKind; authorityId: string; rules: ProfileRules },
  at: Date,
): void {
  tx.statement("INSERT INTO profiles (id, name, kind, authority_id, rules, created_at) VALUES (?, ?, ?, ?, ?, ?)").run(
    profile.id,
    profile.name,
    profile.kind,
    profile.authorityId,
    JSON.stringify(ProfileRules.parse(profile.rules)),
    at.getTime(),
  );
}

function profileOf(row: ProfileRow): Profile {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    authority: { id: row.authority_id, slug: row.authority_slug, name: row.authority_name },
    rules: ProfileRules.parse(JSON.parse(row.rules)),
    createdAt: new Date(row.created_at),
  };
}
