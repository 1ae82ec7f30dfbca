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
