import { formatPolicies } from "@/server/engines/cedar/syntax/editing/format";
import { writeString as quote } from "@/server/engines/cedar/values/uid";
import type { Condition, Permission, RoleDefinition } from "./contract";

/** One policy of a role, by the name that it gives itself. */
export interface RolePolicy {
  readonly name: string;
  /** In Cedar. */
  readonly text: string;
}

/**
 * A role in Cedar: one policy for each of its own permissions, `role:<name>:<number from 1>`. What it inherits is held
 * besides it, and permitted by the policies of the roles that it is inherited from.
 */
export function policiesOf(name: string, { title, permissions }: Pick<RoleDefinition, "title" | "permissions">) {
  return permissions.map((permission, at): RolePolicy => {
    const policy = `role:${name}:${at + 1}`;
    return { name: policy, text: writePolicy({ policy, role: name, title, permission }) };
  });
}

function writePolicy(parts: {
  readonly policy: string;
  readonly role: string;
  readonly title: string;
  readonly permission: Permission;
}): string {
  const { policy, role, title, permission } = parts;
  const { actions, resourceTypes, conditions } = permission;
  const [only] = resourceTypes;
  const [name, resource] = [quote(role), only !== undefined && resourceTypes.length === 1 ? ` is ${only}` : ""];
  const conjuncts = [...typesOf(resourceTypes), ...conditions.map(conditionOf)];
  return formatPolicies(`// ${title.replace(/\s+/g, " ")}, within the scopes of its grants.
@id(${quote(policy)})
permit (
  principal in Role::${name},
  action in [${[...new Set(actions)].map((action) => `Action::${quote(action)}`).join(", ")}],
  resource${resource}
)
when {
  principal has granted &&
  principal.granted.hasTag(${name}) &&
  resource in principal.granted.getTag(${name})
}
${conjuncts.map((conjunct) => `when { ${conjunct} }`).join("\n")};
`);
}

function typesOf(types: readonly string[]): string[] {
  return types.length < 2 ? [] : [types.map((type) => `resource is ${type}`).join(" || ")];
}

function conditionOf(condition: Condition): string {
  switch (condition.on) {
    case "own_team":
      return "resource has team && principal in resource.team";
    case "team":
      return `resource has team && resource.team in [${entities("Team", condition.any)}]`;
    case "pool":
      return `resource in [${entities("Pool", condition.any)}]`;
    case "region":
      return `resource has region && [${texts(condition.any)}].contains(resource.region)`;
    case "sensitivity": {
      const set = `[${texts(condition.any)}]`;
      return `(resource has sensitivity && ${set}.contains(resource.sensitivity)) || (context has workload && ${set}.contains(context.workload.sensitivity))`;
    }
    case "workload_kind":
      return `context has workload && [${texts(condition.any)}].contains(context.workload.kind)`;
    case "role":
      return `[${entities("Role", condition.any)}].contains(resource)`;
  }
}

function entities(type: string, ids: readonly string[]): string {
  return ids.map((id) => `${type}::${quote(id)}`).join(", ");
}

function texts(values: readonly string[]): string {
  return values.map(quote).join(", ");
}
