import { z } from "zod";
import { Alert } from "./alert-contract";
import { IdentityKind } from "./contract";

/** A valid certificate whose renewal was refused since it was issued. */
export const FailedRenewal = z.object({
  serial: z.string(),
  name: z.string(),
  kind: IdentityKind,
  identityId: z.string(),
  failures: z.number().int(),
  lastAt: z.date(),
  /** Why the last attempt was refused, in words. */
  lastMessage: z.string(),
  notBefore: z.date(),
  notAfter: z.date(),
  renewAfter: z.date(),
});
export type FailedRenewal = z.infer<typeof FailedRenewal>;

/** What of the certificates needs a person, beyond those that are due. */
export const Attention = z.object({
  alerts: z.array(Alert),
  failedRenewals: z.array(FailedRenewal),
  /** Authorities whose revocation list is no longer good. */
  lateCrls: z.array(z.object({ slug: z.string(), name: z.string(), nextUpdate: z.date().nullable() })),
  keyProtection: z.object({ master: z.enum(["file", "passphrase"]), besideDatabase: z.boolean() }),
});
export type Attention = z.infer<typeof Attention>;
