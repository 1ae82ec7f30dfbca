import { z } from "zod";

/** What an identity, and therefore its certificate, is for. */
export const IdentityKind = z.enum(["node", "service", "user"]);
export type IdentityKind = z.infer<typeof IdentityKind>;

/** Subject keys that a profile can allow; RSA up to the next size: RSA-2048 is 2048 to 3071 bits. */
export const KeyType = z.enum(["P-256", "P-384", "Ed25519", "RSA-2048", "RSA-3072", "RSA-4096"]);
export type KeyType = z.infer<typeof KeyType>;

/** Derived from the facts in the row and the time; `due` is past its renewal time with no renewal yet. */
export const CertificateStatus = z.enum(["active", "due", "renewed", "expired", "revoked"]);
export type CertificateStatus = z.infer<typeof CertificateStatus>;

/** Reasons of RFC 5280, 5.3.1, that an end entity's certificate can be revoked for; all of them final. */
export const RevocationReason = z.enum([
  "unspecified",
  "keyCompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "privilegeWithdrawn",
]);
export type RevocationReason = z.infer<typeof RevocationReason>;

/** A serial as people paste it: any case, with or without colons; 32 lower-case hexadecimal digits afterwards. */
export const Serial = z
  .string()
  .transform((text) => text.replace(/[\s:]/g, "").toLowerCase().padStart(32, "0"))
  .pipe(z.string().regex(/^[0-9a-f]{32}$/, "32 hexadecimal digits, with or without colons"));

/** The last part of a SPIFFE ID: DNS labels, 1–63 characters in all, `gpu-7` or `gpu-7.rack-3`. */
export const IdentityName = z
  .string()
  .trim()
  .max(63, "at most 63 characters")
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
    "lower-case letters, digits and hyphens, in parts joined by dots, such as gpu-7.rack-3",
  );

/** A certificate request, PEM. */
export const RequestPem = z.string().min(1, "paste a certificate request in PEM").max(32_768, "at most 32 kB");

/** One numbered rule of a profile about the names that may be asked for. `*.swarm.local` means any depth below. */
export const NameRule = z.discriminatedUnion("type", [
  z.object({ type: z.literal("spiffe"), path: z.string() }),
  z.object({ type: z.literal("dns"), patterns: z.array(z.string()) }),
  z.object({ type: z.literal("ip"), ranges: z.array(z.string()) }),
  z.object({ type: z.literal("email"), domains: z.array(z.string()) }),
]);
export type NameRule = z.infer<typeof NameRule>;

/** Extended key usages that a profile can give. */
export const ExtendedKeyUsage = z.enum(["serverAuth", "clientAuth", "emailProtection"]);

/** What a profile says may be issued. Kept as JSON and checked by this schema on every read. */
export const ProfileRules = z
  .object({
    description: z.string(),
    keyTypes: z.array(KeyType).min(1),
    defaultHours: z.number().int().positive(),
    longestHours: z.number().int().positive(),
    extendedKeyUsage: z.array(ExtendedKeyUsage).min(1),
    /** Rule 1 is the first. A name that no rule speaks of is refused. `{kind}` and `{name}` stand for the identity's. */
    names: z.array(NameRule).min(1),
    /** The share of a certificate's life after which it may be renewed; 0 is at any time. Due is two thirds. */
    renewalOpensAtPercent: z.number().int().min(0).max(95),
  })
  .refine((rules) => rules.defaultHours <= rules.longestHours, "the default lifetime is beyond the longest");
export type ProfileRules = z.infer<typeof ProfileRules>;

/** A profile as screens and the terminal show it. */
export const Profile = z.object({
  id: z.string(),
  name: z.string(),
  kind: IdentityKind,
  authority: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  rules: ProfileRules,
  createdAt: z.date(),
});
export type Profile = z.infer<typeof Profile>;

/** Something that is wrong with what was asked for. `rule` is the number of the profile's rule, from 1. */
export const Finding = z.object({
  code: z.string(),
  rule: z.number().int().nullable(),
  /** The name, lifetime or key that it is about. */
  about: z.string(),
  /** In words, as in: SAN `db.example.com` is outside `*.swarm.local`, rule 2. */
  message: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** A certificate in a list: facts, and the status derived from them. */
export const CertificateSummary = z.object({
  serial: z.string(),
  name: z.string(),
  kind: IdentityKind,
  identityId: z.string(),
  profile: z.object({ id: z.string(), name: z.string() }),
  authority: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  subject: z.string(),
  /** `dns:…`, `ip:…`, `uri:…`, `email:…` */
  sans: z.array(z.string()),
  keyAlgorithm: z.string(),
  fingerprint: z.string(),
  keyFingerprint: z.string(),
  notBefore: z.date(),
  notAfter: z.date(),
  renewAfter: z.date(),
  issuedAt: z.date(),
  issuedBy: z.string(),
  issuedByName: z.string(),
  issuedFrom: z.string().nullable(),
  renews: z.string().nullable(),
  renewedBy: z.string().nullable(),
  renewedAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  revocationReason: z.string().nullable(),
  lastSeenAt: z.date().nullable(),
  lastSeenAddress: z.string().nullable(),
  status: CertificateStatus,
});
export type CertificateSummary = z.infer<typeof CertificateSummary>;

/** What a certificate is asked for with. Without `name`, the request's SPIFFE ID or common name says it. */
export const IssueCertificateInput = z.object({
  /** Name or id of the profile. */
  profile: z.string().min(1),
  name: IdentityName.optional(),
  csr: RequestPem,
  /** More names than those in the request: `dns:…`, `ip:…`, `email:…`, or bare. */
  names: z.array(z.string().trim().min(1).max(253)).max(100).default([]),
  hours: z.number().int().positive().max(87_600).optional(),
});
export type IssueCertificateInput = z.input<typeof IssueCertificateInput>;

/** A new certificate with its chain: leaf first, then intermediates, without the root. */
export const IssuedCertificate = CertificateSummary.extend({
  spiffeId: z.string(),
  /** The certificate alone. */
  certificatePem: z.string(),
  /** Its intermediates. */
  chainPem: z.string(),
});
export type IssuedCertificate = z.infer<typeof IssuedCertificate>;

/** One field of a certificate in words. */
export const DescribedField = z.object({
  label: z.string(),
  values: z.array(z.string()),
  critical: z.boolean().optional(),
});

/** What a certificate request says, once its proof of possession has been checked. */
export const ReadRequest = z.object({
  subject: z.string(),
  keyAlgorithm: z.string(),
  keyFingerprint: z.string(),
  signatureAlgorithm: z.string(),
  requestedSans: z.array(z.string()),
  /** Identifiers of extensions that it asks for and that are never copied. */
  ignoredExtensions: z.array(z.string()),
});
export type ReadRequest = z.infer<typeof ReadRequest>;

/** What would be signed, before it is; nothing is when there are findings. */
export const IssuePreview = z.object({
  mayBeIssued: z.boolean(),
  findings: z.array(Finding),
  request: ReadRequest.nullable(),
  identity: z
    .object({ id: z.string().nullable(), kind: IdentityKind, name: z.string(), isNew: z.boolean(), state: z.string() })
    .nullable(),
  profile: z.object({ id: z.string(), name: z.string() }),
  authority: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  sans: z.array(z.string()),
  hours: z.number(),
  notBefore: z.date(),
  notAfter: z.date(),
  renewAfter: z.date(),
  /** Every field of the certificate in words; empty when there are findings. */
  fields: z.array(DescribedField),
});
export type IssuePreview = z.infer<typeof IssuePreview>;

/** A request to be judged against a profile, issuing nothing. */
export const TryRequestInput = z.object({ profile: z.string().min(1), name: IdentityName.optional(), csr: RequestPem });
export type TryRequestInput = z.input<typeof TryRequestInput>;

/** The judgement, each finding with the number of its rule. */
export const RequestJudgement = z.object({
  isAccepted: z.boolean(),
  findings: z.array(Finding),
  request: ReadRequest.nullable(),
  identityName: z.string().nullable(),
  sans: z.array(z.string()),
});
export type RequestJudgement = z.infer<typeof RequestJudgement>;

export const SerialInput = z.object({ serial: Serial });
export type SerialInput = z.input<typeof SerialInput>;

/** One generation in a certificate's life. */
export const Generation = z.object({
  serial: z.string(),
  notBefore: z.date(),
  notAfter: z.date(),
  renewAfter: z.date(),
  issuedAt: z.date(),
  issuedByName: z.string(),
  status: CertificateStatus,
  isThis: z.boolean(),
});

/** A link of a chain, from the leaf to the root. */
export const ChainLink = z.object({
  role: z.enum(["leaf", "issuing", "root"]),
  name: z.string(),
  subject: z.string(),
  serial: z.string(),
  fingerprint: z.string(),
  notBefore: z.date(),
  notAfter: z.date(),
  keyAlgorithm: z.string(),
  /** The authority's id; null for the leaf. */
  authorityId: z.string().nullable(),
  status: z.enum(["valid", "not_yet_valid", "expired", "revoked"]),
});

/** Everything about one certificate. */
export const CertificateDetail = CertificateSummary.extend({
  spiffeId: z.string().nullable(),
  identity: z.object({ id: z.string(), kind: IdentityKind, name: z.string(), state: z.string() }),
  teamId: z.string().nullable(),
  fields: z.array(DescribedField),
  /** Leaf, then intermediates, then the root. */
  chain: z.array(ChainLink),
  pem: z.string(),
  /** Oldest first; every certificate linked to this one by renewal. */
  generations: z.array(Generation),
  /** How many older generations are not in `generations`. */
  olderGenerations: z.number().int(),
  /** Whether the same key was in the certificate that this one renews; null when it renews none. */
  keptItsKey: z.boolean().nullable(),
  renewalOpensAt: z.date(),
  renewalFailure: z
    .object({ failures: z.number().int(), lastAt: z.date(), lastCode: z.string(), lastMessage: z.string() })
    .nullable(),
  alerts: z.array(
    z.object({ id: z.string(), detail: z.string(), raisedAt: z.date(), resolvedAt: z.date().nullable() }),
  ),
  /** Where relying parties fetch the CRL that would name this certificate. */
  crlUrl: z.string().nullable(),
  /** A line for a terminal that prints, from the downloaded file, what the page says; and what it prints. */
  proof: z.object({ command: z.string(), expected: z.array(z.string()) }),
});
export type CertificateDetail = z.infer<typeof CertificateDetail>;

/** `pem` is the leaf, `chain` the leaf and its intermediates, `der` the leaf's bytes. */
export const DownloadInput = z.object({ serial: Serial, form: z.enum(["pem", "chain", "der"]) });
export type DownloadInput = z.input<typeof DownloadInput>;

/** A file to save. */
export const Download = z.object({ fileName: z.string(), mediaType: z.string(), base64: z.string() });
export type Download = z.infer<typeof Download>;

export const RevokeCertificateInput = z.object({
  serial: Serial,
  reason: RevocationReason.default("unspecified"),
});
export type RevokeCertificateInput = z.input<typeof RevokeCertificateInput>;

/** What revoking would do, told before. */
export const RevocationConsequences = z.object({
  serial: z.string(),
  name: z.string(),
  kind: IdentityKind,
  identityId: z.string(),
  isRevocable: z.boolean(),
  /** Why it is not: revoked or expired already. */
  notRevocableBecause: z.string().nullable(),
  notAfter: z.date(),
  /** Other certificates of the identity that are valid now, newest first, ten at the most. */
  otherValid: z.array(z.object({ serial: z.string(), notAfter: z.date(), issuedAt: z.date() })),
  otherValidCount: z.number().int(),
  /** A valid certificate that was issued after this one. */
  newerValid: z.object({ serial: z.string(), notAfter: z.date() }).nullable(),
  /** Nothing else of this identity's is valid: it is cut off at once. */
  isCutOff: z.boolean(),
  lastSeenAt: z.date().nullable(),
  lastSeenAddress: z.string().nullable(),
  /** In words: node gpu-7 is cut off at once; no newer certificate exists. */
  summary: z.string(),
});
export type RevocationConsequences = z.infer<typeof RevocationConsequences>;
