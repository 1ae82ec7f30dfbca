/**
 * Everything that can be asked for, and the type of resource it is asked on. A verb names one of these in `authorize`;
 * a policy names them in its scope. Unknown actions do not compile, and an action that no policy allows is refused.
 */
export const ACTIONS = {
  "setup.read": "Organisation",
  "setup.run": "Organisation",
  "overview.read": "Organisation",
  "settings.read": "Organisation",

  "session.create": "Session",
  "session.read": "Session",
  "session.end": "Session",
  "second_factor.manage": "Identity",
  "password.change": "Identity",

  "identity.list": "Identity",
  "identity.read": "Identity",
  "identity.create": "Identity",
  "identity.update": "Identity",
  "identity.lock": "Identity",
  "identity.unlock": "Identity",
  "identity.retire": "Identity",
  "identity.enroll": "Identity",
  "team.list": "Team",
  "team.create": "Team",
  "team.update": "Team",

  "role.list": "Role",
  "role.read": "Role",
  "role.create": "Role",
  "role.update": "Role",
  "role.retire": "Role",
  "role.bind": "Role",
  "separation.list": "Separation",
  "separation.put": "Separation",
  "separation.remove": "Separation",
  "grant.list": "Grant",
  "grant.read": "Grant",
  "grant.add": "Grant",
  "grant.change": "Grant",
  "grant.end": "Grant",
  "grant.activate": "Grant",

  "certificate.list": "Certificate",
  "certificate.read": "Certificate",
  "certificate.export": "Certificate",
  "certificate.issue": "Certificate",
  "certificate.renew": "Certificate",
  "certificate.revoke": "Certificate",
  "authority.list": "Authority",
  "authority.read": "Authority",
  "authority.create": "Authority",
  "authority.publish_crl": "Authority",
  "profile.list": "Profile",
  "profile.read": "Profile",
  "join_token.list": "JoinToken",
  "join_token.create": "JoinToken",
  "join_token.revoke": "JoinToken",
  "server_certificate.issue": "Certificate",

  "policy.list": "Policy",
  "policy.read": "Policy",
  "policy.draft": "Policy",
  "policy.publish": "Policy",
  "policy.upgrade": "Policy",

  "decision.list": "Decision",
  "decision.read": "Decision",
  "decision.ask": "Decision",
  "decision.ask_others": "Decision",

  "resource.list": "Resource",
  "resource.read": "Resource",
  "resource.put": "Resource",
  "resource.remove": "Resource",

  "key.read": "Key",
  "key.create": "Key",

  "audit.list": "AuditEntry",
  "audit.read": "AuditEntry",
  "audit.export": "AuditEntry",

  "health.read": "Organisation",
  "trust_anchor.read": "Authority",
  "housekeeping.run": "Organisation",
} as const;

/** The name of something that can be asked for, `noun.verb`. */
export type Action = keyof typeof ACTIONS;

/** The type of thing an action is asked on. */
export type ResourceType = (typeof ACTIONS)[Action];

/** Actions that change nothing: what an auditor may do everywhere. */
export function isReading(action: Action): boolean {
  return action.endsWith(".read") || action.endsWith(".list") || action.endsWith(".export");
}
