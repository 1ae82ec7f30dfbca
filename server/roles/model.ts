import { type Action, isReading } from "@/server/kernel/actions";
import type { Actor, Decision, Question } from "@/server/kernel/context";

/** The version that permits and audit entries carry until the policy engine decides. */
export const BUILT_IN_VERSION = "built-in-1";

interface Rule {
  readonly id: string;
  /** Who it is about. */
  applies(actor: Actor): boolean;
  /** What it allows them. */
  allows(question: Question): boolean;
}

/** What our own processes do by themselves. */
const HOUSEKEEPING: ReadonlySet<Action> = new Set<Action>([
  "housekeeping.run",
  "authority.publish_crl",
  "server_certificate.issue",
  "key.create",
  "setup.run",
]);

/** What a team lead may do to people of her own team: add them, and end a certificate of theirs. */
const LEADING_PEOPLE: ReadonlySet<Action> = new Set<Action>(["identity.create", "certificate.revoke"]);

/** What a team lead may do to services and nodes of her own team. Whatever was locked is the admins'. */
const LEADING: ReadonlySet<Action> = new Set<Action>([
  "certificate.issue",
  "certificate.revoke",
  "join_token.create",
  "join_token.revoke",
  "identity.create",
  "identity.update",
  "identity.lock",
]);

/** What anybody may do before it is known who they are; the verb then asks for its own proof. */
const ANONYMOUS: ReadonlySet<Action> = new Set<Action>([
  "session.create",
  "setup.read",
  "setup.run",
  "identity.enroll",
  "health.read",
  "trust_anchor.read",
]);

/** What a person may do to themself. */
const OWN_ACCOUNT: ReadonlySet<Action> = new Set<Action>([
  "session.read",
  "session.end",
  "second_factor.manage",
  "password.change",
  "identity.read",
]);

/** What a machine may do with its own certificate. */
const OWN_CERTIFICATE: ReadonlySet<Action> = new Set<Action>([
  "certificate.read",
  "certificate.renew",
  "certificate.revoke",
  "identity.read",
]);

const PUBLIC: ReadonlySet<Action> = new Set<Action>(["health.read", "trust_anchor.read", "setup.read"]);

/** What nobody signed in does, not even an admin: it belongs to machines, to strangers or to our own jobs. */
const NOT_BY_PEOPLE: ReadonlySet<Action> = new Set<Action>([
  "session.create",
  "identity.enroll",
  "certificate.renew",
  "server_certificate.issue",
  "housekeeping.run",
  "setup.run",
]);

/** The rules in force, as one table. None of them denies: what no rule allows is refused. */
export const BUILT_IN_RULES: readonly Rule[] = [
  { id: "everyone-reads-public", applies: () => true, allows: ({ action }) => PUBLIC.has(action) },
  {
    id: "anonymous-proves-itself",
    applies: (actor) => actor.kind === "anonymous",
    allows: ({ action }) => ANONYMOUS.has(action),
  },
  {
    id: "machine-keeps-its-own-certificate",
    applies: (actor) => actor.kind === "node" || actor.kind === "service" || actor.kind === "user",
    allows: (question) =>
      question.principal.provedBy.includes("certificate") && OWN_CERTIFICATE.has(question.action) && isOwn(question),
  },
  {
    id: "person-keeps-own-account",
    applies: (actor) => actor.kind === "user",
    allows: (question) => OWN_ACCOUNT.has(question.action) && isOwn(question),
  },
  {
    id: "admin-administers",
    applies: (actor) => actor.kind === "user" && actor.roles.includes("admin"),
    allows: ({ action }) => !NOT_BY_PEOPLE.has(action),
  },
  {
    id: "auditor-reads",
    applies: (actor) => actor.kind === "user" && actor.roles.includes("auditor"),
    allows: ({ action }) => isReading(action),
  },
  {
    id: "team-lead-reads",
    applies: (actor) => actor.kind === "user" && actor.roles.includes("team_lead"),
    allows: ({ action }) => isReading(action) && !action.startsWith("audit.") && action !== "session.read",
  },
  {
    id: "team-lead-leads",
    applies: (actor) => actor.kind === "user" && actor.roles.includes("team_lead"),
    allows: ({ principal, action, resource }) =>
      LEADING.has(action) &&
      (resource.kind !== "user" || LEADING_PEOPLE.has(action)) &&
      resource.teamId != null &&
      principal.teams.includes(resource.teamId),
  },
  {
    id: "terminal-operates",
    applies: (actor) => actor.kind === "terminal",
    allows: ({ action }) => action !== "housekeeping.run" && action !== "session.create",
  },
  {
    id: "process-keeps-house",
    applies: (actor) => actor.kind === "system",
    allows: ({ action }) => HOUSEKEEPING.has(action) || isReading(action),
  },
];

/** Asks the built-in rules. Unknown means no. */
export function decideByRules(question: Question): Decision {
  const allowing = BUILT_IN_RULES.filter((rule) => rule.applies(question.principal) && rule.allows(question));
  return {
    allowed: allowing.length > 0,
    reason: allowing.length > 0 ? "allowed" : reasonFor(question),
    rules: allowing.map((rule) => rule.id),
    policyVersion: BUILT_IN_VERSION,
  };
}

function isOwn({ principal, resource }: Question): boolean {
  return resource.ownerId === principal.id || (resource.type === "Identity" && resource.id === principal.id);
}

function reasonFor({ principal, action, resource }: Question): string {
  if (principal.kind === "anonymous") return "sign in first";
  if (NOT_BY_PEOPLE.has(action) && principal.kind === "user") return "no person may do this";
  if (principal.kind === "node" || principal.kind === "service")
    return `a ${principal.kind} may use its own certificate only`;
  if (principal.roles.includes("team_lead") && LEADING.has(action)) {
    return resource.teamId == null
      ? "it belongs to no team of yours; ask a security admin"
      : "it belongs to another team; ask a security admin";
  }
  if (principal.roles.includes("auditor")) return "an auditor reads and changes nothing; ask a security admin";
  return "no rule allows it; ask a security admin";
}
