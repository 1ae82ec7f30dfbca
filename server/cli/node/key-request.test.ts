import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rsaKeyFile } from "@/server/testing/rsa-key";
import { makeKey, requestFor, typeOfKey } from "./key-request";

describe("a key made on a node", () => {
  it.each(["p256", "p384", "ed25519", "rsa2048"] as const)("%s signs a request that openssl accepts", async (type) => {
    const key = await makeKey(type);
    expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(typeOfKey(key)).toBe(type);

    const request = await requestFor(key);
    const said = execFileSync("openssl", ["req", "-verify", "-noout", "-text"], {
      input: request,
      stdio: "pipe",
    }).toString();
    expect(said).toMatch(/Subject:\s*\n/);
  });

  it.each([2048, 2560, 3072, 4096])("is known as RSA of %i bits", (bits) => {
    expect(typeOfKey(readFileSync(rsaKeyFile(bits), "utf8"))).toBe(`rsa${bits}`);
  });

  it("of another size is refused by name", () => {
    const key = readFileSync(rsaKeyFile(1024), "utf8");
    expect(() => typeOfKey(key)).toThrow(expect.objectContaining({ code: "node.key_type" }));
  });
});
