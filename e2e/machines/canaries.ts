import { createDecipheriv, createPrivateKey } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";

/** Something that must not be found anywhere. */
export interface Canary {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A secret that people read or type: as it is written, and without the gaps of its groups. */
export function written(name: string, text: string): Canary[] {
  return [...new Set([text, text.replaceAll(/[\s-]/g, "")])].map((form) => ({ name, bytes: Buffer.from(form) }));
}

/** Every way in which bytes are written down that is worth looking for; base64 at each of its three alignments. */
export function formsOf(bytes: Buffer): Buffer[] {
  const hex = bytes.toString("hex");
  const texts = [hex, hex.toUpperCase(), ...[0, 1, 2].map((offset) => base64At(bytes, offset))];
  const urls = texts.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  const forms = [
    bytes,
    Buffer.from(bytes.toString("latin1"), "utf16le"),
    ...[...texts, ...urls].map((text) => Buffer.from(text)),
  ];
  return [...new Map(forms.map((form) => [form.toString("latin1"), form])).values()];
}

/** The characters of base64 that stand for these bytes alone, when so many others come before them. */
function base64At(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

/** Which canaries are in which files, in whatever form. */
export function findCanaries(files: readonly string[], canaries: readonly Canary[]): string[] {
  const sought = canaries.map(({ name, bytes }) => ({ name, forms: formsOf(bytes) }));
  return files.flatMap((file) => {
    const content = readFileSync(file);
    return sought
      .filter(({ forms }) => forms.some((form) => content.includes(form)))
      .map(({ name }) => `${name} in ${file}`);
  });
}

/** Every file below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Opens the data key and every private key of a product with its master key, as the format says and without our code. */
export function unsealKeys(databaseFile: string, masterKeyFile: string): Canary[] {
  const master = Buffer.from(readFileSync(masterKeyFile, "utf8").trim().split(":")[1] ?? "", "base64url");
  const database = new Sqlite(databaseFile, { readonly: true });
  try {
    const dataKey = database.prepare("SELECT id, wrapped FROM data_keys").get() as { id: number; wrapped: Buffer };
    const opened = open(master, `data_keys/${dataKey.id}/wrapped`, dataKey.wrapped);
    const rows = database.prepare("SELECT id, purpose, sealed FROM keys").all() as KeyRow[];
    const keys = rows.flatMap(({ id, purpose, sealed }) => {
      const pkcs8 = open(opened, `keys/${id}/sealed`, sealed);
      return [
        { name: `private key ${purpose} in PKCS#8`, bytes: pkcs8 },
        { name: `private key ${purpose}`, bytes: scalarOf(pkcs8) },
      ];
    });
    return [{ name: "master key", bytes: master }, { name: "data key", bytes: opened }, ...keys];
  } finally {
    database.close();
  }
}

interface KeyRow {
  readonly id: string;
  readonly purpose: string;
  readonly sealed: Buffer;
}

/** AES-256-GCM: version (1) ‖ data key id (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16); the first five bytes and the label are authenticated. */
function open(key: Buffer, label: string, sealed: Buffer): Buffer {
  const cipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(5, 17));
  cipher.setAAD(Buffer.concat([sealed.subarray(0, 5), Buffer.from(label)]));
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(17, -16)), cipher.final()]);
}

/** The number that is the private key. */
export function scalarOf(pkcs8: Buffer): Buffer {
  const { d } = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }).export({ format: "jwk" });
  return Buffer.from(d ?? "", "base64url");
}
