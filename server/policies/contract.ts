import { z } from "zod";

/** A policy in force. */
export const PolicySummary = z.object({
  /** The name that it gives itself. */
  id: z.string(),
  effect: z.enum(["permit", "forbid"]),
  /** The comment before it. */
  about: z.string(),
  /** In Cedar, without that comment. */
  text: z.string(),
  /** The version of the set that it belongs to, which audit entries carry. */
  version: z.string(),
});
export type PolicySummary = z.infer<typeof PolicySummary>;

/** Which policy. */
export const PolicyInput = z.object({ policy: z.string().min(1).max(200) });
export type PolicyInput = z.infer<typeof PolicyInput>;
