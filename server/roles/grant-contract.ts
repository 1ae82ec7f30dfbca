import { z } from "zod";
import { RoleName } from "./contract";
import { readScope } from "./model";

/** `everything`, `Team::vision`, `Pool::eu-a100`, `label:env=prod`, `Compute::gpu-7` */
export const ScopeText = z
  .string()
  .max(300, "at most 300 characters")
  .refine((text) => readScope(text) !== null, {
    message: "everything, Team::name, Pool::name, label:key=value, or an object as Type::name",
  });

/** Who holds a grant: an identity, or everybody in a team. */
export const HolderInput = z.object({ kind: z.enum(["identity", "team"]), id: z.string().min(1).max(60) });
export type HolderInput = z.infer<typeof HolderInput>;

const Reason = z.string().trim().min(1, "say what it is for").max(300, "at most 300 characters");

/** A grant that is to be: the same for each holder. */
export const NewGrant = z.object({
  role: RoleName,
  scope: ScopeText,
  /** Left out: from now on. */
  startsAt: z.date().optional(),
  /** The first moment at which it is not held any more; null for never. */
  endsAt: z.date().nullable(),
  mode: z.enum(["active", "eligible"]).default("active"),
  /** For how long at most an eligible one is activated at a time. */
  activationHours: z.int().min(1, "at least 1 hour").max(72, "at most 72 hours").optional(),
  reason: Reason,
  ticket: z.string().trim().max(80, "at most 80 characters").optional(),
});
export type NewGrant = z.infer<typeof NewGrant>;

export const AddGrantsInput = NewGrant.extend({
  holders: z.array(HolderInput).min(1, "choose who gets it").max(500, "at most 500 at a time"),
});
export type AddGrantsInput = z.infer<typeof AddGrantsInput>;

/** How a grant stands now. `waiting` has not begun; `eligible` may be activated, `activated` is. */
export const GrantState = z.enum(["waiting", "active", "eligible", "activated", "ended"]);
export type GrantState = z.infer<typeof GrantState>;

export const GrantSummary = z.object({
  id: z.string(),
  role: z.object({ name: z.string(), title: z.string() }),
  holder: z.object({
    kind: z.enum(["user", "service", "node", "team"]),
    id: z.string(),
    name: z.string(),
    /** Of an identity. */
    team: z.object({ id: z.string(), name: z.string() }).nullable(),
  }),
  scope: z.string(),
  mode: z.enum(["active", "eligible"]),
  activationHours: z.int().nullable(),
  /** Until when it is activated, where it is. */
  activatedUntil: z.date().nullable(),
  state: GrantState,
  startsAt: z.date(),
  endsAt: z.date().nullable(),
  reason: z.string(),
  ticket: z.string().nullable(),
  createdAt: z.date(),
  createdBy: z.object({ id: z.string(), name: z.string() }),
  ended: z.object({ at: z.date(), by: z.string(), reason: z.string() }).nullable(),
  decisions: z.int(),
  lastUsedAt: z.date().nullable(),
});
export type GrantSummary = z.infer<typeof GrantSummary>;

export const ListGrantsInput = z.object({
  role: RoleName.optional(),
  /** One identity, with what it holds by its teams, or one team by itself. */
  holder: HolderInput.optional(),
  /** Holders in this team and all within it, and those teams. */
  teamId: z.string().max(60).optional(),
  state: z.enum(["current", "ended"]).default("current"),
  /** Those that end within so many hours. */
  endsWithinHours: z.int().min(1).max(10_000).optional(),
  /** Those that were not used for so many days, and are at least as old. */
  unusedDays: z.int().min(1).max(3_650).optional(),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(60).optional(),
  limit: z.int().min(1).max(500).default(100),
});
export type ListGrantsInput = z.infer<typeof ListGrantsInput>;

export const GrantPage = z.object({
  items: z.array(GrantSummary),
  nextCursor: z.string().nullable(),
  total: z.int(),
});
export type GrantPage = z.infer<typeof GrantPage>;

/** What became of one holder of many. */
export const GrantResult = z.object({
  holder: HolderInput.extend({ name: z.string() }),
  grantId: z.string().nullable(),
  /** Why not, in words, and by a stable code. */
  refused: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type GrantResult = z.infer<typeof GrantResult>;
export const GrantResults = z.object({ results: z.array(GrantResult) });
export type GrantResults = z.infer<typeof GrantResults>;

/** What somebody can do after a change that they could not do before. */
export const Gain = z.object({
  action: z.string(),
  /** The kind of workload, where the action takes one. */
  workload: z.string().nullable(),
  resourceType: z.string(),
  /** How many resources of that type, and the first of them; `*` stands for all that the console has. */
  count: z.int(),
  resources: z.array(z.string()),
});
export type Gain = z.infer<typeof Gain>;

/** What a grant would newly allow, and why it could not be given. */
export const GrantPreview = z.object({
  /** By holder; of a team those of its members who gain most. */
  holders: z.array(GrantResult.pick({ holder: true, refused: true }).extend({ gains: z.array(Gain) })),
  /** Types of which not every resource was asked about. */
  limits: z.array(z.string()),
});
export type GrantPreview = z.infer<typeof GrantPreview>;

export const ChangeGrantInput = z.object({ id: z.string(), endsAt: z.date().nullable(), reason: Reason });
export type ChangeGrantInput = z.infer<typeof ChangeGrantInput>;
export const EndGrantsInput = z.object({
  ids: z.array(z.string()).min(1, "choose what ends").max(500, "at most 500 at a time"),
  reason: Reason,
});
export type EndGrantsInput = z.infer<typeof EndGrantsInput>;
export const ActivateGrantInput = z.object({
  id: z.string(),
  hours: z.int().min(1, "at least 1 hour").max(72, "at most 72 hours"),
  reason: Reason,
  password: z.string().min(1, "give your password").max(1_000),
  code: z.string().max(40).optional(),
});
export type ActivateGrantInput = z.infer<typeof ActivateGrantInput>;
export const GrantInput = z.object({ id: z.string() });
export type GrantInput = z.infer<typeof GrantInput>;

/** Whose access is looked at: a team with all within it; left out, the one that the asking person leads or is in. */
export const AssignInput = z.object({ teamId: z.string().max(60).optional() });
export type AssignInput = z.infer<typeof AssignInput>;

const Assignee = z.object({
  kind: z.enum(["user", "service", "node", "team"]),
  id: z.string(),
  name: z.string(),
  /** What stands below the name: an e-mail address, a team. */
  detail: z.string(),
});

/** Who is in a team, what each holds by a role, and until when. */
export const AssignPage = z.object({
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Teams that can be looked at, by name; those first in which the asking person may give access. */
  teams: z.array(z.object({ id: z.string(), name: z.string(), mayGive: z.boolean() })),
  rows: z.array(z.object({ holder: Assignee, grants: z.array(GrantSummary) })),
  /** What everybody of the team holds by a team above it. */
  fromAbove: z.array(GrantSummary),
  /** How many there are; more than the rows for a very large team. */
  members: z.int(),
  /** Why the asking person gives nothing here, in words; null when they may. */
  refused: z.string().nullable(),
});
export type AssignPage = z.infer<typeof AssignPage>;

export const OffersInput = z.object({ holder: HolderInput });
export type OffersInput = z.infer<typeof OffersInput>;

/** A role as the asking person could give it to somebody. */
export const Offer = z.object({
  role: z.string(),
  title: z.string(),
  description: z.string(),
  mode: z.enum(["anywhere", "within", "no"]),
  /** Scopes within which it could be given, where it could not anywhere. */
  scopes: z.array(z.string()),
  /** Until when at most; null for ever. */
  until: z.date().nullable(),
  /** Why not, in words, and whom to ask. */
  refused: z.string().nullable(),
  /** What the holder has of it already: until when, or null for none. */
  held: z.object({ until: z.date().nullable() }).nullable(),
});
export type Offer = z.infer<typeof Offer>;
export const Offers = z.object({
  offers: z.array(Offer),
  /** Places to choose from: teams and pools by name. */
  teams: z.array(z.string()),
  pools: z.array(z.string()),
});
export type Offers = z.infer<typeof Offers>;

export { EVERYTHING, readScope, scopeInWords } from "./model";
