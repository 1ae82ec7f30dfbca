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

/**
 * The schema of the console's own objects, https://docs.cedarpolicy.com/schema/human-readable-schema.html. Its actions are
 * those of the kernel, so that an action without a place in it cannot be asked for.
 */
export function consoleSchema(): string {
  const resources = [...new Set(Object.values(ACTIONS))];
  const principals = Object.values(PRINCIPALS).join(", ");
  const actions = Object.entries(ACTIONS).map(([action, resource]) => {
    const groups = groupsOf(action as Action).map((group) => `"${group}"`);
    const within = groups.length > 0 ? ` in [${groups.join(", ")}]` : "";
    return `action "${action}"${within} appliesTo { principal: [${principals}], resource: ${resource}, context: Asking };`;
  });
  return `// How the caller proved who it is: "password", "totp", "recovery_code", "certificate", "join_token", "terminal", "process".
type Asking = { provedBy: Set<String> };

entity Role;
entity ${principals} in [Role, Team] = { id: String };

// What every object says of itself: the identities that it belongs to, its team, and its kind.
entity ${resources.join(", ")} = {
  owners: Set<String>,
  team?: Team,
  kind?: String
};

// What changes nothing.
action "reading";
// What is asked of the audit log.
action "audit";
${actions.join("\n")}
`;
}

function groupsOf(action: Action): string[] {
  return [...(isReading(action) ? ["reading"] : []), ...(action.startsWith("audit.") ? ["audit"] : [])];
}
