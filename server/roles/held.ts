import type { Held } from "@/server/kernel/ports";

/** A grant as long as it counts by the clock: of an eligible one, the time for which it is activated. */
export interface GrantRow {
  readonly grantId: string;
  readonly role: string;
  readonly scope: string;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  /** The first moment at which it is not held any more; null for none. */
  readonly endsAt: number | null;
}

/** Roles by the roles that inherit them: each with itself and all that it inherits. */
export type Inheritance = ReadonlyMap<string, readonly string[]>;

/** What somebody holds at a moment by some grants; it holds until the next of them begins or ends. */
export function heldAt(rows: readonly GrantRow[], inheritance: Inheritance, at: number): Held {
  const now = rows.filter(({ startsAt, endsAt }) => startsAt <= at && (endsAt === null || at < endsAt));
  const boundaries = rows.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt ?? Infinity]).filter((time) => time > at);
  const scopes = new Map<string, Set<string>>();
  for (const { role, scope } of now) {
    for (const held of inheritance.get(role) ?? []) {
      const known = scopes.get(held) ?? new Set();
      scopes.set(held, known.add(scope));
    }
  }
  const roles = [...scopes.keys()].sort();
  return {
    roles,
    scopes: Object.fromEntries(roles.map((role) => [role, [...(scopes.get(role) ?? [])].sort()])),
    grants: now.map(({ grantId, role, scope }) => ({ id: grantId, scope, roles: inheritance.get(role) ?? [] })),
    until: Math.min(Infinity, ...boundaries),
  };
}

/** Nothing, for ever. */
export const NOTHING_HELD: Held = { roles: [], scopes: {}, grants: [], until: Infinity };

/** Each role with all that it inherits, directly or by others, itself first. Cycles end where they began. */
export function closureOf(inherits: ReadonlyMap<string, readonly string[]>): Inheritance {
  return new Map([...inherits.keys()].map((role) => [role, [...reachable(inherits, role)]]));
}

function reachable(inherits: ReadonlyMap<string, readonly string[]>, role: string): Set<string> {
  const found = new Set([role]);
  for (const one of found) {
    for (const other of inherits.get(one) ?? []) if (inherits.has(other)) found.add(other);
  }
  return found;
}

/** The way along which a role would inherit itself; null when it would not. */
export function cycleThrough(inherits: ReadonlyMap<string, readonly string[]>, role: string): readonly string[] | null {
  const ways: string[][] = (inherits.get(role) ?? []).map((next) => [role, next]);
  const seen = new Set<string>();
  for (let way = ways.shift(); way; way = ways.shift()) {
    const last = way.at(-1) ?? role;
    if (last === role) return way;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const next of inherits.get(last) ?? []) ways.push([...way, next]);
  }
  return null;
}
