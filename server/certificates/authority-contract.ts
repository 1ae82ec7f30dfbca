import { z } from "zod";
import { DescribedField, IdentityKind } from "./contract";

/** The CRL in force of one authority. `late` is past its `nextUpdate`, `due` past half of its life or behind a revocation. */
export const CrlState = z.object({
  number: z.number().int(),
  thisUpdate: z.date(),
  nextUpdate: z.date(),
  entryCount: z.number().int(),
  sizeBytes: z.number().int(),
  state: z.enum(["fresh", "due", "late"]),
  url: z.string(),
});
export type CrlState = z.infer<typeof CrlState>;

/** One authority of the hierarchy. */
export const AuthoritySummary = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  role: z.enum(["root", "node", "service", "user"]),
  /** Id of the authority that signed it; null for the root. */
  parentId: z.string().nullable(),
  subject: z.string(),
  serial: z.string(),
  fingerprint: z.string(),
  keyAlgorithm: z.string(),
  notBefore: z.date(),
  notAfter: z.date(),
  pathLength: z.number().int().nullable(),
  status: z.enum(["valid", "not_yet_valid", "expired"]),
  crl: CrlState.nullable(),
  counts: z.object({
    /** Every certificate that it issued. */
    issued: z.number().int(),
    /** Unexpired and unrevoked. */
    valid: z.number().int(),
    revoked: z.number().int(),
  }),
});
export type AuthoritySummary = z.infer<typeof AuthoritySummary>;

/** The hierarchy, root first, and what protects its keys. */
export const Hierarchy = z.object({
  authorities: z.array(AuthoritySummary),
  keyProtection: z.object({ master: z.enum(["file", "passphrase"]), besideDatabase: z.boolean() }),
  bundleUrl: z.string(),
});
export type Hierarchy = z.infer<typeof Hierarchy>;

/** Everything about one authority. */
export const AuthorityDetail = AuthoritySummary.extend({
  fields: z.array(DescribedField),
  pem: z.string(),
  certificateUrl: z.string(),
  constraints: z.array(z.object({ label: z.string(), values: z.array(z.string()) })),
  profiles: z.array(z.object({ id: z.string(), name: z.string(), kind: IdentityKind })),
  keyProtection: z.object({ master: z.enum(["file", "passphrase"]), besideDatabase: z.boolean() }),
  /** A line for a terminal that prints what the page says; and what it prints. */
  proof: z.object({ command: z.string(), expected: z.array(z.string()) }),
});
export type AuthorityDetail = z.infer<typeof AuthorityDetail>;

/** Id or slug of an authority. */
export const AuthorityInput = z.object({ authority: z.string().min(1) });
export type AuthorityInput = z.infer<typeof AuthorityInput>;

export const AuthorityDownloadInput = z.object({ authority: z.string().min(1), form: z.enum(["pem", "der", "crl"]) });
export type AuthorityDownloadInput = z.infer<typeof AuthorityDownloadInput>;

/** Name or id of a profile. */
export const ProfileInput = z.object({ profile: z.string().min(1) });
export type ProfileInput = z.infer<typeof ProfileInput>;
