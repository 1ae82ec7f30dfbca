import type { Ports } from "@/server/kernel/ports";
import { MachineNameTaken } from "./errors";
import { isLastAdmin } from "./identity";
import { findKnown, findKnownByName, insertMachine, markIdentitySeen } from "./known-store";
import { getOwnAccount } from "./own-account";
import { prove } from "./prove";
import { markSessionsEnded } from "./session-store";
import { allTeams } from "./team-store";
import { findOrganisation, insertOrganisation, setIdentityState } from "./store";

/** See `Ports.findIdentity`. */
export const findIdentity: Ports["findIdentity"] = async (db, id) => findKnown(db, id);

/** See `Ports.findIdentityByName`. */
export const findIdentityByName: Ports["findIdentityByName"] = async (db, kind, name) =>
  findKnownByName(db, kind, name);

/** See `Ports.teams`. */
export const teams: Ports["teams"] = async (db) => allTeams(db);

/** See `Ports.organisation`. */
export const organisation: Ports["organisation"] = (db) => findOrganisation(db);

/** See `Ports.foundOrganisation`. */
export const foundOrganisation: Ports["foundOrganisation"] = (tx, wanted) => insertOrganisation(tx, wanted);

/** See `Ports.assertMachineName`. */
export const assertMachineName: Ports["assertMachineName"] = async (db, kind, name) => {
  if (kind === "user") return;
  const other = kind === "node" ? "service" : "node";
  if (findKnownByName(db, other, name)) throw new MachineNameTaken(other, name, kind);
};

/** See `Ports.ensureIdentity`. People are made by `createUser` alone, because they need an e-mail address. */
export const ensureIdentity: Ports["ensureIdentity"] = async (tx, { kind, name, id, at }) => {
  const known = findKnownByName(tx, kind, name);
  if (known) return known;
  if (kind === "user") throw new Error("a user is not made on the way");
  await assertMachineName(tx, kind, name);
  return insertMachine(tx, { id, kind, name, at });
};

/** See `Ports.lockIdentity`. Ends its sessions too. */
export function lockIdentityUnlessLastAdmin(holdersOf: Ports["holdersOf"]): Ports["lockIdentity"] {
  return async (tx, id, reason, at) => {
    const known = findKnown(tx, id);
    if (known?.state !== "active") return true;
    if (await isLastAdmin({ holdersOf }, tx, known)) return false;
    await setIdentityState(tx, id, "locked", reason, at);
    await markSessionsEnded(tx, id, { at, by: "system", reason: `identity locked: ${reason}` });
    return true;
  };
}

/** See `Ports.proveFreshly`. */
export const proveFreshly: Ports["proveFreshly"] = async (ctx, permit, given) =>
  prove(ctx, permit, await getOwnAccount(ctx), given, "password and code");

/** See `Ports.noteIdentitySeen`. */
export const noteIdentitySeen: Ports["noteIdentitySeen"] = async (tx, id, at, address) =>
  markIdentitySeen(tx, id, at, address);
