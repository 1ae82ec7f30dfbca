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

/** Algorithms of keys that we hold ourselves. */
export type AuthorityKeyAlgorithm = "P-256" | "P-384" | "Ed25519";

/** A private key of ours that was made but not yet kept. It is already sealed. */
export interface SealedKey {
  readonly id: string;
  readonly algorithm: AuthorityKeyAlgorithm;
  readonly purpose: string;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** PKCS#8 sealed with AES-256-GCM, the key's id as associated data. */
  readonly sealed: Uint8Array;
}

/** What other rooms may know of an identity. */
export interface KnownIdentity {
  readonly id: string;
  readonly kind: "user" | "service" | "node";
  readonly name: string;
  readonly teamId: string | null;
  readonly state: "active" | "locked" | "retired";
}

/** What policies may know of an identity. */
export interface KnownPrincipal {
  readonly id: string;
  readonly kind: KnownIdentity["kind"];
  /** Its name for ever; no other of its kind ever has it. */
  readonly name: string;
  readonly state: KnownIdentity["state"];
  /** The name of its team. */
  readonly team: string | null;
  readonly teamId: string | null;
  readonly labels: Readonly<Record<string, string>>;
}

/** How the master key is kept, for the screens that show what protects what. */
export interface KeyProtection {
  readonly master: "file" | "passphrase";
  /** The master key lies in the same directory as the database that it protects. */
  readonly besideDatabase: boolean;
}

/** A theft of a credential that was found out and not settled. */
export interface Theft {
  /** The certificate that two renewed from. */
  readonly serial: string;
  readonly raisedAt: Date;
  /** Serials of the unexpired certificates of its line: revoked when it was found out, by the settling at the latest. */
  readonly certificates: readonly string[];
}

/** A deed whose slow part is done; `write` belongs inside a `commit`. */
export interface Prepared<T> {
  write(tx: Transaction): Promise<T>;
}

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A thing by its name in Cedar: `Compute::"gpu-7"`. */
export interface EntityName {
  readonly type: string;
  readonly id: string;
}

/** Something in the swarm that policies decide about and that is no identity. */
export interface SwarmResource extends EntityName {
  /** The name of its team. In Cedar it is an attribute and a parent besides those below. */
  readonly team: string | null;
  readonly parents: readonly EntityName[];
  /** In Cedar's JSON format of entities, entities and extension values written out. */
  readonly attributes: Readonly<Record<string, Json>>;
  /** Tags, in Cedar. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What a new hierarchy consists of. */
export interface HierarchyRequest {
  readonly organisation: string;
  readonly trustDomain: string;
  readonly algorithm: AuthorityKeyAlgorithm;
}

/** Settings that end up inside what is issued or shown. */
export interface PublicAddresses {
  /** Where CRLs and authority certificates are served: http, no slash at the end. */
  readonly pkiUrl: string;
  /** Where machines speak to the gateway: https, no slash at the end. */
  readonly gatewayUrl: string;
}

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

  /** roles: the roles of an identity, sorted; the same array as long as they are the same. */
  readonly rolesOf: (db: ReadDatabase, identityId: string) => Promise<readonly string[]>;
  /** roles: the ids of the identities that hold a role. */
  readonly holdersOf: (db: ReadDatabase, role: string) => Promise<readonly string[]>;
  /** roles: gives a built-in role. */
  readonly giveRole: (tx: Transaction, identityId: string, role: string, at: Date) => Promise<void>;
  /** roles: takes a built-in role away. */
  readonly takeRole: (tx: Transaction, identityId: string, role: string) => Promise<void>;

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
