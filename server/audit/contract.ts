import { z } from "zod";

/** How many entries a page holds at the most. */
export const AUDIT_PAGE = 100;

const Text = z.string().trim().max(200);

/** Which entries are asked for. Everything absent means no limit; all that is present must hold. */
export const AuditFilter = z.object({
  /** Any part of who, what or on what. */
  text: Text.optional(),
  outcome: z.enum(["done", "refused"]).optional(),
  kind: Text.optional(),
  actorId: Text.optional(),
  objectId: Text.optional(),
  from: z.coerce.date().optional(),
  until: z.coerce.date().optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

/** One page, newest first. `before` is the `seq` of the last entry of the page before. */
export const ListAuditInput = AuditFilter.extend({
  before: z.int().positive().optional(),
  limit: z.int().min(1).max(AUDIT_PAGE).default(AUDIT_PAGE),
});
export type ListAuditInput = z.input<typeof ListAuditInput>;

const Named = z.object({ type: z.string(), id: z.string(), name: z.string().optional() });

/** An entry as lists show it. */
export const AuditRow = z.object({
  seq: z.int(),
  id: z.string(),
  at: z.date(),
  kind: z.string(),
  action: z.string(),
  outcome: z.enum(["done", "refused"]),
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  address: z.string().nullable(),
  object: Named,
});
export type AuditRow = z.infer<typeof AuditRow>;

export const AuditPage = z.object({
  rows: z.array(AuditRow),
  /** What to pass as `before` for the next page; null at the end. */
  next: z.int().nullable(),
  /** Of the whole result, counted up to 10,000. */
  total: z.object({ count: z.int(), isExact: z.boolean() }),
});
export type AuditPage = z.infer<typeof AuditPage>;

const Fields = z.record(z.string(), z.unknown());

/** The whole of one entry, with the bytes under its leaf hash. */
export const AuditDetail = AuditRow.extend({
  requestId: z.string(),
  userAgent: z.string().nullable(),
  provedBy: z.array(z.string()),
  roles: z.array(z.string()),
  policyVersion: z.string(),
  detail: Fields.nullable(),
  before: Fields.nullable(),
  after: Fields.nullable(),
  /** RFC 8785 canonical JSON. */
  canonical: z.string(),
  /** SHA-256 of `canonical`, lower-case hexadecimal. */
  leafHash: z.string(),
});
export type AuditDetail = z.infer<typeof AuditDetail>;

export const GetAuditInput = z.object({ seq: z.int().positive() });
export type GetAuditInput = z.infer<typeof GetAuditInput>;

/** Entries by hour, oldest first, for the bars above the list. Every hour of the span is there. */
export const AuditHistogram = z.object({
  hours: z.array(z.object({ at: z.date(), done: z.int(), refused: z.int() })),
});
export type AuditHistogram = z.infer<typeof AuditHistogram>;

export const AuditHistogramInput = AuditFilter.extend({
  lastHours: z
    .int()
    .min(1)
    .max(24 * 31)
    .default(72),
});
export type AuditHistogramInput = z.input<typeof AuditHistogramInput>;

/** The kinds of events in the log and how often each came, for the facets. */
export const AuditFacets = z.object({
  kinds: z.array(z.object({ kind: z.string(), count: z.int() })),
  outcomes: z.object({ done: z.int(), refused: z.int() }),
});
export type AuditFacets = z.infer<typeof AuditFacets>;

/** How an export is written. */
export const AuditExportFormat = z.enum(["csv", "ndjson"]);
export type AuditExportFormat = z.infer<typeof AuditExportFormat>;
