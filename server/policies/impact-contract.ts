import { z } from "zod";
import { PolicyChange } from "./contract";
import { EntityRef } from "./test-contract";

const Changes = z.array(PolicyChange).min(1).max(1_000);

/** So many logged decisions are decided again in one call. */
export const REPLAYED_AT_ONCE = 10_000;

/** Decides logged decisions again, a page at a time, with some changes to the policies in force. */
export const ReplayInput = z.object({
  changes: Changes,
  /**
   * `newest`: the newest first, compared with what the policies in force say of them now. `since`: those after a place in
   * the log, compared with what was answered: a draft that runs as a shadow.
   */
  which: z.discriminatedUnion("order", [
    z.object({ order: z.literal("newest"), before: z.int().nullable() }),
    z.object({ order: z.literal("since"), after: z.int().nullable(), from: z.date() }),
  ]),
  limit: z.int().min(1).max(REPLAYED_AT_ONCE).default(REPLAYED_AT_ONCE),
});
export type ReplayInput = z.infer<typeof ReplayInput>;

/** Decisions that would be other, of one subject, action and type of resource. */
export const ReplayGroup = z.object({
  change: z.enum(["newly allowed", "newly denied"]),
  subject: EntityRef,
  /** The name of the subject's team, as it was. */
  team: z.string().nullable(),
  action: z.string(),
  resourceType: z.string(),
  count: z.int(),
  /** The policies that decide with the changes; none when nothing permits it any more. */
  policies: z.array(z.string()),
  /** Some of the decisions, the newest first. */
  decisions: z.array(z.object({ seq: z.int(), at: z.date(), resource: z.string() })),
});
export type ReplayGroup = z.infer<typeof ReplayGroup>;

/** One page of it. */
export const ReplayPage = z.object({
  replayed: z.int(),
  /** Of the decisions of this page. */
  oldest: z.date().nullable(),
  newest: z.date().nullable(),
  groups: z.array(ReplayGroup),
  /** Decisions that could not be decided again, for the schema has changed since. */
  unreadable: z.int(),
  /** Where the next page begins; null when there is none for now. */
  next: z.int().nullable(),
  /** How many decisions the log holds. */
  total: z.int(),
});
export type ReplayPage = z.infer<typeof ReplayPage>;

/** What active identities would gain and lose, some of them at a time. */
export const GainsInput = z.object({ changes: Changes, after: z.int().min(0).default(0) });
export type GainsInput = z.infer<typeof GainsInput>;

/** What somebody gains or loses. */
const Difference = z.object({
  change: z.enum(["gains", "loses"]),
  action: z.string(),
  /** The kind of workload, where the action takes one. */
  workload: z.string().nullable(),
  resourceType: z.string(),
  /** How many resources of that type, and the first of them; `*` stands for all that the console has. */
  count: z.int(),
  resources: z.array(z.string()),
  policies: z.array(z.string()),
});

/** Some of the active identities. */
export const GainsPage = z.object({
  identities: z.array(EntityRef.extend({ differences: z.array(Difference) })),
  /** How many were asked about so far, and of how many. */
  asked: z.int(),
  of: z.int(),
  next: z.int().nullable(),
  /** Types of which not every resource was asked about: `Compute: the first 200 of 1,340`. */
  limits: z.array(z.string()),
});
export type GainsPage = z.infer<typeof GainsPage>;
