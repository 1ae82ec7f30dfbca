import type { SignatureCheck } from "@/server/platform/signature-checks";
import type {
  Context,
  Decision,
  DecisionRecord,
  EntryDraft,
  Event,
  Question,
  ReadDatabase,
  Transaction,
} from "./context";
import type { Permit } from "./permit";
import type {
  AuthorityKeyAlgorithm,
  EndedBy,
  GainedAccess,
  GivenRole,
  Held,
  HierarchyRequest,
  KeyProtection,
  KnownAction,
  KnownIdentity,
  KnownPrincipal,
  Prepared,
  PublicAddresses,
  RoleText,
  SealedKey,
  SwarmResource,
  Theft,
} from "./port-types";

export type * from "./port-types";

/**
 * What the rooms need of each other. Each is offered by one room, named in the comment, and wired in
 * `platform/composition`; no room imports another. Those that take a transaction belong inside a `commit`.
 */
export interface Ports {
  readonly addresses: PublicAddresses;
  /** `SWARM_TRUST_DOMAIN`, which the first setup suggests. */
  readonly defaultTrustDomain: string;

  /** `SWARM_POLICY_REVIEW`: whether somebody else than the author must publish a draft. */
  readonly policyReview: "none" | "required";
  /** `SWARM_BELIEVED_PROPERTIES`: what a caller may claim, for example `subject.clearance`. */
  readonly believedProperties: readonly string[];

  /** policies: asks those in force. Unknown means no. */
  readonly decide: (db: ReadDatabase, question: Question) => Promise<Decision>;
  /** policies: the version in force, by which a permit is known to be stale. */
  readonly policyVersion: (db: ReadDatabase) => Promise<string>;
  /** policies: appends decisions to their log; answers their numbers. Never called by a room: `record` does. */
  readonly appendDecisions: (tx: Transaction, records: readonly DecisionRecord[]) => number[];
  /** audit: appends one entry with its leaf hash. Never called by a room: `commit` and `authorize` do. */
  readonly appendAudit: (tx: Transaction, draft: EntryDraft) => Promise<void>;
  /**
   * certificates: the key under which entries about an object may be kept beside its id. A certificate's serial is random,
   * and an index in random order costs a page of the log of every commit for each; its key grows with time.
   */
  readonly objectKeyOf: (db: ReadDatabase, objectId: string) => Promise<string | null>;

  /**
   * roles: what an identity holds by its grants and those of its teams, asked for at every decision; the same object as
   * long as it is the same. For the moment of the question, or one after it.
   */
  readonly heldBy: (db: ReadDatabase, who: { readonly id: string; readonly teamId: string | null }, at: Date) => Held;
  /** roles: the ids of people who hold a built-in role everywhere with no end, active or not. */
  readonly holdersOf: (db: ReadDatabase, role: string) => Promise<readonly string[]>;
  /** roles: remembers that a role let somebody do something, and by which grants. */
  readonly noteRoleUse: (
    db: ReadDatabase,
    use: { readonly role: string; readonly action: string; readonly grants: readonly string[]; readonly at: Date },
  ) => void;
  /** roles: gives a built-in role, a lead's within the team; part of making somebody. @throws RoleNeedsTeam */
  readonly giveRole: (tx: Transaction, giving: GivenRole) => Promise<Event>;
  /** roles: ends every grant of an identity; part of its end. Answers what was ended, for the log. */
  readonly endGrantsOf: (
    tx: Transaction,
    ending: { readonly identityId: string; readonly reason: string; readonly by: EndedBy; readonly at: Date },
  ) => Promise<readonly Event[]>;
  /** roles: how many grants of an identity have not ended, for the consequences shown before. */
  readonly countGrants: (db: ReadDatabase, identityId: string, at: Date) => Promise<number>;

  /** keys: seals a secret with AES-256-GCM under the data key; `label` (table, row, field) is authenticated with it. */
  readonly seal: (label: string, secret: Uint8Array) => Uint8Array;
  /** keys: opens what `seal` made with the same label. @throws KeyUnusable when it was altered or moved. */
  readonly unseal: (label: string, sealed: Uint8Array) => Uint8Array;
  /** keys: makes and seals a private key. Slow: before `commit`. */
  readonly makeKey: (algorithm: AuthorityKeyAlgorithm, purpose: string) => Promise<SealedKey>;
  /** keys: keeps a key that `makeKey` made. */
  readonly keepKey: (tx: Transaction, key: SealedKey, at: Date) => Promise<void>;
  /** keys: signs with a kept key, or with one just made. ECDSA signatures are DER. SHA-256 for P-256, SHA-384 for P-384. */
  readonly sign: (key: string | SealedKey, data: Uint8Array) => Promise<Uint8Array>;
  /** keys: signs with a kept key when somebody else's signature is good; null, and nothing is signed, when it is not. */
  readonly signOnProof: (keyId: string, data: Uint8Array, proof: SignatureCheck) => Promise<Uint8Array | null>;
  /** keys: PKCS#8 PEM of a kept key whose purpose is a TLS listener of ours. Refused for every other purpose. */
  readonly listenerKey: (keyId: string) => Promise<string>;
  /** keys: 32 bytes derived from the first data key for one purpose (HKDF, RFC 5869); the same at every start. */
  readonly deriveSecret: (label: string) => Uint8Array;
  /** keys: how the master key is kept. */
  readonly keyProtection: () => KeyProtection;

  /** identities */
  readonly findIdentity: (db: ReadDatabase, id: string) => Promise<KnownIdentity | undefined>;
  /** identities */
  readonly findIdentityByName: (
    db: ReadDatabase,
    kind: KnownIdentity["kind"],
    name: string,
  ) => Promise<KnownIdentity | undefined>;
  /** identities: what policies may know of one, asked for at every decision; the same object as long as it is the same. */
  readonly findPrincipal: (db: ReadDatabase, id: string) => KnownPrincipal | undefined;
  /** identities: the same by its kind and name. */
  readonly findPrincipalByName: (
    db: ReadDatabase,
    kind: KnownIdentity["kind"],
    name: string,
  ) => KnownPrincipal | undefined;
  /** identities: active ones of a kind by name, those after a name, at most so many. */
  readonly activePrincipalsAfter: (
    db: ReadDatabase,
    kind: KnownIdentity["kind"],
    after: string,
    limit: number,
  ) => readonly KnownPrincipal[];
  /** identities: every active one. */
  readonly activePrincipals: (db: ReadDatabase) => readonly KnownPrincipal[];
  /** identities: the name of a team. */
  readonly teamNameOf: (db: ReadDatabase, teamId: string) => string | undefined;
  /** identities: a team and all above it, by their ids; the same array as long as it is the same. */
  readonly teamsAbove: (db: ReadDatabase, teamId: string) => readonly string[];
  /** identities: the name of the team right above a team, by name. */
  readonly teamAround: (db: ReadDatabase, name: string) => string | undefined;
  /** identities: every team by name. */
  readonly teams: (db: ReadDatabase) => Promise<readonly { readonly id: string; readonly name: string }[]>;
  /**
   * identities: that no machine of the other kind has this name, for the two would share a DNS name. Nothing is asked
   * about people. @throws MachineNameTaken
   */
  readonly assertMachineName: (db: ReadDatabase, kind: KnownIdentity["kind"], name: string) => Promise<void>;
  /** identities: the identity of that kind and name, made when there is none. @throws as `assertMachineName`. */
  readonly ensureIdentity: (
    tx: Transaction,
    wanted: { kind: KnownIdentity["kind"]; name: string; id: string; at: Date },
  ) => Promise<KnownIdentity>;
  /**
   * identities: locks it, with the reason that people will read. Answers whether it is shut now: the last active
   * security admin is left open.
   */
  readonly lockIdentity: (tx: Transaction, id: string, reason: string, at: Date) => Promise<boolean>;
  /** identities: when and from where a machine was last seen; an older sighting changes nothing. */
  readonly noteIdentitySeen: (
    tx: Pick<Transaction, "update">,
    id: string,
    at: Date,
    address: string | null,
  ) => Promise<void>;
  /** identities: the organisation, or undefined before the first setup. */
  readonly organisation: (db: ReadDatabase) => Promise<{ name: string; trustDomain: string } | undefined>;
  /** identities: founds the organisation; part of the first setup. */
  readonly foundOrganisation: (
    tx: Transaction,
    wanted: { name: string; trustDomain: string; at: Date },
  ) => Promise<void>;

  /** certificates: makes root and issuing authorities and the built-in profiles. Slow part first, then `write`. */
  readonly prepareHierarchy: (
    ctx: Context,
    request: HierarchyRequest,
  ) => Promise<Prepared<{ rootFingerprint: string }>>;
  /** certificates: revokes every valid certificate of an identity; answers their serials. */
  readonly revokeCertificatesOf: (tx: Transaction, identityId: string, reason: string, at: Date) => Promise<string[]>;
  /** certificates: thefts of an identity's credentials that are not settled, the oldest first. */
  readonly findThefts: (db: ReadDatabase, identityId: string, at: Date) => Promise<readonly Theft[]>;
  /**
   * certificates: settles them when the identity is unlocked or retired: what is still valid of a stolen line is
   * revoked, and the alerts count as looked at. Answers what happened, for the log.
   */
  readonly settleThefts: (
    tx: Transaction,
    settling: { readonly identityId: string; readonly by: string; readonly at: Date },
  ) => Promise<readonly Event[]>;
  /** certificates: how many valid certificates an identity has, for the consequences shown before. */
  readonly countValidCertificates: (db: ReadDatabase, identityId: string, at: Date) => Promise<number>;

  /**
   * policies: puts the policies of a role in force in the place of those that it had. Slow part first, then `write`, which
   * answers the epoch and what happened, for the log. @throws what publishing throws
   */
  readonly prepareRolePolicies: (
    ctx: Context,
    change: { readonly role: string; readonly policies: readonly RoleText[]; readonly note: string },
  ) => Promise<Prepared<{ readonly epoch: number; readonly events: readonly Event[] }>>;
  /** policies: what is wrong with the policies of a role by the schema in force, in words. */
  readonly checkRolePolicies: (db: ReadDatabase, policies: readonly RoleText[]) => string[];
  /** policies: those that come with the program and speak of a built-in role, by name and text. */
  readonly builtInPoliciesOf: (role: string) => readonly RoleText[];
  /** policies: which of the program's policies those are. */
  readonly builtInPoliciesVersion: string;
  /** policies: every action that can be asked for by the schema in force. */
  readonly knownActions: (db: ReadDatabase) => readonly KnownAction[];
  /**
   * policies: what each of some identities could newly do if they held more, asked of the engine: every action that the
   * named policies name, on every resource.
   */
  readonly accessGained: (
    ctx: Context,
    asked: {
      readonly who: readonly KnownPrincipal[];
      readonly policies: readonly string[];
      readonly added: Held["scopes"];
    },
  ) => Promise<{ readonly gains: readonly (readonly GainedAccess[])[]; readonly limits: readonly string[] }>;
  /** identities: asks whoever is signed in to prove it again; `take` belongs into the commit. @throws ProofRefused, ProofSlowed */
  readonly proveFreshly: (
    ctx: Context,
    permit: Permit,
    given: { readonly password: string; readonly code?: string | undefined },
  ) => Promise<{ take(tx: Transaction): Promise<void> }>;

  /** resources: one by type and name, asked for at every decision; the same object as long as it is the same. */
  readonly findResource: (db: ReadDatabase, type: string, id: string) => SwarmResource | undefined;
  /** resources: all of them, by type and name. */
  readonly resourcesOf: (db: ReadDatabase) => readonly SwarmResource[];
  /** resources: those of a type by name, those after a name, at most so many. */
  readonly resourcesAfter: (db: ReadDatabase, type: string, after: string, limit: number) => readonly SwarmResource[];
  /** policies: what the schema in force says against a resource, in words; nothing when it fits. */
  readonly checkEntity: (db: ReadDatabase, resource: SwarmResource) => readonly string[];
  /** policies: the text of the schema in force, in Cedar's own form. */
  readonly schemaText: (db: ReadDatabase) => string;
}
