import { type IdentityKind, type IdentityState, Role } from "@/server/identities/contract";
import { ROLE_WORDS, ROLES } from "@/server/roles/contract";
import type { IconName } from "@/components/ui/icon";
import type { Tone } from "@/components/ui/tone";

/** How screens speak of one kind of identity. */
export interface KindWords {
  readonly place: string;
  readonly title: string;
  readonly one: string;
  readonly many: string;
  readonly icon: IconName;
}

/** People, services and nodes: where they are and what they are called. */
export const KINDS: Readonly<Record<IdentityKind, KindWords>> = {
  user: { place: "/people", title: "People", one: "person", many: "people", icon: "person" },
  service: { place: "/services", title: "Services", one: "service", many: "services", icon: "service" },
  node: { place: "/nodes", title: "Nodes", one: "node", many: "nodes", icon: "node" },
};

/** Where an identity has its page. */
export function identityHref(identity: { readonly id: string; readonly kind: IdentityKind }): string {
  return `${KINDS[identity.kind].place}/${identity.id}`;
}

/** How each state is said and marked. */
export const STATES: Readonly<Record<IdentityState, { readonly word: string; readonly tone: Tone }>> = {
  active: { word: "Active", tone: "ok" },
  locked: { word: "Locked", tone: "danger" },
  retired: { word: "Retired", tone: "neutral" },
};

/** How somebody proved who they are, in words. */
export function proofWords(provedBy: readonly string[]): string {
  const words = provedBy.map((proof) => PROOFS[proof] ?? proof);
  const text = words.join(" and ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

const PROOFS: Readonly<Record<string, string>> = {
  password: "password",
  totp: "authenticator",
  recovery_code: "recovery code",
  certificate: "certificate",
  join_token: "join token",
  terminal: "terminal",
};

/** Roles in words, those that come with the program first. */
export function roleWords(roles: readonly string[]): string {
  const builtIn = ROLES.filter((role) => roles.includes(role)).map((role) => ROLE_WORDS[role]);
  const written = roles.filter((role) => !Role.safeParse(role).success).map((role) => role.replaceAll("-", " "));
  return [...builtIn, ...written].join(", ") || "No role";
}

/** What each role may do, in a line. */
export const ROLE_DETAILS: Readonly<Record<Role, string>> = {
  admin: "Everything, of every team.",
  auditor: "Reads everything, changes nothing.",
  team_lead: "Reads everything but the audit log; adds, locks and issues within the own team.",
};
