import type { Inheritance } from "./held";

/** Roles of which nobody has `limit` or more. */
export interface SeparatedRoles {
  readonly name: string;
  readonly roles: readonly string[];
  readonly limit: number;
}

/** Which of the separated roles somebody has too many of; null when they do not. */
export function brokenBy(separation: SeparatedRoles, roles: Iterable<string>): readonly string[] | null {
  const held = new Set(roles);
  const both = separation.roles.filter((role) => held.has(role));
  return both.length >= separation.limit ? both : null;
}

/** The first separation that some roles break, with what they inherit. */
export function firstBroken<One extends SeparatedRoles>(
  separations: readonly One[],
  roles: readonly string[],
  inheritance: Inheritance,
): { readonly separation: One; readonly roles: readonly string[] } | null {
  const all = new Set(roles.flatMap((role) => inheritance.get(role) ?? [role]));
  for (const separation of separations) {
    const broken = brokenBy(separation, all);
    if (broken) return { separation, roles: broken };
  }
  return null;
}
