import { z } from "zod";
import { EntityRef, TraceLine, TryResult } from "./test-contract";

const Text = z.string().trim().min(1).max(200);

/** Which decisions are asked for. What is left out does not matter; all that is there must hold. */
export const DecisionFilter = z.object({
  /** Name of whom it was about, and its type. */
  subject: Text.optional(),
  subjectType: Text.optional(),
  /** Name or id of who asked. */
  asker: Text.optional(),
  action: Text.optional(),
  resource: Text.optional(),
  resourceType: Text.optional(),
  workloadKind: Text.optional(),
  decision: z.enum(["allow", "deny"]).optional(),
  /** Name of a policy that decided. */
  policy: Text.optional(),
  /** The policies that were in force. */
  epoch: z.coerce.number().int().min(0).optional(),
  from: z.coerce.date().optional(),
  until: z.coerce.date().optional(),
});
export type DecisionFilter = z.infer<typeof DecisionFilter>;

/** A page, newest first. `before` goes on to older ones; `after` asks for those that came since. */
export const ListDecisionsInput = DecisionFilter.extend({
  before: z.int().positive().optional(),
  after: z.int().min(0).optional(),
  limit: z.int().min(1).max(200).default(100),
});
export type ListDecisionsInput = z.infer<typeof ListDecisionsInput>;

/** A decision as lists show it. */
export const DecisionRow = z.object({
  /** Its number in the log. */
  seq: z.int(),
  at: z.date(),
  requestId: z.string(),
  asker: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  subject: EntityRef,
  action: z.string(),
  resource: EntityRef,
  workloadKind: z.string().nullable(),
  decision: z.enum(["allow", "deny"]),
  /** Names of the policies that decided. */
  policies: z.array(z.string()),
  /** Why no policy was asked; null where policies were. */
  reason: z.string().nullable(),
  epoch: z.int(),
  latencyMicros: z.int(),
});
export type DecisionRow = z.infer<typeof DecisionRow>;

export const DecisionPage = z.object({
  rows: z.array(DecisionRow),
  /** What to pass as `before` for what is older; null at the end. A page may be short, or empty, and yet not the last. */
  next: z.int().nullable(),
  /** What to pass as `after` for what will have come since. */
  newest: z.int(),
});
export type DecisionPage = z.infer<typeof DecisionPage>;

/** A page, and where machines ask. */
export const ListedDecisions = DecisionPage.extend({ askAt: z.url() });
export type ListedDecisions = z.infer<typeof ListedDecisions>;

/** Which decision. */
export const DecisionInput = z.object({ seq: z.int().positive() });
export type DecisionInput = z.infer<typeof DecisionInput>;

/** A decision with all that was known when it was made. */
export const DecisionDetail = DecisionRow.extend({
  /** In Cedar's JSON. */
  context: z.record(z.string(), z.json()),
  facts: TryResult.shape.facts,
});
export type DecisionDetail = z.infer<typeof DecisionDetail>;

/** A decision that is made again by the policies and the facts of its time. */
export const DecisionExplanation = DecisionDetail.extend({
  /** Null where no policy was asked, and where `whyNot` says that it cannot be asked again. */
  again: z
    .object({
      decision: z.enum(["allow", "deny"]),
      policies: z.array(z.string()),
      failed: z.string().nullable(),
      trace: z.array(TraceLine),
      /** Whether it is what is in the log. */
      isSame: z.boolean(),
    })
    .nullable(),
  whyNot: z.string().nullable(),
});
export type DecisionExplanation = z.infer<typeof DecisionExplanation>;

/** How an export is written. */
export const DecisionExportFormat = z.enum(["csv", "ndjson"]);
export type DecisionExportFormat = z.infer<typeof DecisionExportFormat>;
