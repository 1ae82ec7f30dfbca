import { z } from "zod";
import { IdentityKind } from "./contract";

/** Something that looks like a stolen credential, until a person has looked at it. */
export const Alert = z.object({
  id: z.string(),
  kind: z.enum(["stolen_credential"]),
  identityId: z.string(),
  identityName: z.string(),
  identityKind: IdentityKind,
  identityState: z.string(),
  serial: z.string(),
  detail: z.string(),
  raisedAt: z.date(),
  resolvedAt: z.date().nullable(),
  resolvedBy: z.string().nullable(),
});
export type Alert = z.infer<typeof Alert>;

export const ResolveAlertInput = z.object({ id: z.string().min(1) });
export type ResolveAlertInput = z.infer<typeof ResolveAlertInput>;
