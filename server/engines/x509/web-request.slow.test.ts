import { createPublicKey, verify } from "node:crypto";
import { afterAll, expect, it } from "vitest";
import { opensslDirectory } from "@/server/testing/x509";
import { keyAlgorithms } from "./keys";
import { parseRequestPem } from "./request";
import { signatureHash } from "./signatures";
import { createKeyAndRequest } from "./web-request";

const openssl = opensslDirectory();
afterAll(() => openssl.remove());

it.each(keyAlgorithms)("makes a %s key and a request that proves it, to us and to OpenSSL", async (algorithm) => {
  const names = [{ type: "dns", value: "gpu-7.swarm.local" }] as const;
  const made = await createKeyAndRequest({ algorithm, subject: [], names });
  const request = parseRequestPem(made.requestPem);
  expect(request.publicKey.algorithm).toBe(algorithm);
  expect(request.requestedSans).toEqual(names);
  const key = createPublicKey(made.privateKeyPem);
  expect(verify(signatureHash(request.signatureAlgorithm), request.tbs, key, request.signature)).toBe(true);

  openssl.write("browser.csr", made.requestPem);
  expect(openssl.attempt("req", "-in", "browser.csr", "-noout", "-verify", "-pubkey")).toMatchObject({
    code: 0,
    output: expect.stringContaining(String(key.export({ format: "pem", type: "spki" }))),
  });
});
