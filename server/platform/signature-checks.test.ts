import { generateKeyPairSync, sign, verify } from "node:crypto";
import { expect, it } from "vitest";
import { rsaPair } from "@/server/testing/rsa-key";
import { areSignaturesUnderWay, checkSignature, signOnProof, type SignatureCheck } from "./signature-checks";

const KINDS = ["P-256", "P-384", "Ed25519", "RSA"] as const;

function checkFor(kind: (typeof KINDS)[number], isAltered: boolean): SignatureCheck {
  const { privateKey, publicKey } = PAIRS[kind];
  const spki = publicKey.export({ type: "spki", format: "der" });
  const digest = kind === "Ed25519" ? null : kind === "P-384" ? "sha384" : "sha256";
  const data = Buffer.from("what was signed");
  return {
    digest,
    key: kind === "RSA" ? { curve: null, spki } : { curve: kind, point: spki.subarray(-POINT[kind]) },
    data: isAltered ? Buffer.from("what was not") : data,
    signature: sign(digest, data, privateKey),
  };
}

const POINT = { "P-256": 65, "P-384": 97, Ed25519: 32 } as const;

const PAIRS = {
  "P-256": generateKeyPairSync("ec", { namedCurve: "prime256v1" }),
  "P-384": generateKeyPairSync("ec", { namedCurve: "secp384r1" }),
  Ed25519: generateKeyPairSync("ed25519"),
  RSA: rsaPair(2048),
};

it.each([1, 3, 100])("tells good from altered among %i that come together", async (count) => {
  const kinds = Array.from({ length: count }, (_, index) => index % 3 === 0);
  const checks = kinds.map((isAltered, index) => checkFor(KINDS[index % 4] ?? "P-256", isAltered));
  expect(await Promise.all(checks.map(checkSignature))).toEqual(kinds.map((isAltered) => !isAltered));
});

it("says whether signatures are under way, and whoever cannot sign is told", async () => {
  const ed25519 = PAIRS.Ed25519.privateKey;
  const failing = signOnProof(checkFor("P-256", false), { digest: "sha256", key: ed25519, data: Buffer.from("x") });
  expect(areSignaturesUnderWay()).toBe(true);
  await expect(failing).rejects.toThrow();
  expect(areSignaturesUnderWay()).toBe(false);
});

it("takes a key that is none for a signature that is bad", async () => {
  const broken = { ...checkFor("P-256", false), key: { curve: "P-256", point: new Uint8Array(65) } as const };
  expect(await Promise.all(Array.from({ length: 8 }, () => checkSignature(broken)))).toEqual(Array(8).fill(false));
  expect(await checkSignature(broken)).toBe(false);
});

it.each(KINDS)("tells good from altered when one %s signature comes alone", async (kind) => {
  expect(await checkSignature(checkFor(kind, false))).toBe(true);
  expect(await checkSignature(checkFor(kind, true))).toBe(false);
});

it.each(["P-256", "P-384"] as const)("takes no point of %s that is elsewhere, or at infinity", async (curve) => {
  const good = checkFor(curve, false);
  const point = Uint8Array.from("point" in good.key ? good.key.point : []);
  const beside = point.with(-1, (point.at(-1) ?? 0) ^ 1);
  for (const wrong of [beside, Uint8Array.of(0), point.with(0, 0), point.subarray(1), new Uint8Array()]) {
    expect(await checkSignature({ ...good, key: { curve, point: wrong } })).toBe(false);
  }
});

it.each([1, 100])("signs for those alone whose own signature is good, among %i that come together", async (count) => {
  const data = Buffer.from("what we sign");
  const signers = [
    { digest: "sha256", key: PAIRS["P-256"].privateKey },
    { digest: "sha384", key: PAIRS["P-384"].privateKey },
    { digest: null, key: PAIRS.Ed25519.privateKey },
  ] as const;
  const jobs = Array.from({ length: count }, (_, index) => ({
    isAltered: index % 3 === 1,
    check: checkFor(KINDS[index % 4] ?? "P-256", index % 3 === 1),
    signer: signers[index % 3] ?? signers[0],
  }));
  const made = await Promise.all(jobs.map(({ check, signer }) => signOnProof(check, { ...signer, data })));
  const verdicts = jobs.map(({ signer }, index) => {
    const signature = made[index];
    const key = Object.values(PAIRS).find(({ privateKey }) => privateKey === signer.key)?.publicKey;
    return signature && key ? verify(signer.digest, data, key, signature) : null;
  });
  expect(verdicts).toEqual(jobs.map(({ isAltered }) => (isAltered ? null : true)));
});
