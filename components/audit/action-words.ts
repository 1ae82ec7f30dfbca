/** How an action is said after "tried to": about everything of its kind, and before the name of one thing. */
interface ActionWords {
  readonly all: string;
  readonly one: string;
}

const WORDS: Readonly<Record<string, ActionWords>> = {
  "setup.read": { all: "read the setup", one: "read the setup of" },
  "setup.run": { all: "run the setup", one: "run the setup of" },
  "overview.read": { all: "see the overview", one: "see the overview of" },
  "settings.read": { all: "read the settings", one: "read the settings of" },
  "session.create": { all: "sign in", one: "sign in as" },
  "session.read": { all: "see sessions", one: "see the sessions of" },
  "session.end": { all: "end sessions", one: "end a session of" },
  "second_factor.manage": { all: "change second factors", one: "change the second factor of" },
  "password.change": { all: "change passwords", one: "change the password of" },
  "identity.list": { all: "list people, services or nodes", one: "list" },
  "identity.read": { all: "see an identity", one: "see" },
  "identity.create": { all: "add an identity", one: "add" },
  "identity.update": { all: "change an identity", one: "change" },
  "identity.lock": { all: "lock an identity", one: "lock" },
  "identity.unlock": { all: "unlock an identity", one: "unlock" },
  "identity.retire": { all: "retire an identity", one: "retire" },
  "role.list": { all: "list roles", one: "list roles" },
  "role.read": { all: "look at roles", one: "look at the role" },
  "role.create": { all: "make roles", one: "make the role" },
  "role.update": { all: "change roles", one: "change the role" },
  "role.retire": { all: "retire roles", one: "retire the role" },
  "role.bind": { all: "give roles", one: "give the role" },
  "separation.list": { all: "look at separations of duties", one: "look at the separation" },
  "separation.put": { all: "separate duties", one: "change the separation" },
  "separation.remove": { all: "remove separations of duties", one: "remove the separation" },
  "grant.list": { all: "list grants", one: "list grants" },
  "grant.read": { all: "look at grants", one: "look at the grant" },
  "grant.add": { all: "grant roles", one: "grant a role to" },
  "grant.change": { all: "change the end of grants", one: "change the end of the grant" },
  "grant.end": { all: "end grants", one: "end the grant" },
  "grant.activate": { all: "activate roles", one: "activate the grant" },
  "identity.enroll": { all: "enrol", one: "enrol" },
  "team.list": { all: "list teams", one: "list" },
  "team.create": { all: "make a team", one: "make the team" },
  "team.update": { all: "move teams", one: "move the team" },
  "certificate.list": { all: "list certificates", one: "list certificates of" },
  "certificate.read": { all: "read a certificate", one: "read the certificate of" },
  "certificate.export": { all: "export certificates", one: "export the certificate of" },
  "certificate.issue": { all: "issue a certificate", one: "issue a certificate to" },
  "certificate.renew": { all: "renew a certificate", one: "renew the certificate of" },
  "certificate.revoke": { all: "revoke a certificate", one: "revoke the certificate of" },
  "authority.list": { all: "list authorities", one: "list" },
  "authority.read": { all: "read an authority", one: "read the authority" },
  "authority.create": { all: "make authorities", one: "make the authority" },
  "authority.publish_crl": { all: "publish a revocation list", one: "publish the revocation list of" },
  "policy.list": { all: "list policies", one: "list" },
  "policy.read": { all: "read a policy", one: "read the policy" },
  "policy.draft": { all: "draft policies", one: "draft the policy" },
  "policy.publish": { all: "publish policies", one: "publish the policy" },
  "policy.upgrade": { all: "bring the policies of the program", one: "put in force" },
  "decision.list": { all: "list decisions", one: "list" },
  "decision.read": { all: "read a decision", one: "read the decision" },
  "decision.ask": { all: "ask for a decision", one: "ask for a decision about" },
  "decision.ask_others": { all: "ask for decisions about others", one: "ask for a decision about" },
  "resource.list": { all: "list resources", one: "list" },
  "resource.read": { all: "read a resource", one: "read the resource" },
  "resource.put": { all: "register a resource", one: "register" },
  "resource.remove": { all: "remove a resource", one: "remove the resource" },
  "profile.list": { all: "list profiles", one: "list" },
  "profile.read": { all: "read a profile", one: "read the profile" },
  "join_token.list": { all: "list join tokens", one: "list the join tokens of" },
  "join_token.create": { all: "make a join token", one: "make a join token for" },
  "join_token.revoke": { all: "revoke a join token", one: "revoke the join token of" },
  "server_certificate.issue": { all: "issue a listener certificate", one: "issue the listener certificate of" },
  "key.read": { all: "see keys", one: "see the key" },
  "key.create": { all: "make a key", one: "make the key" },
  "audit.list": { all: "read the audit log", one: "read the audit log about" },
  "audit.read": { all: "read the audit log", one: "read" },
  "audit.export": { all: "export the audit log", one: "export the audit log about" },
  "health.read": { all: "ask for the health", one: "ask for the health of" },
  "trust_anchor.read": { all: "fetch the trust anchors", one: "fetch the trust anchor" },
  "housekeeping.run": { all: "run housekeeping", one: "run housekeeping of" },
};

/** What an action of the console is, for a sentence about what somebody may do: "revoke certificates". */
export function deedWords(action: string): string | undefined {
  return WORDS[action]?.all;
}

/** What somebody tried, for a sentence that goes on with the thing's name, or with nothing for all of its kind. */
export function triedWords(action: string, isAll: boolean): string {
  const words = WORDS[action];
  if (!words) return `tried ${action} on`;
  return `tried to ${isAll ? words.all : words.one}`;
}
