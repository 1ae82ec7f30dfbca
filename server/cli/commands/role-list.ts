import { type Condition, type RoleDetail, RoleInput, type RoleSummary } from "@/server/roles/contract";
import { getRoleDetail, listRoles } from "@/server/roles/list-roles";
import type { Handler } from "../terminal";
import { fields, table, utc } from "../text";
import { argument, check } from "../words";

/** `swarm role list` */
export const showRoles: Handler = async (terminal) => {
  const { roles } = await terminal.withContext((ctx) => listRoles(ctx));
  terminal.say(
    { roles },
    table(
      roles,
      [
        { title: "ROLE", of: ({ name }) => name },
        { title: "CALLED", of: ({ title }) => title },
        { title: "VERSION", of: versionOf },
        { title: "ACTIONS", of: ({ origin, actions }) => (origin === "built-in" ? "" : actions) },
        { title: "UNUSED", of: ({ unused }) => unused },
        { title: "INHERITS", of: ({ inherits }) => inherits.join(", ") },
        { title: "HELD BY", of: ({ holders }) => holdersOf(holders) },
      ],
      "there are no roles",
    ),
  );
};

/** `swarm role show ROLE [--cedar]` */
export const showRole: Handler = async (terminal, given) => {
  const input = check(RoleInput, { name: argument(given, 0) }, { name: "<role>" });
  const role = await terminal.withContext((ctx) => getRoleDetail(ctx, input));
  terminal.say(role, given.options.cedar === true ? cedarOf(role) : `${factsOf(role)}\n\n${permissionsOf(role)}`);
};

/** What there is to say of a role in a few lines. */
export function factsOf(role: RoleSummary): string {
  return fields([
    ["Role", role.name],
    ["Called", role.title],
    ["About", role.description],
    ["Version", versionOf(role)],
    ["Inherits", role.inherits.join(", ")],
    ["Held by", holdersOf(role.holders)],
    ["Changed", utc(role.changedAt)],
    ["Retired", utc(role.retiredAt)],
  ]);
}

function permissionsOf({ name, origin, cells, uses }: RoleDetail): string {
  if (origin === "built-in") return "Its policies are written by hand: --cedar shows them.";
  const lastAt = new Map(uses.map((use) => [use.action, use.lastAt]));
  return table(
    cells,
    [
      { title: "ACTION", of: ({ action }) => action },
      { title: "ON", of: ({ resourceType }) => resourceType },
      { title: "WHERE", of: ({ conditions }) => conditions.map(conditionInWords).join(", ") },
      { title: "FROM", of: ({ from }) => (from === name ? "" : from) },
      { title: "LAST USED", of: ({ action, from }) => (from === name ? utc(lastAt.get(action)) || "never" : "") },
    ],
    "It permits nothing.",
  );
}

function cedarOf({ policies }: RoleDetail): string {
  if (policies.length === 0) return "// It permits nothing.";
  return policies.map(({ text }) => text.trimEnd()).join("\n\n");
}

function versionOf({ origin, version, retiredAt }: RoleSummary): string {
  if (retiredAt !== null) return "retired";
  return origin === "built-in" ? origin : version.replace(/^version /, "");
}

function holdersOf({ people, services, nodes, teams }: RoleSummary["holders"]): string {
  const counts = [
    [people, "person", "people"],
    [services, "service", "services"],
    [nodes, "node", "nodes"],
    [teams, "team", "teams"],
  ] as const;
  const words = counts.flatMap(([count, one, many]) => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]));
  return words.join(", ") || "nobody";
}

function conditionInWords(condition: Condition): string {
  switch (condition.on) {
    case "own_team":
      return "of the holder's team";
    case "team":
    case "pool":
    case "region":
    case "sensitivity":
    case "role":
      return `${condition.on} ${condition.any.join(" or ")}`;
    case "workload_kind":
      return `workload ${condition.any.join(" or ")}`;
  }
}
