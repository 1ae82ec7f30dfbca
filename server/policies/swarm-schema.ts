/**
 * The schema of the swarm, as it is from the start: who asks, what is asked for, and what a question comes with. Roles,
 * teams, providers, pools and everything else are known by their names: `Node::"gpu-7"`, `Provider::"nordwind"`.
 * https://docs.cedarpolicy.com/schema/human-readable-schema.html
 */
export function swarmSchema(): string {
  return `entity Role in [Scope];
entity Team in [Team, Scope];
entity Pool in [Pool, Scope];

// How far a provider of hardware is trusted: "untrusted", "verified", "trusted".
entity Provider in [Scope] = {
  trust: String,
  region?: String
};

// Who asks. The tags are labels; what they hold is in granted.
entity User in [Role, Team] = {
  id: String,
  name: String,
  state: String,
  granted?: Grants,
  team?: Team
} tags String;
entity Service in [Role, Team] = {
  id: String,
  name: String,
  state: String,
  granted?: Grants,
  team?: Team
} tags String;
entity Node in [Role, Team, Pool] = {
  id: String,
  name: String,
  state: String,
  granted?: Grants,
  team?: Team,
  region?: String,
  provider?: Provider
} tags String;

// What is run: its kind is "training", "inference", "fine-tuning", "batch" or "notebook",
// its sensitivity "public", "internal", "confidential" or "restricted".
entity Workload in [Team] = {
  kind: String,
  sensitivity: String,
  team?: Team,
  gpus?: Long,
  gpuModel?: String,
  memoryGiB?: Long
};

// What is asked for. A role reaches what lies within the scopes of its grants.
entity Compute in [Pool, Team, Scope] = {
  team?: Team,
  provider: Provider,
  region: String,
  gpus: Long,
  gpuModel?: String
} tags String;
entity Storage in [Team, Scope] = {
  team?: Team,
  provider: Provider,
  region: String,
  isEncrypted: Bool
} tags String;
entity Dataset in [Team, Scope] = {
  team?: Team,
  region: String,
  sensitivity: String
} tags String;
entity Model in [Team, Scope] = {
  team?: Team,
  sensitivity: String,
  license?: String
} tags String;
entity Endpoint in [Team, Scope] = {
  team?: Team,
  region: String,
  isPublic: Bool,
  model?: Model
} tags String;
entity Network in [Team, Scope] = {
  team?: Team,
  region?: String,
  isPublic: Bool
} tags String;

// How the caller proved who it is: "password", "totp", "recovery_code", "certificate", "join_token", "terminal", "process";
// when and from where it asks, for what, and what is suspicious about it: a session on a device that is new ("new_device") or
// that is used from another address than it began at ("other_address"), a certificate that was renewed and is used all the
// same ("superseded_certificate").
type Asking = {
  provedBy: Set<String>,
  now: datetime,
  address?: ipaddr,
  workload?: Workload,
  risk: Set<String>,
  reason?: String
};

action "swarm";
// What leaves things as they are.
action "use" in ["swarm"];
// What does not.
action "change" in ["swarm"];
${ACTIONS_OF_THE_SWARM.map(writeAction).join("\n")}
`;
}

/** What is asked of the swarm: the action, its group, and the type that it is asked on. */
const ACTIONS_OF_THE_SWARM = [
  ["workload.run", "use", "Compute"],
  ["compute.drain", "change", "Compute"],
  ["storage.read", "use", "Storage"],
  ["storage.write", "change", "Storage"],
  ["dataset.read", "use", "Dataset"],
  ["dataset.write", "change", "Dataset"],
  ["model.read", "use", "Model"],
  ["model.write", "change", "Model"],
  ["model.deploy", "change", "Model"],
  ["endpoint.invoke", "use", "Endpoint"],
  ["endpoint.change", "change", "Endpoint"],
  ["network.connect", "use", "Network"],
] as const;

function writeAction([action, group, resource]: (typeof ACTIONS_OF_THE_SWARM)[number]): string {
  return `action "${action}" in ["${group}"] appliesTo { principal: [User, Service, Node], resource: [${resource}], context: Asking };`;
}
