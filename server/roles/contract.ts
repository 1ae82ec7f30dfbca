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
