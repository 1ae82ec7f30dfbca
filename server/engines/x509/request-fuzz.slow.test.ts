import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signWith, testKey } from "@/server/testing/x509";
import { encode, sequence } from "./der";
import { assertDer, DerReader } from "./der-reader";
import { DerError, X509Error } from "./errors";
import { type KeyAlgorithm, keyAlgorithms } from "./keys";
import { parseRequest } from "./request";
import { buildRequestInfo } from "./request-writer";
import { encodeSignatureAlgorithm, requestSignatureAlgorithm } from "./signatures";
import { signedSequence } from "./certificate";
import { parseGeneralName } from "./general-names";

/** A valid request with a key of this kind, several names and a second extension. */
function requestOf(algorithm: KeyAlgorithm): Uint8Array {
  const key = testKey(algorithm);
  const signatureAlgorithm = requestSignatureAlgorithm(algorithm);
  const tbs = buildRequestInfo({
    subject: [
      { type: "O", value: "Acmé" },
      { type: "CN", value: "gpu-7" },
    ],
    names: [
      "dns:gpu-7.swarm.local",
      "ip:10.1.2.3",
      "ip:fd00::1",
      "email:a@b.org",
      "uri:spiffe://swarm.local/node/gpu-7",
    ].map(parseGeneralName),
    spki: key.publicKey.spki,
  });
  return encode(
    signedSequence(tbs, encodeSignatureAlgorithm(signatureAlgorithm), signWith(key, signatureAlgorithm, tbs)),
  );
}

describe("mutated requests", () => {
  const seeds = keyAlgorithms.map(requestOf);
  const mutation = fc.record({
    at: fc.nat(5000),
    octet: fc.nat(255),
    kind: fc.constantFrom("set", "flip", "insert", "remove", "cut", "double"),
  });
  const mutated = fc.tuple(fc.constantFrom(...seeds), fc.array(mutation, { minLength: 1, maxLength: 4 }));

  it("never make the reader throw anything but its own refusals, 24,000 times", () => {
    let refused = 0;
    fc.assert(
      fc.property(mutated, ([seed, mutations]) => {
        const der = mutations.reduce(mutate, seed);
        refused += expectOnly(X509Error, () => parseRequest(der));
        expectOnly(DerError, () => walk(der));
      }),
      { numRuns: 24_000 },
    );
    expect(refused).toBeGreaterThan(15_000);
  });

  it("nor does plain noise", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        expectOnly(DerError, () => walk(noise));
        expectOnly(X509Error, () => parseRequest(noise));
      }),
      { numRuns: 5_000 },
    );
  });

  it("nor does deep nesting, which ends early", () => {
    const deep = Uint8Array.from({ length: 60_000 }, (_, index) => (index % 2 === 0 ? 0x30 : 0x80));
    expect(expectOnly(DerError, () => walk(deep))).toBe(1);
    let nested: Uint8Array = Uint8Array.of(0x30, 0);
    for (let depth = 0; depth < 200; depth++) nested = encode(sequence([nested]));
    expect(() => walk(nested)).toThrow(expect.objectContaining({ code: "der.depth" }));
  });
});

function walk(der: Uint8Array): void {
  const reader = DerReader.of(der);
  while (!reader.isDone) assertDer(reader.readAny());
}

function mutate(der: Uint8Array, mutation: { at: number; octet: number; kind: string }): Uint8Array {
  const at = mutation.at % Math.max(1, der.length);
  const copy = Uint8Array.from(der);
  switch (mutation.kind) {
    case "set":
      copy[at] = mutation.octet;
      return copy;
    case "flip":
      copy[at] = (copy[at] ?? 0) ^ (1 << (mutation.octet & 7));
      return copy;
    case "insert":
      return Uint8Array.from([...der.subarray(0, at), mutation.octet, ...der.subarray(at)]);
    case "remove":
      return Uint8Array.from([...der.subarray(0, at), ...der.subarray(at + 1)]);
    case "cut":
      return der.subarray(0, at);
    default:
      return Uint8Array.from([...der, ...der.subarray(at)]);
  }
}

/** Runs it; 1 when it was refused as it should be, 0 when it went through, and any other error goes on to the test. */
function expectOnly(kind: typeof X509Error | typeof DerError, run: () => void): number {
  try {
    run();
    return 0;
  } catch (error) {
    if (error instanceof kind) return 1;
    throw error;
  }
}
