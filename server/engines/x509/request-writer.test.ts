import { createPublicKey, verify } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { opensslDirectory, signWith, testKey } from "@/server/testing/x509";
import { keyAlgorithms } from "./keys";
import { encodePem } from "./pem";
import { type CertificateRequest, parseRequest, parseRequestPem } from "./request";
import { writeRequest } from "./request-writer";
import { requestSignatureAlgorithm, signatureHash } from "./signatures";
import { createKeyAndRequest } from "./web-request";

const openssl = opensslDirectory();
afterAll(() => openssl.remove());

/** Whether the request proves possession of its key. */
function isProven(request: CertificateRequest): boolean {
  const key = createPublicKey({ key: Buffer.from(request.publicKey.spki), format: "der", type: "spki" });
  return verify(signatureHash(request.signatureAlgorithm), request.tbs, key, request.signature);
}

describe("writeRequest", () => {
  it.each(keyAlgorithms)("makes what openssl req verifies, with a %s key", async (algorithm) => {
    const key = testKey(algorithm);
    const signatureAlgorithm = requestSignatureAlgorithm(algorithm);
    const der = await writeRequest({
      subject: [{ type: "CN", value: "gpu-7" }],
      names: [{ type: "dns", value: "gpu-7.swarm.local" }],
      spki: key.publicKey.spki,
      signatureAlgorithm,
      sign: async (tbs) => signWith(key, signatureAlgorithm, tbs),
    });
    openssl.write("ours.pem", encodePem("CERTIFICATE REQUEST", der));
    expect(openssl.attempt("req", "-in", "ours.pem", "-noout", "-verify", "-text")).toMatchObject({
      code: 0,
      output: expect.stringContaining("DNS:gpu-7.swarm.local"),
    });
    expect(parseRequest(der)).toMatchObject({
      subjectText: "CN=gpu-7",
      requestedSans: [{ type: "dns", value: "gpu-7.swarm.local" }],
    });
  });
});

describe("createKeyAndRequest", () => {
  it.each(["P-256", "P-384", "Ed25519", "RSA-2048"] as const)(
    "makes a %s key and a request by WebCrypto alone",
    async (algorithm) => {
      const made = await createKeyAndRequest({
        algorithm,
        subject: [],
        names: [{ type: "dns", value: "gpu-7.swarm.local" }],
      });
      const request = parseRequestPem(made.requestPem);
      expect(request.publicKey.algorithm).toBe(algorithm);
      expect(isProven(request)).toBe(true);
      const own = createPublicKey(made.privateKeyPem).export({ format: "der", type: "spki" });
      expect(own.equals(request.publicKey.spki)).toBe(true);
    },
  );
});
