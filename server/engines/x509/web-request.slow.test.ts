import { createPublicKey, verify } from "node:crypto";
import { expect, it } from "vitest";
import { parseRequestPem } from "./request";
import { signatureHash } from "./signatures";
import { createKeyAndRequest } from "./web-request";

it.each(["RSA-3072", "RSA-4096"] as const)("makes a %s key and a request that proves it", async (algorithm) => {
  const names = [{ type: "dns", value: "gpu-7.swarm.local" }] as const;
  const made = await createKeyAndRequest({ algorithm, subject: [], names });
  const request = parseRequestPem(made.requestPem);
  expect(request.publicKey.algorithm).toBe(algorithm);
  expect(request.requestedSans).toEqual(names);
  const key = createPublicKey(made.privateKeyPem);
  expect(verify(signatureHash(request.signatureAlgorithm), request.tbs, key, request.signature)).toBe(true);
});
