import type { IconName } from "@/components/ui/icon";
import type { Tone } from "@/components/ui/tone";
import type { AuditRow } from "@/server/audit/contract";
import { triedWords } from "./action-words";

interface Words {
  /** Goes between who and what: "issued". */
  readonly verb: string;
  /** The same where who and what are one. */
  readonly own?: string;
  readonly icon: IconName;
}

const WORDS: Readonly<Record<string, Words>> = {
  "alert.raised": { verb: "raised an alert about", own: "set off an alert", icon: "warn" },
  "alert.resolved": { verb: "settled the alert about", icon: "check" },
  "audit.exported": { verb: "exported the audit log", icon: "audit" },
  "authority.created": { verb: "made the authority", icon: "ca" },
  "certificate.exported": { verb: "exported certificates", icon: "cert" },
  "certificates.exported": { verb: "exported certificates", icon: "cert" },
  "certificate.issued": { verb: "issued a certificate to", icon: "cert" },
  "certificate.search_indexed": { verb: "indexed certificates for the search", icon: "search" },
  "certificate.renewed": { verb: "renewed the certificate of", own: "renewed its certificate", icon: "turn" },
  "certificate.revoked": { verb: "revoked a certificate of", own: "revoked its certificate", icon: "ban" },
  "crl.published": { verb: "published the revocation list of", icon: "audit" },
  "enrollment.refused": { verb: "tried to enrol", icon: "token" },
  "identities.exported": { verb: "exported a list of", icon: "file" },
  "identities.imported": { verb: "imported", icon: "upload" },
  "identity.created": { verb: "added", own: "was added", icon: "person" },
  "identity.locked": { verb: "locked", own: "was locked", icon: "lock" },
  "identity.retired": { verb: "retired", icon: "x" },
  "identity.unlocked": { verb: "unlocked", icon: "unlock" },
  "identity.updated": { verb: "changed", own: "changed what the console says about them", icon: "person" },
  "join_token.created": { verb: "made a join token for", icon: "token" },
  "join_token.revoked": { verb: "revoked the join token of", icon: "token" },
  "join_token.used": { verb: "used the join token of", icon: "token" },
  "key.created": { verb: "made a key", icon: "key" },
  "password.changed": { verb: "changed the password of", own: "changed their password", icon: "key" },
  "password.reset": { verb: "reset the password of", icon: "key" },
  "decision.exported": { verb: "exported decisions", icon: "policy" },
  "decision.searched": { verb: "searched for what is allowed", icon: "policy" },
  "policy.added": { verb: "put the new policy in force:", icon: "policy" },
  "policy.changed": { verb: "changed the policy", icon: "policy" },
  "policy.draft_discarded": { verb: "threw away the draft of", icon: "x" },
  "policy.draft_saved": { verb: "saved a draft of", icon: "policy" },
  "policy.published": { verb: "published policies", icon: "policy" },
  "policy.removed": { verb: "took out of force the policy", icon: "x" },
  "policy.review_asked": { verb: "asked for a review of", icon: "policy" },
  "policy.rolled_back": { verb: "rolled the policies back", icon: "turn" },
  "policy.shadow_ended": { verb: "ended the shadow of", icon: "policy" },
  "policy.shadow_started": { verb: "let run as a shadow the draft of", icon: "policy" },
  "policy.test_removed": { verb: "removed a policy test", icon: "x" },
  "policy.test_saved": { verb: "saved a policy test", icon: "policy" },
  "policy.upgraded": { verb: "put the program's own policies in force", icon: "policy" },
  "proof.refused": { verb: "could not prove to be", icon: "key" },
  "recovery_code.used": { verb: "used a recovery code of", own: "used a recovery code", icon: "key" },
  "recovery_codes.replaced": {
    verb: "replaced the recovery codes of",
    own: "replaced their recovery codes",
    icon: "key",
  },
  "refusals.left_out": { verb: "left out further refusals of", icon: "audit" },
  "renewal.refused": { verb: "tried to renew the certificate of", own: "tried to renew its certificate", icon: "turn" },
  "resource.changed": { verb: "changed the resource", icon: "resource" },
  "resource.registered": { verb: "registered the resource", icon: "resource" },
  "resource.removed": { verb: "removed the resource", icon: "x" },
  "grant.added": { verb: "gave a role to", own: "was given a role", icon: "shield" },
  "grant.refused": {
    verb: "was not allowed to give a role to",
    own: "was not allowed to give themselves a role",
    icon: "shield",
  },
  "grant.changed": { verb: "changed the end of a role of", own: "changed the end of their own role", icon: "shield" },
  "grant.ended": { verb: "ended a role of", own: "let go of a role", icon: "shield" },
  "grant.activated": { verb: "activated a role of", own: "activated a role", icon: "shield" },
  "grant.deactivated": { verb: "let go of a role of", own: "let go of an activated role", icon: "shield" },
  "role.created": { verb: "made the role", icon: "shield" },
  "role.updated": { verb: "changed the role", icon: "shield" },
  "role.retired": { verb: "retired the role", icon: "shield" },
  "separation.put": { verb: "separated roles by", icon: "shield" },
  "separation.removed": { verb: "removed the separation", icon: "shield" },
  // Before there were grants.
  "role.given": { verb: "gave a role to", own: "was given a role", icon: "person" },
  "roles.set": { verb: "set the roles of", own: "set their own roles", icon: "person" },
  "second_factor.added": { verb: "added a second factor to", own: "added a second factor", icon: "key" },
  "second_factor.removed": { verb: "removed the second factor of", own: "removed their second factor", icon: "key" },
  "second_factor.replaced": { verb: "replaced the second factor of", own: "replaced their second factor", icon: "key" },
  "server_certificate.issued": { verb: "issued the listener certificate of", icon: "cert" },
  "session.all_ended": { verb: "ended the sessions of", own: "ended their other sessions", icon: "device" },
  "session.ended": { verb: "ended a session of", icon: "device" },
  "session.started": { verb: "signed in as", icon: "device" },
  "setup.claimed": { verb: "gave the setup code", icon: "sliders" },
  "setup.code_made": { verb: "made a setup code", icon: "sliders" },
  "setup.code_refused": { verb: "gave a wrong setup code", icon: "sliders" },
  "setup.finished": { verb: "finished the setup of", icon: "sliders" },
  "setup.organisation_named": { verb: "named the organisation", icon: "sliders" },
  "sign_in.refused": { verb: "tried to sign in as", icon: "device" },
  "sign_ins.forgotten": { verb: "cleared old attempts to sign in", icon: "device" },
  "team.created": { verb: "made the team", icon: "team" },
  "team.moved": { verb: "moved the team", icon: "team" },
};

/** What an event says about itself: who (the actor), did what, to what; the icon of its kind, and its outcome. */
export interface EventWords {
  readonly who: string;
  readonly did: string;
  readonly what: string;
  readonly icon: IconName;
  readonly outcome: { readonly word: string; readonly tone: Tone };
}

/** An entry in words. A refusal by the policy says what was asked for. */
export function eventWords(row: Pick<AuditRow, "kind" | "action" | "actor" | "object" | "outcome">): EventWords {
  const { object, actor, kind, action } = row;
  const words = WORDS[kind];
  const icon = words?.icon ?? "audit";
  const outcome = row.outcome === "refused" ? REFUSED : DONE;
  // Who signs in is nobody yet when the deed begins; when it is done, it is the person whom it is about.
  const isStranger = actor.kind === "anonymous";
  const hasProved = isStranger && row.outcome === "done" && object.type === "Identity";
  const who = hasProved ? (object.name ?? object.id) : isStranger ? "Somebody" : actor.name;
  if (kind === "session.started") return { who: object.name ?? who, did: "signed in", what: "", icon, outcome };
  // A machine that enrols proves itself by its token; until then it is nobody, too.
  if (isStranger && kind === "certificate.issued") {
    return { who: object.name ?? who, did: "enrolled with a join token", what: "", icon, outcome };
  }
  if (isStranger && kind === "join_token.used") {
    return { who: object.name ?? who, did: "used its join token", what: "", icon, outcome };
  }
  const isAll = object.id === "*" && object.name === undefined;
  const isSelf = hasProved || object.id === actor.id || isOwn(row);
  if (kind === "denied") {
    return { who, did: triedWords(action, isAll), what: isAll ? "" : whatOf(object), icon, outcome };
  }
  // What the console did because of a request stands under the name of whoever made it.
  if (isSelf && kind === "certificate.revoked" && action !== "certificate.revoke") {
    return { who, did: "had its certificate revoked", what: "", icon, outcome };
  }
  if (isSelf && words?.own) return { who, did: words.own, what: "", icon, outcome };
  const what = isSelf ? "themself" : isAll ? "" : whatOf(object);
  const did = words?.verb ?? kind.replace(/[._]/g, " ");
  return { who, did: what === "" ? did.replace(/ (of|to|for|as|about)$/, "") : did, what, icon, outcome };
}

/** A machine's own certificate carries the machine's name. */
function isOwn({ actor, object }: Pick<AuditRow, "actor" | "object">): boolean {
  const isMachine = actor.kind === "node" || actor.kind === "service";
  return isMachine && object.type === "Certificate" && object.name === actor.name;
}

const REFUSED: EventWords["outcome"] = { word: "Refused", tone: "danger" };
const DONE: EventWords["outcome"] = { word: "Done", tone: "ok" };

function whatOf(object: AuditRow["object"]): string {
  if (object.name !== undefined) return object.name;
  if (object.id === "unknown") return "somebody who is not here";
  return `${object.type.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase()} ${object.id}`;
}

/** A kind of event as the facets name it. */
export function kindWords(kind: string): string {
  if (kind === "denied") return "Not allowed by policy";
  const text = kind.replaceAll("_", " ").replace(".", ": ").replace(/^crl/, "revocation list");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
