import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { appendAudit } from "@/server/audit/append";
import {
  activePrincipals,
  activePrincipalsAfter,
  findPrincipal,
  findPrincipalByName,
  teamAround,
  teamNameOf,
  teamsAbove,
} from "@/server/identities/known-store";
import * as identities from "@/server/identities/ports";
import { prepareHierarchy } from "@/server/certificates/prepare-hierarchy";
import { countValidCertificates, revokeCertificatesOf } from "@/server/certificates/revoke-all";
import { objectKeyOf } from "@/server/certificates/store";
import { findThefts, settleThefts } from "@/server/certificates/theft";
import { type Actor, type CommonContext, type Context, contextOn, type Origin } from "@/server/kernel/context";
import type { Ports } from "@/server/kernel/ports";
import { assertMasterKeyFits, openVault } from "@/server/keys/open-vault";
import { checkEntity, schemaText } from "@/server/policies/check-resource";
import { decideBy } from "@/server/policies/decide";
import { appendDecisions } from "@/server/policies/decision-store";
import { accessGained } from "@/server/policies/gained";
import { policyVersion } from "@/server/policies/in-force";
import { BUILT_IN_VERSION } from "@/server/policies/built-in";
import {
  builtInPoliciesOf,
  checkRolePolicies,
  knownActions,
  prepareRolePolicies,
} from "@/server/policies/role-policies";
import { findResource, resourcesAfter, resourcesOf } from "@/server/resources/store";
import { heldByOver } from "@/server/roles/held-store";
import { countGrants, endGrantsOf, giveRole, holdersOf } from "@/server/roles/store";
import { noteRoleUse } from "@/server/roles/uses";
import { type Database, openDatabase, peek } from "./database";
import type { Settings } from "./env";
import { makeId } from "./ids";
import { secureRandom as random } from "./random";
import { type Logger, openLogger } from "./logger";

/** Everything that a process holds open. */
export interface Runtime {
  readonly settings: Settings;
  readonly database: Database;
  readonly logger: Logger;
  /** A context for one request. */
  contextFor(actor: Actor, origin: Origin): Context;
  close(): void;
}

/** What tests may replace: the clock, and what the policy says. And what an example may, before it is in force. */
export interface Replaceable {
  /** False for a database that is nothing until it is finished, and synced by whoever makes it. */
  readonly durable: false;
  now(): Date;
  readonly decide: Ports["decide"];
  readonly logger: Logger;
}

/**
 * Opens the data directory and wires the rooms' ports. The one place where rooms meet.
 *
 * @throws {DatabaseTooNew} @throws {MasterKeyMissing} @throws {MasterKeyWrong} before anything is changed.
 */
export async function openRuntime(
  settings: Settings,
  processName: string,
  replaced: Partial<Replaceable> = {},
): Promise<Runtime> {
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const logger = replaced.logger ?? openLogger(settings, processName);
  const { databaseFile: file, migrationsDir: migrations } = settings;
  // Before SQLite opens it: the log and the shared memory beside it are made with the mode that it has then.
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  const masterKey = { file: settings.masterKeyFile, passphrase: settings.masterPassphrase, databaseFile: file };
  await peek(file, "data_keys", (db) => assertMasterKeyFits(db, masterKey));
  const database = openDatabase({ file, migrations, durable: replaced.durable });

  const now = replaced.now ?? (() => new Date());
  const newId = (prefix: string): string => makeId(prefix, now(), random(10));
  const micros = () => performance.now() * 1_000;
  const own = { read: database.read, now, micros, random, newId };

  const withoutVault = { ...portsWithoutVault(settings), ...(replaced.decide && { decide: replaced.decide }) };
  try {
    const start = contextOn(
      { ...SEALED_VAULT, ...withoutVault, ...own },
      database.writer,
      processActor(processName),
      originOfProcess(newId("req")),
    );
    const vault = await openVault(start, masterKey);
    const { seal, unseal, deriveSecret, makeKey, keepKey, sign, signOnProof, listenerKey, keyProtection } = vault;
    const common: CommonContext = {
      ...withoutVault,
      ...own,
      ...{ seal, unseal, deriveSecret, makeKey, keepKey, sign, signOnProof, listenerKey, keyProtection },
    };
    return {
      settings,
      database,
      logger,
      contextFor: (actor, origin) => contextOn(common, database.writer, actor, origin),
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The actor of a process of ours that acts by itself. */
export function processActor(name: string): Actor {
  return { kind: "system", id: `system:${name}`, name, roles: [], teams: [], provedBy: ["process"] };
}

/** The origin of what a process does by itself. */
export function originOfProcess(requestId: string): Origin {
  return { address: null, userAgent: null, requestId };
}

/** Nobody, yet. */
export const ANONYMOUS: Actor = {
  kind: "anonymous",
  id: "anonymous",
  name: "Nobody",
  roles: [],
  teams: [],
  provedBy: [],
};

const heldBy = heldByOver(teamsAbove);

type VaultPorts = Pick<
  Ports,
  "seal" | "unseal" | "deriveSecret" | "makeKey" | "keepKey" | "sign" | "signOnProof" | "listenerKey" | "keyProtection"
>;

function portsWithoutVault(settings: Settings): Omit<Ports, keyof VaultPorts> {
  return {
    addresses: {
      pkiUrl: settings.pki.url,
      gatewayUrl: `https://${settings.gateway.names[0] ?? settings.gateway.host}:${settings.gateway.port}`,
    },
    defaultTrustDomain: settings.trustDomain,
    policyReview: settings.policyReview,
    believedProperties: settings.believedProperties,
    decide: decideBy({ findPrincipal, teamNameOf, teamsAbove, heldBy, noteRoleUse }),
    policyVersion,
    appendDecisions,
    prepareRolePolicies,
    checkRolePolicies,
    knownActions,
    builtInPoliciesOf,
    builtInPoliciesVersion: BUILT_IN_VERSION,
    accessGained,
    proveFreshly: identities.proveFreshly,
    appendAudit,
    heldBy,
    noteRoleUse,
    holdersOf,
    giveRole,
    endGrantsOf,
    countGrants,
    findIdentity: identities.findIdentity,
    findIdentityByName: identities.findIdentityByName,
    findPrincipal,
    findPrincipalByName,
    activePrincipalsAfter,
    activePrincipals,
    teamNameOf,
    teamsAbove,
    teamAround,
    teams: identities.teams,
    assertMachineName: identities.assertMachineName,
    ensureIdentity: identities.ensureIdentity,
    lockIdentity: identities.lockIdentityUnlessLastAdmin(holdersOf),
    noteIdentitySeen: identities.noteIdentitySeen,
    organisation: identities.organisation,
    foundOrganisation: identities.foundOrganisation,
    objectKeyOf,
    prepareHierarchy,
    revokeCertificatesOf,
    countValidCertificates,
    findThefts,
    settleThefts,
    findResource,
    resourcesOf,
    resourcesAfter,
    checkEntity,
    schemaText,
  };
}

/** What the vault's ports are while the vault is being opened. */
const SEALED_VAULT: VaultPorts = {
  seal: closed("seal"),
  unseal: closed("unseal"),
  deriveSecret: closed("deriveSecret"),
  makeKey: closed("makeKey"),
  keepKey: closed("keepKey"),
  sign: closed("sign"),
  signOnProof: closed("signOnProof"),
  listenerKey: closed("listenerKey"),
  keyProtection: closed("keyProtection"),
};

function closed(port: string): () => never {
  return () => {
    throw new Error(`the port ${port} is not open`);
  };
}
