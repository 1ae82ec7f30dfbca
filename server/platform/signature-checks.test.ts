import { generateKeyPairSync, sign } from "node:crypto";
import { expect, it } from "vitest";
import { checkSignature, type SignatureCheck } from "./signature-checks";

function checkFor(kind: "ec" | "rsa", isAltered: boolean): SignatureCheck {
  const data = Buffer.from("what was signed");
  const pair =
    kind === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "prime256v1" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const signature = sign("sha256", data, pair.privateKey);
  const key =
    kind === "ec"
      ? { jwk: pair.publicKey.export({ format: "jwk" }) }
      : { spki: pair.publicKey.export({ type: "spki", format: "der" }) };
  return { digest: "sha256", key, data: isAltered ? Buffer.from("what was not") : data, signature };
}

it.each([1, 3, 100])("tells good from altered among %i that come together", async (count) => {
  const kinds = Array.from({ length: count }, (_, index) => index % 3 === 0);
  const checks = kinds.map((isAltered, index) => checkFor(index === 5 ? "rsa" : "ec", isAltered));
  expect(await Promise.all(checks.map(checkSignature))).toEqual(kinds.map((isAltered) => !isAltered));
});

it("takes a key that is none for a signature that is bad", async () => {
  const broken = { ...checkFor("ec", false), key: { jwk: { kty: "EC", crv: "P-256", x: "AA", y: "AA" } } };
  expect(await Promise.all(Array.from({ length: 8 }, () => checkSignature(broken)))).toEqual(Array(8).fill(false));
  expect(await checkSignature(broken)).toBe(false);
});
