import { z } from "zod";

/** So long a text of one policy may be, in characters. */
export const LONGEST_POLICY = 20_000;

/** Pages beside those of policies, so that each policy has an address. */
const PLACES = ["new", "history", "schema", "decisions"];

/** The name that a policy gives itself with `@id("…")`. */
export const PolicyName = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[a-z0-9][a-z0-9-]*$/, "a name is lower-case letters, digits and hyphens, for example no-training-at-night")
  .refine((name) => !PLACES.includes(name), "a page of the console has this name; choose another");
const PolicyText = z.string().max(LONGEST_POLICY);
const Note = z.string().trim().min(3, "say why in a few words, for those who read the history").max(500);

/** Somebody who did something, as the log names them. */
const Doer = z.object({ id: z.string(), name: z.string() });

/** Which policy. */
export const PolicyInput = z.object({ policy: z.string().min(1).max(200) });
export type PolicyInput = z.infer<typeof PolicyInput>;

/** A policy as it stands in the list. */
export const PolicySummary = z.object({
  /** The name that it gives itself. */
  id: z.string(),
  effect: z.enum(["permit", "forbid"]),
  /** The comment before it. */
  about: z.string(),
  /** In Cedar, without that comment. */
  text: z.string(),
  /** Built-in policies come with the program. */
  origin: z.enum(["built-in", "written", "role"]),
  /** Its own version, from 1; null for a draft of a policy that is not in force. */
  version: z.int().nullable(),
  /** What its scope names; empty where it names nothing, which is everything. */
  touches: z.object({
    principals: z.array(z.string()),
    actions: z.array(z.string()),
    resources: z.array(z.string()),
  }),
  /** Since when its text is in force; null for a built-in one from the start, and for one that is not in force. */
  since: z.date().nullable(),
  draft: z
    .object({
      kind: z.enum(["new", "change", "removal"]),
      updatedAt: z.date(),
      by: Doer,
      isReviewAsked: z.boolean(),
      shadowSince: z.date().nullable(),
    })
    .nullable(),
  /** How many decisions it made, and when the last. */
  decisions: z.int(),
  lastDecidedAt: z.date().nullable(),
});
export type PolicySummary = z.infer<typeof PolicySummary>;

/** A set of policies that is or was in force. */
export const EpochSummary = z.object({
  /** 0 for the built-in policies before anything was published. */
  number: z.int(),
  kind: z.enum(["published", "rolled_back", "upgraded"]),
  restores: z.int().nullable(),
  note: z.string(),
  /** Null for 0. */
  at: z.date().nullable(),
  by: Doer,
  /** Who wrote it, where somebody else published it. */
  proposedBy: Doer.nullable(),
  /** SHA-256 over schema and policies, hexadecimal. */
  digest: z.string(),
  isInForce: z.boolean(),
  /** Names of policies, against the epoch before. */
  added: z.array(z.string()),
  changed: z.array(z.string()),
  removed: z.array(z.string()),
  /** Whether the schema is another than before. */
  isSchemaChanged: z.boolean(),
});
export type EpochSummary = z.infer<typeof EpochSummary>;

/** Every policy in force and every draft. */
export const PolicyList = z.object({
  /** The version that permits and audit entries carry. */
  version: z.string(),
  epoch: z.int(),
  policies: z.array(PolicySummary),
  /** Whether somebody else than the author must publish. */
  needsReview: z.boolean(),
  /** Whether whoever asks may write drafts, and publish. */
  mayDraft: z.boolean(),
  mayPublish: z.boolean(),
});
export type PolicyList = z.infer<typeof PolicyList>;

/** One text that a policy had. */
export const PolicyVersion = z.object({
  version: z.int(),
  text: z.string(),
  at: z.date().nullable(),
  by: Doer,
  /** The epochs that it was in. */
  epochs: z.array(z.int()),
  isInForce: z.boolean(),
});
export type PolicyVersion = z.infer<typeof PolicyVersion>;

/** What somebody is writing. */
export const DraftDetail = z.object({
  id: z.string(),
  policy: z.string(),
  kind: z.enum(["new", "change", "removal"]),
  /** Null when the policy is to be removed. */
  text: z.string().nullable(),
  revision: z.int(),
  updatedAt: z.date(),
  by: Doer,
  /** Whether what it was begun from is still in force. */
  isBaseInForce: z.boolean(),
  review: z.object({ note: z.string(), isCurrent: z.boolean() }).nullable(),
  shadowSince: z.date().nullable(),
});
export type DraftDetail = z.infer<typeof DraftDetail>;

/** A policy with its history. */
export const PolicyDetail = z.object({
  id: z.string(),
  origin: z.enum(["built-in", "written", "role"]),
  /** With the comments before it; null when it is not in force. */
  text: z.string().nullable(),
  /** The newest first. */
  versions: z.array(PolicyVersion),
  draft: DraftDetail.nullable(),
  /** The epoch in force, on which a publishing builds. */
  epoch: z.int(),
  needsReview: z.boolean(),
  mayDraft: z.boolean(),
  mayPublish: z.boolean(),
  /** Whether whoever asks may publish this draft: with two people, not who wrote it. */
  mayPublishDraft: z.boolean(),
  decisions: z.int(),
  lastDecidedAt: z.date().nullable(),
});
export type PolicyDetail = z.infer<typeof PolicyDetail>;

/** Saves a draft: a new one without `draft`, for a policy in force when `policy` names it. */
export const SaveDraftInput = z.object({
  draft: z.string().max(60).nullable(),
  /** The policy in force that it changes; null for a new one. */
  policy: z.string().min(1).max(200).nullable(),
  /** Null removes the policy. A text may still have problems; it names itself with `@id("…")`. */
  text: PolicyText.nullable(),
  /** The revision that was read; another one in the meantime is a conflict. */
  revision: z.int().nullable(),
});
export type SaveDraftInput = z.infer<typeof SaveDraftInput>;

/** Which draft, as it was read. */
export const DraftInput = z.object({ draft: z.string().max(60), revision: z.int() });
export type DraftInput = z.infer<typeof DraftInput>;

/** Asks others to look at a draft. */
export const AskReviewInput = DraftInput.extend({ note: Note });
export type AskReviewInput = z.infer<typeof AskReviewInput>;

/** Runs a draft beside the policies in force, or ends that. */
export const ShadowInput = DraftInput.extend({ runs: z.boolean() });
export type ShadowInput = z.infer<typeof ShadowInput>;

/** Publishes drafts as one epoch. */
export const PublishInput = z.object({
  drafts: z.array(DraftInput).min(1).max(1_000),
  /** The epoch that the publisher looked at. */
  base: z.int(),
  note: Note,
});
export type PublishInput = z.infer<typeof PublishInput>;

/** Puts the policies and the schema of an earlier epoch in force again, as a new epoch. */
export const RollbackInput = z.object({ to: z.int().min(0), base: z.int(), note: Note });
export type RollbackInput = z.infer<typeof RollbackInput>;

/** What a publishing did. */
export const Published = z.object({
  epoch: EpochSummary,
  /** What the publisher should know, in words: that they may not publish any more, for example. */
  notices: z.array(z.string()),
});
export type Published = z.infer<typeof Published>;

/** What is to be other than in force. */
export const PolicyChange = z.object({
  /** The policy in force that is changed or removed; null for a new one. */
  policy: z.string().min(1).max(200).nullable(),
  /** Null removes it. */
  text: PolicyText.nullable(),
});
export type PolicyChange = z.infer<typeof PolicyChange>;

/** Looks at changes without keeping anything. */
export const CheckInput = z.object({ changes: z.array(PolicyChange).max(1_000) });
export type CheckInput = z.infer<typeof CheckInput>;

/** What is wrong with a text, and where. */
export const PolicyProblem = z.object({
  policy: z.string(),
  severity: z.enum(["error", "warning"]),
  message: z.string(),
  /** From 1. */
  line: z.int(),
  column: z.int(),
});
export type PolicyProblem = z.infer<typeof PolicyProblem>;

/** What became of a policy test. */
export const TestResult = z.object({
  name: z.string(),
  passed: z.boolean(),
  expected: z.enum(["allow", "deny"]),
  decided: z.enum(["allow", "deny"]).nullable(),
  /** Names of the policies that decided. */
  policies: z.array(z.string()),
  /** Why it did not pass, in words; null when it did. */
  why: z.string().nullable(),
});
export type TestResult = z.infer<typeof TestResult>;

/** Whether a set could be published. */
export const CheckResult = z.object({
  problems: z.array(PolicyProblem),
  tests: z.array(TestResult),
  /** Who would be locked out, in words; null when nobody is that matters. */
  lockOut: z.string().nullable(),
  notices: z.array(z.string()),
});
export type CheckResult = z.infer<typeof CheckResult>;

/** Looks at a folder without keeping anything. */
export const CheckFolderInput = z.object({
  policies: z.array(PolicyText).max(10_000),
  /** Null for those that are kept. */
  tests: z.array(z.unknown()).max(10_000).nullable(),
});
export type CheckFolderInput = z.infer<typeof CheckFolderInput>;

/** A whole folder of policies and tests, as one epoch. */
export const PublishFolderInput = CheckFolderInput.extend({
  base: z.int().nullable(),
  note: Note,
});
export type PublishFolderInput = z.infer<typeof PublishFolderInput>;

/** Two epochs to compare. */
export const CompareInput = z.object({ from: z.int().min(0), to: z.int().min(0) });
export type CompareInput = z.infer<typeof CompareInput>;

/** How two epochs differ. */
export const EpochComparison = z.object({
  changes: z.array(z.object({ policy: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  schema: z.object({ before: z.string(), after: z.string() }).nullable(),
});
export type EpochComparison = z.infer<typeof EpochComparison>;

/** The schema of the swarm in force. */
export const SchemaDetail = z.object({
  /** The part that an admin may extend. */
  text: z.string(),
  /** With the console's own part: what policies are checked against. */
  whole: z.string(),
  isOwn: z.boolean(),
  epoch: z.int(),
});
export type SchemaDetail = z.infer<typeof SchemaDetail>;

/** Puts another schema in force. */
export const PublishSchemaInput = z.object({ text: z.string().max(200_000), base: z.int(), note: Note });
export type PublishSchemaInput = z.infer<typeof PublishSchemaInput>;

/** So many entities are offered to choose from. */
export const MOST_KNOWN = 2_000;

/** What there is to name in a policy. */
export const KnownEntities = z.object({
  entities: z.array(z.object({ type: z.string(), id: z.string(), label: z.string().optional() })),
  /** More than are listed, where there are more than are offered. */
  total: z.int(),
});
export type KnownEntities = z.infer<typeof KnownEntities>;
/** A policy to start from. */
export const Template = z.object({
  name: z.string(),
  /** What it is for, in one sentence. */
  about: z.string(),
  text: z.string(),
});
export type Template = z.infer<typeof Template>;
