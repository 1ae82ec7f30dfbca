import { z } from "zod";

/** The shortest password that is accepted, in characters. */
export const PASSWORD_MIN_CHARACTERS = 12;
/** The longest password that is accepted, in bytes of UTF-8. */
export const PASSWORD_MAX_BYTES = 1024;
/** How many recovery codes a person gets at once. */
export const RECOVERY_CODES = 10;

const DNS_LABELS = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** What an identity is. */
export const IdentityKind = z.enum(["user", "service", "node"]);
/** Only `active` may do anything; `retired` does not come back. */
export const IdentityState = z.enum(["active", "locked", "retired"]);
/** The built-in roles. */
export const Role = z.enum(["admin", "auditor", "team_lead"]);

/** The last part of a SPIFFE ID: DNS labels, 1–63 characters in all, `gpu-7` or `gpu-7.rack-3`. */
export const IdentityName = z
  .string()
  .min(1, "give it a name")
  .max(63, "at most 63 characters")
  .regex(DNS_LABELS, "lower-case letters, digits and hyphens, in parts joined by dots, such as gpu-7.rack-3");

/** A SPIFFE trust domain (SPIFFE ID 2.1, without underscores so that it is a DNS name too). */
export const TrustDomain = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, "give a trust domain")
  .max(253, "at most 253 characters")
  .regex(DNS_LABELS, "lower-case DNS labels, such as swarm.local");

const words = (what: string) => z.string().trim().min(1, `give ${what}`).max(120, "at most 120 characters");

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email("an e-mail address, such as priya@swarm.local"));
export const OrganisationName = words("the organisation's name");
export const DisplayName = words("a name");
export const TeamName = words("the team's name");

/** A password as typed. Whether it is good enough is said by the verb that sets it. */
export const Password = z.string().min(1, "give a password").max(PASSWORD_MAX_BYTES, "at most 1024 bytes");

/** Six digits of an authenticator app, or a recovery code. Spaces and hyphens do not matter. */
export const SecondFactorCode = z.string().trim().min(6, "six digits, or a recovery code").max(40);

export const Labels = z
  .record(
    z
      .string()
      .regex(/^[a-z0-9]([a-z0-9._/-]{0,61}[a-z0-9])?$/, "label keys: lower-case letters, digits, and . _ / - inside"),
    z.string().max(120, "label values: at most 120 characters"),
  )
  .refine((labels) => Object.keys(labels).length <= 32, "at most 32 labels");

// First run

export const ClaimSetupInput = z.object({ code: z.string().trim().min(1, "give the setup code").max(64) });
export const NameOrganisationInput = z.object({ name: OrganisationName, trustDomain: TrustDomain });
export const CreateFirstAdminInput = z.object({ displayName: DisplayName, email: Email, password: Password });
export const CreateAuthoritiesInput = z.object({ algorithm: z.enum(["P-256", "P-384", "Ed25519"]).default("P-256") });

/** Everything that the setup needs, in one go: `swarm init`. */
export const InitInput = z.object({
  organisation: OrganisationName,
  trustDomain: TrustDomain,
  admin: z.object({ email: Email, displayName: DisplayName.optional(), password: Password }),
  algorithm: z.enum(["P-256", "P-384", "Ed25519"]).default("P-256"),
});

/** Steps of the setup, in order. `code` is the only one a browser without the setup cookie sees. */
export const SetupStep = z.enum(["code", "organisation", "admin", "second_factor", "authorities", "done"]);

/** How far the setup is. What was entered is told only to the browser that claimed it. */
export const SetupState = z.object({
  step: SetupStep,
  /** Somebody gave a code already. Another browser needs a new one from the terminal. */
  isClaimed: z.boolean(),
  /** `SWARM_TRUST_DOMAIN`: what the form begins with. */
  suggestedTrustDomain: z.string(),
  /** Null unless this browser claimed the setup. */
  draft: z
    .object({
      organisation: z.string().nullable(),
      trustDomain: z.string().nullable(),
      admin: z.object({ displayName: z.string(), email: z.string(), hasSecondFactor: z.boolean() }).nullable(),
    })
    .nullable(),
});

export const SetupDone = z.object({
  organisation: z.string(),
  trustDomain: z.string(),
  adminId: z.string(),
  /** SHA-256 of the root certificate, hexadecimal. */
  rootFingerprint: z.string(),
});

// Sign-in and sessions

/** Sent again with `code`, or with `newPassword`, when the answer asks for it. */
export const SignInInput = z.object({
  email: z.string().trim().toLowerCase().min(1, "give your e-mail address").max(254),
  password: Password,
  code: SecondFactorCode.optional(),
  newPassword: Password.optional(),
});

export const SignInResult = z.discriminatedUnion("status", [
  z.object({ status: z.literal("signed_in"), secondFactorMissing: z.boolean() }),
  z.object({ status: z.literal("needs_code") }),
  z.object({ status: z.literal("needs_new_password") }),
]);

export const SessionSummary = z.object({
  id: z.string(),
  identity: z.object({ id: z.string(), displayName: z.string(), email: z.string().nullable() }),
  /** In words: "Firefox on Linux". */
  device: z.string(),
  address: z.string().nullable(),
  provedBy: z.array(z.string()),
  createdAt: z.date(),
  lastUsedAt: z.date(),
  /** When it ends if it is not used again, or at the latest. */
  endsAt: z.date(),
  isCurrent: z.boolean(),
});

/** Own sessions; admins may ask for anyone's. */
export const ListSessionsInput = z.object({ identityId: z.string().optional() });
export const EndSessionInput = z.object({ sessionId: z.string() });
/** Own sessions except this one; with an identity, all of that identity's. */
export const EndAllSessionsInput = z.object({ identityId: z.string().optional() });
export const EndedSessions = z.object({ ended: z.number().int() });

// Own account

/** Who is signed in, and how well it is protected. */
export const Account = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  email: z.string(),
  /** Names of roles; those that are built in have words of their own. */
  roles: z.array(z.string()),
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
  organisation: z.string(),
  trustDomain: z.string(),
  sessionId: z.string().nullable(),
  sessionEndsAt: z.date().nullable(),
  passwordChangedAt: z.date(),
  /** Null: no second factor. That is what the standing reminder shows. */
  secondFactorSince: z.date().nullable(),
  recoveryCodesLeft: z.number().int(),
});

export const ChangePasswordInput = z.object({ current: Password, next: Password });

/** A secret to be scanned. Not in force until it is confirmed with a first code, within 15 minutes. */
export const TotpOffer = z.object({
  /** Base32, in groups of four, for typing by hand. */
  secret: z.string(),
  /** `otpauth://totp/…` */
  uri: z.string(),
  /** The same as a QR code: rows of modules, true is dark. */
  qr: z.array(z.array(z.boolean())),
  /** Sealed by the server; sent back with the first code. */
  offer: z.string(),
});

export const ConfirmSetupTotpInput = z.object({ offer: z.string().max(2048), code: SecondFactorCode });
/** `currentCode` when a second factor is in force already. */
export const ConfirmTotpInput = ConfirmSetupTotpInput.extend({
  password: Password,
  currentCode: SecondFactorCode.optional(),
});
/** The password and a code of the second factor in force. */
export const FreshProof = z.object({ password: Password, code: SecondFactorCode });
/** Shown once. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

// People, services, nodes

export const IdentitySummary = z.object({
  id: z.string(),
  kind: IdentityKind,
  name: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
  labels: z.record(z.string(), z.string()),
  state: IdentityState,
  stateReason: z.string().nullable(),
  stateChangedAt: z.date(),
  createdAt: z.date(),
  lastSeenAt: z.date().nullable(),
  lastSeenAddress: z.string().nullable(),
  roles: z.array(z.string()),
  /** Null for machines. */
  hasSecondFactor: z.boolean().nullable(),
});

export const IdentityDetail = IdentitySummary.extend({
  spiffeId: z.string(),
  validCertificates: z.number().int(),
  openSessions: z.number().int(),
});

export const ListIdentitiesInput = z.object({
  kind: IdentityKind,
  /** Any part of name, display name, e-mail, team or label. */
  query: z.string().trim().max(200).default(""),
  state: IdentityState.optional(),
  teamId: z.string().optional(),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(300).optional(),
  limit: z.number().int().min(1).max(200).default(100),
});

export const IdentityPage = z.object({
  items: z.array(IdentitySummary),
  nextCursor: z.string().nullable(),
  /** Of everything that fits the query, whatever the page. */
  total: z.number().int(),
  /** Of everything that fits the query with any state. */
  byState: z.object({ active: z.number().int(), locked: z.number().int(), retired: z.number().int() }),
});

export const CountByTeamInput = ListIdentitiesInput.pick({ kind: true, query: true, state: true });
/** When it is not exact, there are at least so many. A team that is left out has none. */
export const TeamCount = z.object({ teamId: z.string(), count: z.number().int(), isExact: z.boolean() });

/** Without `password` a one-time password is made, which must be replaced at the first sign-in. */
export const CreateUserInput = z.object({
  email: Email,
  displayName: DisplayName.optional(),
  role: Role.optional(),
  teamId: z.string().nullable().default(null),
  password: Password.optional(),
});
export const CreatedUser = z.object({ identity: IdentitySummary, oneTimePassword: z.string().nullable() });

export const CreateMachineInput = z.object({
  kind: z.enum(["service", "node"]),
  name: IdentityName,
  displayName: DisplayName.optional(),
  teamId: z.string().nullable().default(null),
  labels: Labels.default({}),
});

export const IdentityReference = z.object({ id: z.string() });
/** What is left out stays. */
export const UpdateIdentityInput = z.object({
  id: z.string(),
  displayName: DisplayName.optional(),
  teamId: z.string().nullable().optional(),
  labels: Labels.optional(),
});
export const LockIdentityInput = z.object({ id: z.string(), reason: z.string().trim().min(1, "say why").max(300) });
export const RetireIdentityInput = z.object({ id: z.string(), reason: z.string().trim().min(1, "say why").max(300) });

/** What locking or retiring would stop, and what unlocking does not bring back. */
export const IdentityConsequences = z.object({
  identity: IdentitySummary,
  validCertificates: z.number().int(),
  openSessions: z.number().int(),
  /** Grants that it holds itself and that have not ended. */
  grants: z.int(),
  /** Certificates that were renewed twice, which unlocking settles; those of the line are revoked then at the latest. */
  thefts: z.array(z.object({ serial: z.string(), raisedAt: z.date(), certificates: z.array(z.string()) })),
  /** Then neither locking nor retiring is possible. */
  isLastAdmin: z.boolean(),
});

export const OneTimePassword = z.object({ oneTimePassword: z.string() });

export type IdentityKind = z.infer<typeof IdentityKind>;
export type IdentityState = z.infer<typeof IdentityState>;
export type Role = z.infer<typeof Role>;
export type SetupState = z.infer<typeof SetupState>;
export type SetupStep = z.infer<typeof SetupStep>;
export type SetupDone = z.infer<typeof SetupDone>;
export type SignInResult = z.infer<typeof SignInResult>;
export type SessionSummary = z.infer<typeof SessionSummary>;
export type Account = z.infer<typeof Account>;
export type TotpOffer = z.infer<typeof TotpOffer>;
export type IdentitySummary = z.infer<typeof IdentitySummary>;
export type IdentityDetail = z.infer<typeof IdentityDetail>;
export type IdentityPage = z.infer<typeof IdentityPage>;
export type TeamCount = z.infer<typeof TeamCount>;
export type IdentityConsequences = z.infer<typeof IdentityConsequences>;
