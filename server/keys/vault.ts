import { createPrivateKey, generateKeyPair, hkdfSync, type KeyObject, sign as signWith } from "node:crypto";
import { promisify } from "node:util";
import { Missing } from "@/server/kernel/errors";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import type { AuthorityKeyAlgorithm, KeyProtection, SealedKey } from "@/server/kernel/ports";
import { type SignatureCheck, signOnProof } from "@/server/platform/signature-checks";
import { type DataKey, dataKeyIdOf, openWith, sealWith } from "./envelope";
import { KeyUnusable } from "./errors";
import { findKey, insertKey } from "./store";

const generate = promisify(generateKeyPair);

/** What the vault needs of its surroundings. */
export interface VaultParts {
  readonly dataKeys: readonly [DataKey, ...DataKey[]];
  readonly protection: KeyProtection;
  readonly read: ReadDatabase;
  random(bytes: number): Uint8Array;
  newId(prefix: string): string;
}

/** Holds the opened data keys and uses the private keys sealed under them. Private keys never leave, listeners' excepted. */
export class Vault {
  readonly #parts: VaultParts;
  readonly #dataKeys: ReadonlyMap<number, DataKey>;
  readonly #opened = new Map<string, { key: KeyObject; algorithm: AuthorityKeyAlgorithm; purpose: string }>();

  constructor(parts: VaultParts) {
    this.#parts = parts;
    this.#dataKeys = new Map(parts.dataKeys.map((key) => [key.id, key]));
  }

  /** See `Ports.seal`. */
  readonly seal = (label: string, secret: Uint8Array): Uint8Array => {
    const newest = this.#parts.dataKeys.at(-1) ?? this.#parts.dataKeys[0];
    return sealWith(newest, this.#parts.random(12), label, secret);
  };

  /** See `Ports.unseal`. */
  readonly unseal = (label: string, sealed: Uint8Array): Uint8Array => {
    const key = this.#dataKeys.get(dataKeyIdOf(sealed) ?? -1);
    const secret = key && openWith(key, label, sealed);
    if (!secret) throw new KeyUnusable(label);
    return secret;
  };

  /** See `Ports.deriveSecret`: HKDF (RFC 5869) over the first data key, so that it stays the same for ever. */
  readonly deriveSecret = (label: string): Uint8Array =>
    new Uint8Array(hkdfSync("sha256", this.#parts.dataKeys[0].bytes, "swarm", label, 32));

  /** See `Ports.makeKey`. */
  readonly makeKey = async (algorithm: AuthorityKeyAlgorithm, purpose: string): Promise<SealedKey> => {
    const { publicKey, privateKey } =
      algorithm === "Ed25519"
        ? await generate("ed25519")
        : await generate("ec", { namedCurve: algorithm === "P-256" ? "prime256v1" : "secp384r1" });
    const id = this.#parts.newId("key");
    const secret = privateKey.export({ type: "pkcs8", format: "der" });
    const sealed = this.seal(labelOf(id), secret);
    secret.fill(0);
    return { id, algorithm, purpose, publicKey: publicKey.export({ type: "spki", format: "der" }), sealed };
  };

  /** See `Ports.keepKey`. */
  readonly keepKey = (tx: Transaction, key: SealedKey, at: Date): Promise<void> => insertKey(tx, key, at);

  /** See `Ports.sign`. */
  readonly sign = async (key: string | SealedKey, data: Uint8Array): Promise<Uint8Array> => {
    const opened = typeof key === "string" ? await this.#open(key) : this.#unsealKey(key);
    return signWith(DIGESTS[opened.algorithm], data, opened.key);
  };

  /** See `Ports.signOnProof`. */
  readonly signOnProof = async (keyId: string, data: Uint8Array, proof: SignatureCheck): Promise<Uint8Array | null> => {
    const { algorithm, key } = this.#opened.get(keyId) ?? (await this.#open(keyId));
    return signOnProof(proof, { digest: DIGESTS[algorithm], key, data });
  };

  /** See `Ports.listenerKey`. */
  readonly listenerKey = async (keyId: string): Promise<string> => {
    const opened = await this.#open(keyId);
    if (!opened.purpose.startsWith("listener:")) throw new Missing("listener key", keyId);
    return opened.key.export({ type: "pkcs8", format: "pem" }).toString();
  };

  /** See `Ports.keyProtection`. */
  readonly keyProtection = (): KeyProtection => this.#parts.protection;

  async #open(id: string) {
    const known = this.#opened.get(id);
    if (known) return known;
    const row = await findKey(this.#parts.read, id);
    if (!row) throw new Missing("key", id);
    const opened = this.#unsealKey(row);
    this.#opened.set(id, opened);
    return opened;
  }

  #unsealKey(row: Pick<SealedKey, "id" | "algorithm" | "purpose" | "sealed">) {
    const secret = Buffer.from(this.unseal(labelOf(row.id), row.sealed));
    const key = createPrivateKey({ key: secret, format: "der", type: "pkcs8" });
    secret.fill(0);
    return { key, algorithm: row.algorithm, purpose: row.purpose };
  }
}

const DIGESTS = { "P-256": "sha256", "P-384": "sha384", Ed25519: null } as const;

function labelOf(id: string): string {
  return `keys/${id}/sealed`;
}
