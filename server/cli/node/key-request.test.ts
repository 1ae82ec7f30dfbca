import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { KEY_TYPES, makeKey, requestFor, typeOfKey } from "./key-request";

describe("a key made on a node", () => {
  it.each(KEY_TYPES)("%s signs a request that openssl accepts", async (type) => {
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
});
