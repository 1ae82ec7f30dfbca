/** The version that permits and audit entries carry; it changes with the policies. */
export const BUILT_IN_VERSION = "built-in-4";

/** The policies by which the console is governed from the start. None of them forbids: what none permits is refused. */
export const BUILT_IN_POLICIES = `// What is public.
@id("everyone-reads-public")
permit (
  principal,
  action in [
    Action::"health.read",
    Action::"trust_anchor.read",
    Action::"setup.read"
  ],
  resource
);

// What may be asked before it is known who asks; each of these then asks for a proof of its own.
@id("anonymous-proves-itself")
permit (
  principal is Stranger,
  action in [
    Action::"session.create",
    Action::"setup.run",
    Action::"identity.enroll"
  ],
  resource
);

// What a machine, or a person, may do with a certificate of their own that they showed.
@id("machine-keeps-its-own-certificate")
permit (
  principal,
  action in [
    Action::"certificate.read",
    Action::"certificate.renew",
    Action::"certificate.revoke",
    Action::"identity.read"
  ],
  resource
)
when { principal is Node || principal is Service || principal is User }
when { context.provedBy.contains("certificate") }
when { resource.owners.contains(principal.id) };

// What a machine, or a person, may ask about themselves. Asking about others needs a policy that permits it.
@id("machine-asks-about-itself")
permit (
  principal,
  action == Action::"decision.ask",
  resource
)
when { principal is Node || principal is Service || principal is User }
when { context.provedBy.contains("certificate") }
when { resource.owners.contains(principal.id) };

// What people may do to themselves.
@id("person-keeps-own-account")
permit (
  principal is User,
  action in [
    Action::"session.read",
    Action::"session.end",
    Action::"second_factor.manage",
    Action::"password.change",
    Action::"identity.read"
  ],
  resource
)
when { resource.owners.contains(principal.id) };

// What people may do with roles that they hold themselves: activate them, and let them go.
@id("person-uses-own-grants")
permit (
  principal is User,
  action in [
    Action::"grant.read",
    Action::"grant.activate",
    Action::"grant.end"
  ],
  resource
)
when { resource.owners.contains(principal.id) };

// What an admin may do: everything but what belongs to machines, to strangers or to our own processes.
@id("admin-administers")
permit (
  principal is User in Role::"admin",
  action in Action::"console",
  resource
)
unless {
  action in
    [
      Action::"session.create",
      Action::"identity.enroll",
      Action::"certificate.renew",
      Action::"server_certificate.issue",
      Action::"housekeeping.run",
      Action::"policy.upgrade",
      Action::"setup.run"
    ]
};

// What an auditor may do: read everything, and change nothing.
@id("auditor-reads")
permit (
  principal is User in Role::"auditor",
  action in Action::"reading",
  resource
);

// What a lead may read: everything but the audit log, the sessions of others and what machines asked.
@id("team-lead-reads")
permit (
  principal is User in Role::"team_lead",
  action in Action::"reading",
  resource
)
unless {
  action in
    [
      Action::"audit",
      Action::"session.read",
      Action::"decision.list",
      Action::"decision.read"
    ]
};

// What a lead may do to the services, nodes and resources of the teams that she leads, and of those within them. People she
// may add, give roles, and end their certificates;
// providers and pools are for everybody, and no team's.
@id("team-lead-leads")
permit (
  principal is User in Role::"team_lead",
  action in [
    Action::"certificate.issue",
    Action::"certificate.revoke",
    Action::"join_token.create",
    Action::"join_token.revoke",
    Action::"identity.create",
    Action::"identity.update",
    Action::"identity.lock",
    Action::"resource.put",
    Action::"resource.remove",
    Action::"grant.add",
    Action::"grant.change",
    Action::"grant.end"
  ],
  resource
)
when {
  principal has granted &&
  principal.granted.hasTag("team_lead") &&
  resource in principal.granted.getTag("team_lead")
}
when {
  !(resource has kind && resource.kind == "user") ||
  action in
      [
        Action::"identity.create",
        Action::"certificate.revoke",
        Action::"grant.add",
        Action::"grant.change",
        Action::"grant.end"
      ]
}
unless { resource has kind && ["Provider", "Pool"].contains(resource.kind) };

// What somebody at the terminal may do, who has the data directory and the master key at hand.
@id("terminal-operates")
permit (
  principal is Terminal,
  action in Action::"console",
  resource
)
unless { action in [Action::"housekeeping.run", Action::"session.create"] };

// What our own processes do by themselves.
@id("process-keeps-house")
permit (
  principal is Process,
  action in [
    Action::"reading",
    Action::"housekeeping.run",
    Action::"authority.publish_crl",
    Action::"server_certificate.issue",
    Action::"key.create",
    Action::"policy.upgrade",
    Action::"setup.run"
  ],
  resource
);
`;
