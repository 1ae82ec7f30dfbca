import { type Action, ACTIONS, isReading } from "@/server/kernel/actions";

/** Who may ask. A stranger has not proved who they are; a terminal has the data directory; a process is one of ours. */
export const PRINCIPALS = {
  user: "User",
  service: "Service",
  node: "Node",
  terminal: "Terminal",
  system: "Process",
  anonymous: "Stranger",
} as const;

/** Principals that the swarm's part of the schema does not know. */
const OWN_PRINCIPALS = [PRINCIPALS.terminal, PRINCIPALS.system, PRINCIPALS.anonymous];

/** Objects of ours that the swarm's part of the schema declares. */
const OF_THE_SWARM: readonly string[] = ["Team", "Role"];

/**
 * The schema of the console's own objects, which stands beside `swarmSchema`, https://docs.cedarpolicy.com/schema/human-readable-schema.html. Its actions are
 * those of the kernel, so that an action without a place in it cannot be asked for.
 */
export function consoleSchema(): string {
  const resources = [...new Set(Object.values(ACTIONS))].filter((type) => !OF_THE_SWARM.includes(type));
  const principals = Object.values(PRINCIPALS).join(", ");
  const actions = Object.entries(ACTIONS).map(([action, resource]) => {
    const groups = groupsOf(action as Action).map((group) => `"${group}"`);
    const within = groups.length > 0 ? ` in [${groups.join(", ")}]` : "";
    return `action "${action}"${within} appliesTo { principal: [${principals}], resource: ${resource}, context: Asking };`;
  });
  return `// Who asks, but for those of the swarm.
entity ${OWN_PRINCIPALS.join(", ")} = { id: String };

// Within what a role can be held: Scope::"everything", Scope::"Team::vision", Scope::"label:env=prod".
entity Scope;
// What somebody holds: by the name of a role, within what.
entity Grants tags Set<Scope>;

// What every object says of itself: the identities that it belongs to, its team, and its kind.
entity ${resources.join(", ")} in [Scope] = {
  owners: Set<String>,
  team?: Team,
  kind?: String
};

// All that is asked of this console.
action "console";
// What changes nothing.
action "reading" in ["console"];
// What is asked of the audit log.
action "audit" in ["console"];
${actions.join("\n")}
`;
}

function groupsOf(action: Action): string[] {
  const groups = [...(isReading(action) ? ["reading"] : []), ...(action.startsWith("audit.") ? ["audit"] : [])];
  return groups.length > 0 ? groups : ["console"];
}
