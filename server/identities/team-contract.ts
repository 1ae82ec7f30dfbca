import { z } from "zod";
import { TeamName } from "./contract";

/** How many identities that are not retired, by kind. */
const TeamMembers = z.object({ people: z.int(), services: z.int(), nodes: z.int() });

export const Team = z.object({
  id: z.string(),
  name: z.string(),
  /** The team right above it; null at the top. */
  parentId: z.string().nullable(),
  createdAt: z.date(),
  /** In this team itself. */
  own: TeamMembers,
  /** In this team and in all within it. */
  all: TeamMembers,
  /** People who are a team lead within it now, by name. `teamId` is the team that they were given; null is everywhere. */
  leads: z.array(z.object({ id: z.string(), displayName: z.string(), teamId: z.string().nullable() })),
  /** How many grants the team itself holds. */
  grants: z.int(),
});
/** Without `parentId` it is at the top. */
export const CreateTeamInput = z.object({ name: TeamName, parentId: z.string().nullable().optional() });
/** A `parentId` of null is the top. */
export const MoveTeamInput = z.object({ id: z.string(), parentId: z.string().nullable() });

/** A role that reaches further, or less far, when a team moves. */
const MovedGrant = z.object({
  role: z.string(),
  /** Who holds it: a person, a machine or a team. */
  holder: z.string(),
  /** Within what: `everything`, `Team::vision`. */
  scope: z.string(),
});
const MovedGrants = z.object({
  /** Held by teams above, and with them by everybody in the team that moves. */
  held: z.array(MovedGrant),
  /** Held within teams above, and therefore within the team that moves. */
  reaching: z.array(MovedGrant),
});

/** What moving a team would change. */
export const TeamMove = z.object({
  /** Names from the top down to the team, as they would be. */
  line: z.array(z.string()),
  /** Who moves: in the team and in all within it. */
  members: TeamMembers,
  gained: MovedGrants,
  lost: MovedGrants,
});

export type Team = z.infer<typeof Team>;
export type TeamMembers = z.infer<typeof TeamMembers>;
export type TeamMove = z.infer<typeof TeamMove>;
