import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rsaKeyFile } from "@/server/testing/rsa-key";
import { makeKey, requestFor, typeOfKey } from "./key-request";

function verifyWithOpenssl(request: string): string {
  const args = ["req", "-verify", "-noout", "-text"];
  return execFileSync("openssl", args, { input: request, stdio: "pipe" }).toString();
}

describe("a key made on a node", () => {
  it.each(["p256", "p384", "ed25519"] as const)("%s signs a request that openssl accepts", async (type) => {
    const key = await makeKey(type);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(typeOfKey(key)).toBe(type);
    expect(verifyWithOpenssl(await requestFor(key))).toMatch(/Subject:\s*\n/);
  });

  it.each([2048, 2560, 3072, 4096])("is known as RSA of %i bits, and signs too", async (bits) => {
    const key = readFileSync(rsaKeyFile(bits), "utf8");
    expect(typeOfKey(key)).toBe(`rsa${bits}`);
    expect(verifyWithOpenssl(await requestFor(key))).toContain(`(${bits} bit)`);
  });

  it("is refused when it is of another size", () => {
    const key = readFileSync(rsaKeyFile(1024), "utf8");
    expect(() => typeOfKey(key)).toThrow(expect.objectContaining({ code: "node.key_type" }));
  });
});
