const PASSWORD = "plum orbit lantern 42";
const POLICY = '@id("no-drain")\nforbid (principal, action == Action::"compute.drain", resource);\n';
const REQUEST = {
  principal: { type: "Node", id: "gpu-7" },
  action: "workload.run",
  resource: { type: "Compute", id: "gpu-7" },
};
const ROLE = {
  ...{ name: "reader", title: "Reader of datasets" },
  permissions: [{ actions: ["dataset.read"], resourceTypes: [], conditions: [] }],
};
const GRANT = { role: "auditor", scope: "everything", endsAt: null, reason: "the yearly audit" };
const PROOF = { password: PASSWORD, code: "000000" };

/** Things that the inputs below are about: they are there, so that no input fails for what is missing. */
export interface Ground {
  readonly personId: string;
  readonly email: string;
  readonly sessionId: string;
  readonly csr: string;
  readonly serial: string;
  readonly identityId: string;
  readonly joinTokenId: string;
  readonly alertId: string;
  readonly draftId: string;
  readonly grantId: string;
  readonly teamId: string;
}

type Inputs = Readonly<Record<string, (ground: Ground) => unknown>>;

/** A good input for every procedure that reads. */
export const QUERIES: Inputs = {
  "account.read": () => undefined,
  "audit.facets": () => ({}),
  "audit.get": () => ({ seq: 1 }),
  "audit.histogram": () => ({}),
  "audit.list": () => ({}),
  "authorities.download": () => ({ authority: "nodes", form: "pem" }),
  "authorities.get": () => ({ authority: "nodes" }),
  "authorities.list": () => undefined,
  "certificates.attention": () => undefined,
  "certificates.download": ({ serial }) => ({ serial, form: "pem" }),
  "certificates.get": ({ serial }) => ({ serial }),
  "certificates.revocationConsequences": ({ serial }) => ({ serial }),
  "decisions.explain": () => ({ seq: 1 }),
  "decisions.get": () => ({ seq: 1 }),
  "decisions.list": () => ({}),
  "grants.assignments": () => ({}),
  "grants.get": ({ grantId }) => ({ id: grantId }),
  "grants.list": () => ({}),
  "grants.offers": ({ personId }) => ({ holder: { kind: "identity", id: personId } }),
  "identities.consequences": ({ identityId }) => ({ id: identityId }),
  "identities.countByTeam": () => ({ kind: "node" }),
  "identities.get": ({ identityId }) => ({ id: identityId }),
  "identities.list": () => ({ kind: "node" }),
  "inventory.countByAuthority": () => undefined,
  "inventory.countByTeam": () => ({}),
  "inventory.expiryCalendar": () => undefined,
  "inventory.facets": () => ({}),
  "inventory.find": () => ({ text: "gpu" }),
  "inventory.issuanceHistory": () => undefined,
  "inventory.list": () => ({}),
  "joinTokens.list": () => ({}),
  "policies.compare": () => ({ from: 0, to: 0 }),
  "policies.epochs": () => undefined,
  "policies.get": () => ({ policy: "auditor-reads" }),
  "policies.known": () => undefined,
  "policies.list": () => undefined,
  "policies.schema": () => undefined,
  "policies.templates": () => undefined,
  "policyTests.list": () => undefined,
  "profiles.get": () => ({ profile: "node" }),
  "profiles.list": () => undefined,
  "resources.get": () => ({ type: "Pool", id: "train" }),
  "resources.list": () => ({}),
  "resources.schema": () => undefined,
  "roles.actions": () => undefined,
  "roles.get": () => ({ name: "auditor" }),
  "roles.list": () => undefined,
  "roles.permissions": () => undefined,
  "roles.separations": () => undefined,
  "session.list": () => ({}),
  "setup.read": () => undefined,
  "teams.list": () => undefined,
};

/** A good input for every procedure that writes. */
export const MUTATIONS: Inputs = {
  "account.changePassword": () => ({ current: PASSWORD, next: "another orbit lantern 43" }),
  "account.confirmTotp": () => ({ offer: "x".repeat(40), code: "000000", password: PASSWORD }),
  "account.removeTotp": () => PROOF,
  "account.replaceRecoveryCodes": () => PROOF,
  "account.startTotp": () => undefined,
  "authorities.publishCrl": () => ({ authority: "nodes" }),
  "certificates.issue": ({ csr }) => ({ profile: "node", csr }),
  "certificates.preview": ({ csr }) => ({ profile: "node", csr }),
  "certificates.resolveAlert": ({ alertId }) => ({ id: alertId }),
  "certificates.revoke": ({ serial }) => ({ serial, reason: "keyCompromise" }),
  "grants.activate": ({ grantId }) => ({ id: grantId, hours: 1, reason: "it is due", ...PROOF }),
  "grants.add": ({ personId }) => ({ ...GRANT, holders: [{ kind: "identity", id: personId }] }),
  "grants.change": ({ grantId }) => ({ id: grantId, endsAt: null, reason: "it takes longer" }),
  "grants.deactivate": ({ grantId }) => ({ id: grantId }),
  "grants.end": ({ grantId }) => ({ ids: [grantId], reason: "it is over" }),
  "grants.preview": ({ personId }) => ({ ...GRANT, holders: [{ kind: "identity", id: personId }] }),
  "identities.createMachine": () => ({ kind: "node", name: "gpu-9" }),
  "identities.createUser": () => ({ email: "new@swarm.local", displayName: "New" }),
  "identities.import": () => ({ text: "kind,name\nnode,gpu-9\n", mode: "import" }),
  "identities.lock": ({ identityId }) => ({ id: identityId, reason: "it looks odd" }),
  "identities.resetPassword": ({ personId }) => ({ id: personId }),
  "identities.resetSecondFactor": ({ personId }) => ({ id: personId }),
  "identities.retire": ({ identityId }) => ({ id: identityId, reason: "it was sold" }),
  "identities.unlock": ({ identityId }) => ({ id: identityId }),
  "identities.update": ({ identityId }) => ({ id: identityId, displayName: "GPU 7" }),
  "joinTokens.create": () => ({ kind: "node", name: "gpu-9" }),
  "joinTokens.revoke": ({ joinTokenId }) => ({ id: joinTokenId }),
  "policies.askReview": ({ draftId }) => ({ draft: draftId, revision: 1, note: "please look" }),
  "policies.check": () => ({ changes: [{ policy: null, text: POLICY }] }),
  "policies.discardDraft": ({ draftId }) => ({ draft: draftId, revision: 1 }),
  "policies.publish": ({ draftId }) => ({ drafts: [{ draft: draftId, revision: 1 }], base: 0, note: "it is due" }),
  "policies.publishSchema": () => ({ text: "entity Role;", base: 0, note: "it is due" }),
  "policies.rollBack": () => ({ to: 0, base: 0, note: "it is due" }),
  "policies.saveDraft": () => ({ draft: null, policy: null, text: POLICY, revision: null }),
  "policies.setShadow": ({ draftId }) => ({ draft: draftId, revision: 1, runs: true }),
  "policyImpact.gains": () => ({ changes: [{ policy: null, text: POLICY }] }),
  "policyImpact.replay": () => ({
    changes: [{ policy: null, text: POLICY }],
    which: { order: "newest", before: null },
  }),
  "policyTests.ask": () => ({ ...REQUEST, changes: [] }),
  "policyTests.put": () => ({ ...REQUEST, name: "nobody runs anything", expect: { decision: "deny" } }),
  "policyTests.remove": () => ({ name: "nobody runs anything" }),
  "policyTests.run": () => ({ changes: [] }),
  "policyTests.whoCan": () => ({ action: REQUEST.action, resource: REQUEST.resource }),
  "profiles.tryRequest": ({ csr }) => ({ profile: "node", csr }),
  "resources.put": () => ({ type: "Pool", id: "train" }),
  "resources.remove": () => ({ type: "Pool", id: "train" }),
  "roles.create": () => ({ ...ROLE, note: "it is needed" }),
  "roles.preview": () => ROLE,
  "roles.putSeparation": () => ({ name: "two", kind: "static", roles: ["admin", "auditor"], reason: "it is due" }),
  "roles.removeSeparation": () => ({ name: "two" }),
  "roles.retire": () => ({ name: "auditor", reason: "it is due" }),
  "roles.update": () => ({ ...ROLE, name: "auditor", base: 1, note: "it is due" }),
  "session.end": ({ sessionId }) => ({ sessionId }),
  "session.endAll": () => ({}),
  "session.signIn": ({ email }) => ({ email, password: PASSWORD }),
  "session.signOut": () => undefined,
  "setup.claim": () => ({ code: "ABCD-EFGH-JKLM" }),
  "setup.confirmTotp": () => ({ offer: "x".repeat(40), code: "000000" }),
  "setup.createAuthorities": () => ({}),
  "setup.createFirstAdmin": () => ({ displayName: "P", email: "p@swarm.local", password: PASSWORD }),
  "setup.nameOrganisation": () => ({ name: "N", trustDomain: "n.example" }),
  "setup.startTotp": () => undefined,
  "teams.create": () => ({ name: "Vision" }),
  "teams.move": ({ teamId }) => ({ id: teamId, parentId: null }),
  "teams.previewMove": ({ teamId }) => ({ id: teamId, parentId: null }),
};
