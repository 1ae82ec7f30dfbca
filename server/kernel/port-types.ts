import type { Transaction } from "./context";

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

/** What an identity holds at a moment. */
export interface Held {
  /** Names of roles, sorted, with those that they inherit. */
  readonly roles: readonly string[];
  /** For each of them within what it is held, sorted: `everything`, `Team::vision`, `label:env=prod`, `Compute::gpu-7`. */
  readonly scopes: Readonly<Record<string, readonly string[]>>;
  /** By which grants. */
  readonly grants: readonly { readonly id: string; readonly scope: string; readonly roles: readonly string[] }[];
  /** When a grant begins or ends next, in milliseconds since 1970; `Infinity` for never. */
  readonly until: number;
}

/** A policy of a role: its name, and its text in Cedar. */
export interface RoleText {
  readonly name: string;
  readonly text: string;
}

/** An action that can be asked for. */
export interface KnownAction {
  readonly name: string;
  /** Groups that it is in, directly or by others. */
  readonly groups: readonly string[];
  readonly resourceTypes: readonly string[];
  readonly principalTypes: readonly string[];
}

/** What somebody could newly do. */
export interface GainedAccess {
  readonly action: string;
  /** The kind of workload, where the action takes one. */
  readonly workload: string | null;
  readonly resourceType: string;
  /** How many resources, and the first of them; `*` stands for all that the console has. */
  readonly count: number;
  readonly resources: string[];
  readonly policies: readonly string[];
}

/** A role that somebody gets while being made. */
export interface GivenRole {
  readonly identityId: string;
  readonly teamId: string | null;
  readonly role: string;
  readonly reason: string;
  readonly id: string;
  readonly by: EndedBy;
  readonly at: Date;
}

/** Who ended something. */
export interface EndedBy {
  readonly id: string;
  readonly name: string;
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
