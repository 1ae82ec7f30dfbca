import { z } from "zod";
import { IdentityKind, RequestPem } from "./contract";

/** What a machine gets from enrolling and renewing. */
export const MachineCertificate = z.object({
  /** The certificate, PEM. */
  certificate: z.string(),
  /** Its intermediates, PEM. */
  chain: z.string(),
  serial: z.string(),
  name: z.string(),
  kind: IdentityKind,
  spiffeId: z.string(),
  notBefore: z.date(),
  notAfter: z.date(),
  renewAfter: z.date(),
});
export type MachineCertificate = z.infer<typeof MachineCertificate>;

export const EnrollInput = z.object({ token: z.string().min(1).max(200), csr: RequestPem });
export type EnrollInput = z.infer<typeof EnrollInput>;

export const RenewInput = z.object({ csr: RequestPem });
export type RenewInput = z.infer<typeof RenewInput>;

/** The caller's own certificate and identity. */
export const WhoAmI = z.object({
  kind: IdentityKind,
  name: z.string(),
  identityId: z.string(),
  spiffeId: z.string(),
  serial: z.string(),
  notAfter: z.date(),
  renewAfter: z.date(),
});
export type WhoAmI = z.infer<typeof WhoAmI>;
