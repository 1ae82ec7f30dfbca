import type { Actor, Decision, Question, ReadDatabase } from "@/server/kernel/context";
import type { Ports } from "@/server/kernel/ports";
import { ReadOnce } from "@/server/platform/deciding-state";
import type { Authority, Verdict } from "./authority";
import { inForce } from "./in-force";
import { askedOf, isIdentity, type Known } from "./question";
import { noteRolesUsed } from "./used-grants";
import { noteUse } from "./uses";

/** What the policies must know of those who take part in a question. */
type Facts = Pick<Ports, "findPrincipal" | "teamNameOf" | "teamsAbove">;

/** And of what they do. */
type Uses = Pick<Ports, "heldBy" | "noteRoleUse">;

/** The `decide` port: asks the policies in force. */
export function decideBy(ports: Facts & Uses): Ports["decide"] {
  return async (db, question) => {
    const { authority } = await inForce(db);
    const known = knownOf(ports, db, question);
    const decision = decideUnder(authority, question, known);
    const { principal, at } = question;
    for (const rule of decision.rules) noteUse(db, rule, at);
    if (decision.allowed && principal.roles.length > 0) {
      noteRolesUsed(ports, db, {
        ...{ asked: askedOf(question, known, authority.names), at },
        verdict: { decision: "allow", policies: decision.rules },
        held: () => ports.heldBy(db, { id: principal.id, teamId: principal.teams[0] ?? null }, at),
      });
    }
    return decision;
  };
}

/** What a set of policies says to a question of the kernel. Unknown means no. */
export function decideUnder(authority: Authority, question: Question, known: Known): Decision {
  const ask = (other: Question) => authority.ask(askedOf(other, known, authority.names));
  const verdict = ask(question);
  const isAllowed = verdict.decision === "allow";
  const reason = isAllowed ? "allowed" : whyNot(question, verdict, (other) => ask(other).decision === "allow");
  return { allowed: isAllowed, reason, rules: verdict.policies, policyVersion: authority.version };
}

/** Names of a team and of all above it, by its id. */
const lines = new ReadOnce<readonly string[]>();

/** What our store knows of whoever asks. */
export function knownOf(
  { findPrincipal, teamNameOf, teamsAbove }: Facts,
  db: ReadDatabase,
  { principal }: Question,
): Known {
  return {
    principal: isIdentity(principal.kind) ? findPrincipal(db, principal.id) : undefined,
    teamsNamed: (id) => lines.of(db, id, () => teamsAbove(db, id).map((team) => teamNameOf(db, team) ?? team)) ?? [id],
  };
}

/** Some roles, held without bounds. */
function everywhere(roles: readonly string[]): Actor["scopes"] {
  return Object.fromEntries(roles.map((role) => [role, ["everything"]]));
}

/** Why not, and who could: found by asking the same policies what they would say to somebody else. */
function whyNot(question: Question, verdict: Verdict, isAllowed: (other: Question) => boolean): string {
  const { principal, resource } = question;
  const would = (other: Partial<Actor>) => isAllowed({ ...question, principal: { ...principal, ...other } });
  const [forbid] = verdict.policies;
  if (verdict.failed !== null) return `the policy ${verdict.failed} forbids it, for it could not be evaluated`;
  if (forbid !== undefined) return `the policy ${forbid} forbids it; ask a security admin`;
  if (principal.kind === "anonymous") return "sign in first";
  if (principal.kind === "node" || principal.kind === "service")
    return `a ${principal.kind} may use its own certificate only`;
  if (principal.kind === "user" && !would({ roles: ["admin"] })) return "no person may do this";
  if (would({ scopes: everywhere(principal.roles) })) {
    return resource.teamId == null
      ? "it belongs to no team of yours; ask a security admin"
      : "it belongs to another team; ask a security admin";
  }
  if (principal.roles.includes("auditor")) return "an auditor reads and changes nothing; ask a security admin";
  return "no policy allows it; ask a security admin";
}
