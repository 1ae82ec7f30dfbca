import { z } from "zod";
import { IdentityName } from "./contract";

/** Kinds that enrol by themselves. */
export const MachineKind = z.enum(["node", "service"]);
export type MachineKind = z.infer<typeof MachineKind>;

/** What a join token is made for. Without `profile`, the built-in one of that kind. */
export const CreateJoinTokenInput = z.object({
  kind: MachineKind,
  name: IdentityName,
  profile: z.string().min(1).optional(),
  ttlMinutes: z.number().int().min(1).max(1440).default(15),
});
export type CreateJoinTokenInput = z.input<typeof CreateJoinTokenInput>;

/** A join token without its secret. */
export const JoinToken = z.object({
  id: z.string(),
  kind: MachineKind,
  name: z.string(),
  profile: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.date(),
  createdByName: z.string(),
  expiresAt: z.date(),
  usedAt: z.date().nullable(),
  usedFrom: z.string().nullable(),
  usedForSerial: z.string().nullable(),
  revokedAt: z.date().nullable(),
  state: z.enum(["open", "used", "expired", "revoked"]),
  /** Why it lets nobody in although it is open, in words: whoever made it is locked or gone. */
  refusedBecause: z.string().nullable(),
});
export type JoinToken = z.infer<typeof JoinToken>;

/** A new join token with its secret, shown this once, and the command that uses it. */
export const CreatedJoinToken = JoinToken.extend({ token: z.string(), enrollCommand: z.string() });
export type CreatedJoinToken = z.infer<typeof CreatedJoinToken>;

export const ListJoinTokensInput = z.object({
  state: z.enum(["open", "used", "expired", "revoked"]).optional(),
  /** Id of the last token seen. */
  after: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(100),
});
export type ListJoinTokensInput = z.input<typeof ListJoinTokensInput>;

/** A page of join tokens, newest first. */
export const JoinTokenPage = z.object({
  items: z.array(JoinToken),
  next: z.string().nullable(),
  counts: z.object({ open: z.number(), used: z.number(), expired: z.number(), revoked: z.number() }),
});
export type JoinTokenPage = z.infer<typeof JoinTokenPage>;

export const JoinTokenInput = z.object({ id: z.string().min(1) });
export type JoinTokenInput = z.infer<typeof JoinTokenInput>;
