import { execFileSync } from "node:child_process";
import { createHash, createPublicKey } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { kept } from "@/server/testing/kept";
import { rsaPair } from "@/server/testing/rsa-key";
import { sha256, testKey } from "@/server/testing/x509";
import { bigInteger, bitString, type DerPart, derNull, encode, integer, sequence } from "./der";
import { oid } from "./der-primitives";
import { fromHex, toHex } from "./hex";
import { ellipticJwk, keyAlgorithms, keyIdentifier, keyName, parsePublicKey } from "./keys";
import { keyOids } from "./oids";
import { decodePem, decodePemAll, encodePem } from "./pem";
import { modulusWeakness } from "./rsa-modulus";
import { ecdsaDerToRaw, ecdsaRawToDer } from "./signatures";

const spkiOf = (algorithm: DerPart[], key: Uint8Array): Uint8Array =>
  encode(sequence([sequence(algorithm), bitString(key)]));
const ec = (curve: string, point: Uint8Array): Uint8Array => spkiOf([oid(keyOids.ecPublicKey), oid(curve)], point);
const rsa = (modulus: bigint, exponent: bigint, parameters: DerPart[] = [derNull]): Uint8Array =>
  spkiOf([oid(keyOids.rsaEncryption), ...parameters], encode(sequence([bigInteger(modulus), bigInteger(exponent)])));

function modulusOf(bits: number): bigint {
  const jwk = rsaPair(bits).publicKey.export({ format: "jwk" });
  return BigInt(`0x${Buffer.from(jwk.n ?? "", "base64url").toString("hex")}`);
}

const modulus = modulusOf(2048);
const point256 = testKey("P-256").publicKey.subjectPublicKey;
const moved = Uint8Array.from(point256);
moved[64] = (moved[64] ?? 0) ^ 1;

describe("parsePublicKey", () => {
  it.each(keyAlgorithms)("knows %s", (algorithm) => {
    const { publicKey } = testKey(algorithm);
    expect(publicKey.algorithm).toBe(algorithm);
    expect(publicKey.bits).toBe(
      { "P-256": 256, "P-384": 384, Ed25519: 256, "RSA-2048": 2048, "RSA-3072": 3072, "RSA-4096": 4096 }[algorithm],
    );
  });

  it.each([
    [2048, "RSA-2048"],
    [2056, "RSA-2048"],
    [2560, "RSA-2048"],
    [3064, "RSA-2048"],
    [3080, "RSA-3072"],
    [4088, "RSA-3072"],
    [4096, "RSA-4096"],
  ])("counts an RSA key of %i bits as %s", (bits, algorithm) => {
    let modulus = 2n ** BigInt(bits - 1) + 1n;
    while (modulusWeakness(modulus) !== null) modulus += 2n;
    const publicKey = parsePublicKey(rsa(modulus, 65_537n));
    expect(publicKey).toMatchObject({ algorithm, bits });
    expect(keyName(publicKey)).toBe(`RSA-${bits}`);
  });

  it("knows an RSA key of 2560 bits as openssl writes it", () => {
    const spki = kept("RSA key of 2560 bits by openssl, SubjectPublicKeyInfo", () => {
      const options = ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2560"];
      const key = execFileSync("openssl", options, { stdio: ["ignore", "pipe", "ignore"] });
      return execFileSync("openssl", ["pkey", "-pubout", "-outform", "DER"], { input: key });
    });
    expect(parsePublicKey(readFileSync(spki))).toMatchObject({ algorithm: "RSA-2048", bits: 2560 });
  });

  it.each([2040, 2047, 2052, 4095, 4104])("refuses an RSA key of %i bits, and says what it takes", (bits) => {
    const spki = rsa(2n ** BigInt(bits - 1) + 1n, 65_537n);
    expect(() => parsePublicKey(spki)).toThrow(
      expect.objectContaining({ code: "key.rsa_size", message: expect.stringContaining("2048 to 4096") }),
    );
  });

  it.each([
    ["a point beside the curve", ec(keyOids.p256, moved), "key.point_not_on_curve"],
    ["a point of P-256 under the name of P-384", ec(keyOids.p384, point256), "key.size"],
    ["the point at infinity", ec(keyOids.p256, Uint8Array.of(0)), "key.point_form"],
    ["a coordinate beyond the field", ec(keyOids.p256, fromHex(`04${"ff".repeat(64)}`)), "key.point_not_on_curve"],
    ["a hybrid point", ec(keyOids.p256, Uint8Array.from([6, ...point256.subarray(1)])), "key.point_form"],
    ["a curve that is not named", spkiOf([oid(keyOids.ecPublicKey)], point256), "key.curve"],
    ["X25519", spkiOf([oid("1.3.101.110")], new Uint8Array(32)), "key.algorithm"],
    ["Ed25519 with parameters", spkiOf([oid(keyOids.ed25519), derNull], new Uint8Array(32)), "key.parameters"],
    ["31 octets of Ed25519", spkiOf([oid(keyOids.ed25519)], new Uint8Array(31)), "key.size"],
    ["an Ed25519 key of small order", spkiOf([oid(keyOids.ed25519)], new Uint8Array(32)), "key.point_not_on_curve"],
    [
      "the identity as Ed25519 key",
      spkiOf([oid(keyOids.ed25519)], Uint8Array.of(1, ...new Uint8Array(31))),
      "key.point_not_on_curve",
    ],
    [
      "an Ed25519 key of order 8",
      spkiOf([oid(keyOids.ed25519)], fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")),
      "key.point_not_on_curve",
    ],
    [
      "an Ed25519 key that is not canonical",
      spkiOf([oid(keyOids.ed25519)], new Uint8Array(32).fill(0xff)),
      "key.point_not_on_curve",
    ],
    ["RSA without NULL", rsa(modulus, 65_537n, []), "key.parameters"],
    ["an exponent of 3", rsa(modulus, 3n), "key.rsa_exponent"],
    ["an even exponent", rsa(modulus, 65_538n), "key.rsa_exponent"],
    ["an exponent of 65 bits", rsa(modulus, 2n ** 64n + 1n), "key.rsa_exponent"],
    ["an even modulus", rsa(modulus - 1n, 65_537n), "key.rsa_modulus"],
    ["a modulus with a factor of 3", rsa(2n ** 2047n + 1n, 65_537n), "key.rsa_modulus"],
    ["2047 bits", rsa(2n ** 2046n + 1n, 65_537n), "key.rsa_size"],
    [
      "a key within a key",
      spkiOf([oid(keyOids.rsaEncryption), derNull], encode(sequence([integer(1), integer(1), integer(1)]))),
      "der.trailing",
    ],
  ])("refuses %s", (_name, spki, code) => {
    expect(() => parsePublicKey(spki)).toThrow(expect.objectContaining({ code }));
  });

  it("finds primes that are too close, and the fingerprint of ROCA, but no fault in sound keys", () => {
    const closePrimes = (2n ** 61n - 1n) * (2n ** 61n - 1n);
    expect(modulusWeakness(closePrimes)).toContain("close");
    // 65537^k modulo the product of the primes is what the faulty library made its primes from.
    const product = [
      3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
      113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ].reduce((all, prime) => all * BigInt(prime), 1n);
    const roca = product * 2n ** 1500n + 65_537n ** 3n;
    expect(modulusWeakness(roca % 2n === 0n ? roca + product : roca)).toContain("ROCA");
    for (const bits of [2048, 3072]) expect(modulusWeakness(modulusOf(bits))).toBeNull();
  });
});

describe("keyIdentifier", () => {
  it("is the first 160 bits of SHA-256 over the key's bits, as RFC 7093 method 1 says", () => {
    const { publicKey } = testKey("P-384");
    const expected = createHash("sha256").update(publicKey.spki.subarray(-97)).digest("hex").slice(0, 40);
    expect(toHex(keyIdentifier(publicKey, sha256))).toBe(expected);
  });
});

describe("ellipticJwk", () => {
  it.each(keyAlgorithms)("is what Node exports for a %s key, or nothing", (algorithm) => {
    const { publicKey } = testKey(algorithm);
    const spki = Buffer.from(publicKey.spki);
    const exported = createPublicKey({ key: spki, format: "der", type: "spki" }).export({ format: "jwk" });
    expect(ellipticJwk(publicKey)).toEqual(algorithm.startsWith("RSA") ? null : exported);
  });
});

describe("ECDSA signatures", () => {
  it("change between both forms, with short halves and high bits", () => {
    for (const raw of [
      fromHex("00".repeat(31) + "01" + "ff".repeat(32)),
      fromHex("7f".repeat(96)),
      fromHex(`80${"00".repeat(63)}`),
    ]) {
      expect(ecdsaDerToRaw(ecdsaRawToDer(raw), raw.length / 2)).toEqual(raw);
    }
    expect(() => ecdsaDerToRaw(ecdsaRawToDer(fromHex("ff".repeat(96))), 32)).toThrow(
      expect.objectContaining({ code: "signature.encoding" }),
    );
    expect(() => ecdsaRawToDer(new Uint8Array(3))).toThrow(expect.objectContaining({ code: "encoding.value" }));
  });
});

describe("PEM", () => {
  const der = Uint8Array.from({ length: 100 }, (_, index) => index * 7);

  it("has lines of 64 characters and comes back for every length", () => {
    expect(encodePem("CERTIFICATE", der)).toBe(
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    );
    for (let length = 1; length < 100; length++) {
      expect(decodePem("X509 CRL", encodePem("X509 CRL", der.subarray(0, length)))).toEqual(der.subarray(0, length));
    }
  });

  it("finds its own blocks among others", () => {
    const text =
      encodePem("PRIVATE KEY", der) + encodePem("CERTIFICATE", der) + encodePem("CERTIFICATE", der.subarray(1));
    expect(decodePemAll("CERTIFICATE", text)).toEqual([der, der.subarray(1)]);
    expect(decodePemAll("PUBLIC KEY", text)).toEqual([]);
  });

  it.each([
    ["nothing", "", "pem.missing"],
    ["two blocks", encodePem("CERTIFICATE", der).repeat(2), "pem.several"],
    ["no end", encodePem("CERTIFICATE", der).slice(0, -10), "pem.unclosed"],
    ["another block's end", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END PUBLIC KEY-----", "pem.unclosed"],
    ["an empty block", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", "pem.base64"],
    ["a foreign character", "-----BEGIN CERTIFICATE-----\nAA*A\n-----END CERTIFICATE-----", "pem.base64"],
    ["a short group", "-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----", "pem.base64"],
    ["a spare bit", "-----BEGIN CERTIFICATE-----\nAB==\n-----END CERTIFICATE-----", "pem.base64"],
    ["padding in the middle", "-----BEGIN CERTIFICATE-----\nA===AAAA\n-----END CERTIFICATE-----", "pem.base64"],
    ["a label of small letters", "-----BEGIN certificate-----\nAAAA\n-----END certificate-----", "pem.label"],
  ])("refuses %s", (_name, text, code) => {
    expect(() => decodePem("CERTIFICATE", text)).toThrow(expect.objectContaining({ code }));
  });
});

describe("the engine", () => {
  const folder = new URL(".", import.meta.url);
  const sources = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));

  it("imports nobody but itself and names nothing of Node, so that it runs in the browser", () => {
    expect(sources.length).toBeGreaterThan(20);
    for (const name of sources) {
      const text = readFileSync(new URL(name, folder), "utf8");
      const imports = Array.from(text.matchAll(/from "([^"]+)"/g), (match) => match[1]);
      expect(
        imports.filter((from) => !from?.startsWith("./")),
        name,
      ).toEqual([]);
      expect(text, name).not.toMatch(/\b(Buffer|process|require)\b[.(]/);
    }
  });
});
