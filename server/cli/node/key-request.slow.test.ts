import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { parseRequestPem } from "@/server/engines/x509/request";
import { makeKey, requestFor, typeOfKey } from "./key-request";

it.each([2048, 3072, 4096] as const)(
  "a key of RSA-%i made on a node signs a request that openssl accepts",
  async (bits) => {
    const key = await makeKey(`rsa${bits}`);
    expect(typeOfKey(key)).toBe(`rsa${bits}`);

    const request = await requestFor(key);
    execFileSync("openssl", ["req", "-verify", "-noout"], { input: request, stdio: "pipe" });
    expect(parseRequestPem(request).publicKey.algorithm).toBe(`RSA-${bits}`);
  },
);
