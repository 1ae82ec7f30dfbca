import { dirname } from "node:path";
import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { KeyProtection } from "@/server/kernel/ports";
import { type DataKey, openWith, sealWith } from "./envelope";
import { MasterKeyMissing, MasterKeyWrong } from "./errors";
import { keyOfPassphrase, makeKeyFile, readKeyFile } from "./master-key";
import { insertFirstDataKey, listDataKeys, type WrappedDataKey } from "./store";
import { Vault } from "./vault";

/** Where the master key is, and where the database is that it protects. */
export interface MasterKeySource {
  readonly file: string;
  readonly passphrase: string | undefined;
  readonly databaseFile: string;
}

/**
 * Opens the data keys with the master key; on the first start it makes both.
 *
 * @throws {MasterKeyMissing} @throws {MasterKeyWrong} before anything is written.
 */
export async function openVault(ctx: Context, source: MasterKeySource): Promise<Vault> {
  let rows = await listDataKeys(ctx.read);
  if (rows.length === 0) {
    await createDataKey(ctx, source);
    rows = await listDataKeys(ctx.read);
  }
  const opened: DataKey[] = [];
  for (const row of rows) opened.push(await unwrap(row, source));
  const [first, ...rest] = opened;
  if (!first) throw new MasterKeyMissing("the database holds no data key");

  const { wrappedBy } = rows[0] ?? { wrappedBy: "file" };
  return new Vault({
    dataKeys: [first, ...rest],
    protection: protectionOf(wrappedBy, source),
    read: ctx.read,
    random: ctx.random,
    newId: ctx.newId,
  });
}

/**
 * Whether the master key opens what a database is sealed with, asked before newer code changes its tables.
 *
 * @throws {MasterKeyMissing} @throws {MasterKeyWrong}
 */
export async function assertMasterKeyFits(db: ReadDatabase, source: MasterKeySource): Promise<void> {
  for (const row of await listDataKeys(db)) await unwrap(row, source);
}

async function createDataKey(ctx: Context, source: MasterKeySource): Promise<void> {
  const permit = await authorize(ctx, "key.create", { type: "Key", id: "*" });
  const salt = source.passphrase === undefined ? null : Buffer.from(ctx.random(16));
  if (!salt) makeKeyFile(source.file, ctx.random(32), ctx.newId("draft"));
  const master = await masterOf({ wrappedBy: salt ? "passphrase" : "file", salt }, source);
  const wrapped = sealWith({ id: 0, bytes: master }, ctx.random(12), labelOf(1), ctx.random(32));

  await commit(permit, async (tx) => {
    const row: WrappedDataKey = {
      id: 1,
      wrapped,
      wrappedBy: salt ? "passphrase" : "file",
      salt,
      createdAt: ctx.now(),
      retiredAt: null,
    };
    const kept = await insertFirstDataKey(tx, row);
    return {
      value: undefined,
      event: { kind: "key.created", detail: { purpose: "data key", wrappedBy: row.wrappedBy, kept } },
    };
  });
}

async function unwrap(row: WrappedDataKey, source: MasterKeySource): Promise<DataKey> {
  const bytes = openWith({ id: 0, bytes: await masterOf(row, source) }, labelOf(row.id), row.wrapped);
  if (bytes) return { id: row.id, bytes };
  throw new MasterKeyWrong(
    row.wrappedBy === "file"
      ? `the master key file ${source.file} does not open this database; restore the one that was made with it`
      : "the passphrase does not open this database; SWARM_MASTER_PASSPHRASE must hold the one it was made with",
  );
}

async function masterOf(row: Pick<WrappedDataKey, "wrappedBy" | "salt">, source: MasterKeySource): Promise<Uint8Array> {
  if (row.wrappedBy === "file") return readKeyFile(source.file);
  if (source.passphrase === undefined || !row.salt) {
    throw new MasterKeyMissing("this database is protected by a passphrase; give it in SWARM_MASTER_PASSPHRASE");
  }
  return keyOfPassphrase(source.passphrase, row.salt);
}

function protectionOf(wrappedBy: WrappedDataKey["wrappedBy"], source: MasterKeySource): KeyProtection {
  return {
    master: wrappedBy,
    besideDatabase: wrappedBy === "file" && dirname(source.file) === dirname(source.databaseFile),
  };
}

function labelOf(id: number): string {
  return `data_keys/${id}/wrapped`;
}
