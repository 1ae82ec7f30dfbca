import { z } from "zod";

/** The built-in roles. */
export const ROLES = ["admin", "auditor", "team_lead"] as const;

/** One of the built-in roles. */
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** What people call each role. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  admin: "Security admin",
  auditor: "Auditor",
  team_lead: "Team lead",
};

/** What people call a built-in role; its name for any other. */
export function titleOfBuiltIn(role: string): string {
  const builtIn = Role.safeParse(role);
  return builtIn.success ? ROLE_WORDS[builtIn.data] : role;
}

/**
 * For every action, why the asking person may not do it, in words; null when they may, at least on things of their own
 * team. It only says what screens disable: each verb asks again.
 */
export const Permissions = z.record(z.string(), z.string().nullable());
export type Permissions = z.infer<typeof Permissions>;

/** One thing that is asked about; without it, things of the person's own team. */
export const PermissionsInput = z
  .object({
    id: z.string(),
    teamId: z.string().nullable(),
    ownerId: z.string().optional(),
    kind: z.string().optional(),
  })
  .optional();
export type PermissionsInput = z.infer<typeof PermissionsInput>;

/** The name of a role, as policies call it: `Role::"training-operator"`. */
export const RoleName = z
  .string()
  .min(2, "at least 2 characters")
  .max(60, "at most 60 characters")
  .regex(/^[a-z][a-z0-9_-]*$/, "lower-case letters, digits and hyphens, for example training-operator");

const Names = z
  .array(z.string().trim().min(1).max(120))
  .min(1, "name at least one")
  .max(50, "at most 50")
  .transform((names) => [...new Set(names)]);

/** How sensitive data is. */
export const SENSITIVITIES = ["public", "internal", "confidential", "restricted"] as const;
/** What a workload is. */
export const WORKLOAD_KINDS = ["training", "inference", "fine-tuning", "batch", "notebook"] as const;

/**
 * What narrows a permission besides the scope of a grant. A thing that does not say of itself what is asked for is out of
 * reach: unknown means no.
 */
export const Condition = z.discriminatedUnion("on", [
  /** The thing is of the holder's own team, or of one above it. */
  z.object({ on: z.literal("own_team") }),
  /** The thing is of one of these teams, or of one within them. */
  z.object({ on: z.literal("team"), any: Names }),
  /** It is in one of these pools. */
  z.object({ on: z.literal("pool"), any: Names }),
  z.object({ on: z.literal("region"), any: Names }),
  /** The data, or the workload that asks, is that sensitive. */
  z.object({ on: z.literal("sensitivity"), any: z.array(z.enum(SENSITIVITIES)).min(1, "name at least one") }),
  z.object({ on: z.literal("workload_kind"), any: z.array(z.enum(WORKLOAD_KINDS)).min(1, "name at least one") }),
  /** The role that is to be given is one of these. */
  z.object({ on: z.literal("role"), any: z.array(RoleName).min(1, "name at least one").max(50, "at most 50") }),
]);
export type Condition = z.infer<typeof Condition>;

/** What a role lets somebody do: every action on every resource type that takes it, where all conditions hold. */
export const Permission = z.object({
  /** Actions of the schema in force, or groups of them. */
  actions: z.array(z.string().min(1).max(100)).min(1, "choose at least one action").max(100, "at most 100 actions"),
  /** Empty for all that the actions are asked on. */
  resourceTypes: z.array(z.string().min(1).max(100)).max(50, "at most 50 types").default([]),
  conditions: z.array(Condition).max(7, "at most 7 conditions").default([]),
});
export type Permission = z.infer<typeof Permission>;

/** What a role is. */
export const RoleDefinition = z.object({
  /** What people call it. */
  title: z.string().trim().min(2, "give it a name that people understand").max(80, "at most 80 characters"),
  description: z.string().trim().max(500, "at most 500 characters").default(""),
  /** Roles whose permissions it has besides its own. */
  inherits: z.array(RoleName).max(20, "at most 20 roles").default([]),
  permissions: z.array(Permission).max(40, "at most 40 permissions").default([]),
});
export type RoleDefinition = z.infer<typeof RoleDefinition>;

const Note = z.string().trim().min(1, "say why").max(300, "at most 300 characters");

export const RoleInput = z.object({ name: RoleName });
export type RoleInput = z.infer<typeof RoleInput>;
/** Words that stand where the name of a role does in the addresses of the console. */
const PLACES = ["new", "separations", "assign", "grants"];
export const CreateRoleInput = RoleDefinition.extend({
  name: RoleName.regex(/^[^_]*$/, "hyphens, no underscores").refine(
    (name) => !PLACES.includes(name),
    "the console has a page of that name; choose another",
  ),
  note: Note,
});
export type CreateRoleInput = z.infer<typeof CreateRoleInput>;
/** All that it is from now on; `base` is the version that was looked at. */
export const UpdateRoleInput = RoleDefinition.extend({ name: RoleName, base: z.int().min(1), note: Note });
export type UpdateRoleInput = z.infer<typeof UpdateRoleInput>;
export const RetireRoleInput = z.object({ name: RoleName, reason: Note });
export type RetireRoleInput = z.infer<typeof RetireRoleInput>;
/** A role as it would be. `name` may be new. */
export const PreviewRoleInput = RoleDefinition.extend({ name: RoleName });
export type PreviewRoleInput = z.infer<typeof PreviewRoleInput>;

/** An action that a role can permit, with the groups that it is in and the types that it is asked by and on. */
export const KnownAction = z.object({
  name: z.string(),
  groups: z.array(z.string()).readonly(),
  resourceTypes: z.array(z.string()).readonly(),
  principalTypes: z.array(z.string()).readonly(),
});
export type KnownAction = z.infer<typeof KnownAction>;

const NamedPolicy = z.object({ name: z.string(), text: z.string() });

/** One permission of a role taken apart: an action on a type, by which policy, from which role. */
const Cell = z.object({
  action: z.string(),
  resourceType: z.string(),
  /** The role that it comes from: this one, or one that it inherits. */
  from: z.string(),
  conditions: z.array(Condition).readonly(),
});
export type Cell = z.infer<typeof Cell>;

/** What a role would be in Cedar, what it would permit, and what is wrong with it. */
export const RolePreview = z.object({
  policies: z.array(NamedPolicy),
  /** What it would permit, inherited included. */
  cells: z.array(Cell),
  /** In words; empty when it can be saved. */
  problems: z.array(z.string()),
});
export type RolePreview = z.infer<typeof RolePreview>;

const Holders = z.object({
  people: z.int(),
  services: z.int(),
  nodes: z.int(),
  teams: z.int(),
});

export const RoleSummary = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  origin: z.enum(["built-in", "written"]),
  /** Of a built-in one that of the program's policies, in words. */
  version: z.string(),
  inherits: z.array(z.string()),
  /** Actions that it permits by itself, groups taken apart. */
  actions: z.int(),
  /** Of those, that nobody used by this role in 90 days; null for built-in roles, of which it is not counted. */
  unused: z.int().nullable(),
  /** Grants that have not ended, by what holds them. */
  holders: Holders,
  changedAt: z.date().nullable(),
  retiredAt: z.date().nullable(),
});
export type RoleSummary = z.infer<typeof RoleSummary>;

export const RoleList = z.object({ roles: z.array(RoleSummary) });
export type RoleList = z.infer<typeof RoleList>;

export const RoleDetail = RoleSummary.extend({
  /** Null for built-in roles, whose policies are written by hand. */
  definition: RoleDefinition.nullable(),
  number: z.int().nullable(),
  /** What it permits, inherited included. Empty for built-in roles. */
  cells: z.array(Cell),
  /** Roles that inherit it, directly. */
  inheritedBy: z.array(z.string()),
  policies: z.array(NamedPolicy),
  /** When what it permits was last used by it. */
  uses: z.array(z.object({ action: z.string(), decisions: z.int(), lastAt: z.date().nullable() })),
  /** The newest first; empty for built-in roles. */
  history: z.array(
    RoleDefinition.extend({
      number: z.int(),
      note: z.string(),
      at: z.date(),
      by: z.object({ id: z.string(), name: z.string() }),
    }),
  ),
});
export type RoleDetail = z.infer<typeof RoleDetail>;

/** Roles of which nobody has `limit` or more (INCITS 359, 6.3 and 6.4). */
export const PutSeparationInput = z
  .object({
    name: z.string().trim().min(2, "give it a name").max(80, "at most 80 characters"),
    kind: z.enum(["static", "dynamic"]),
    roles: z.array(RoleName).min(2, "at least two roles").max(20, "at most 20 roles"),
    limit: z.int().min(2, "at least 2").default(2),
    reason: Note,
  })
  .refine(({ roles, limit }) => limit <= new Set(roles).size, "the limit is at most the number of roles");
export type PutSeparationInput = z.infer<typeof PutSeparationInput>;
export const SeparationInput = z.object({ name: z.string().trim().min(1).max(80) });
export type SeparationInput = z.infer<typeof SeparationInput>;

/** Somebody who has what should be separated. */
export const Conflict = z.object({
  separation: z.string(),
  holder: z.object({ kind: z.enum(["user", "service", "node"]), id: z.string(), name: z.string() }),
  roles: z.array(z.string()),
});
export type Conflict = z.infer<typeof Conflict>;
export const Separation = z.object({
  name: z.string(),
  kind: z.enum(["static", "dynamic"]),
  roles: z.array(z.string()),
  limit: z.int(),
  reason: z.string(),
  updatedAt: z.date(),
  updatedBy: z.string(),
});
export type Separation = z.infer<typeof Separation>;
export const SeparationList = z.object({ separations: z.array(Separation), conflicts: z.array(Conflict) });
export type SeparationList = z.infer<typeof SeparationList>;
