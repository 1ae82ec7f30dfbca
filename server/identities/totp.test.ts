import { expect, it } from "vitest";
import { enrolmentOf, totpCodeAt, totpStepOf } from "./totp";

const secret = Buffer.from("12345678901234567890");

it.each([
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
])("shows the code of RFC 6238, appendix B, at %i s", (seconds, code) => {
  const at = new Date(seconds * 1000);
  expect(totpCodeAt(secret, at)).toBe(code);
  expect(totpStepOf(secret, code, at)).toBe(Math.floor(seconds / 30));
});

it.each([
  [-60, false],
  [-30, true],
  [0, true],
  [30, true],
  [60, false],
])("takes a code from %i s away: %s", (seconds, isTaken) => {
  const now = new Date("2026-03-12T14:32:10Z");
  const code = totpCodeAt(secret, new Date(now.getTime() + seconds * 1000));
  expect(totpStepOf(secret, code, now) !== undefined).toBe(isTaken);
});

it.each(["", "12345", "1234567", "abcdef", "１２３４５６", "12 34"])("takes no %s", (code) => {
  expect(totpStepOf(secret, code, new Date(59_000))).toBeUndefined();
});

it("is told to apps as text and as a QR code of the same text", () => {
  const { secret: shown, uri, qr } = enrolmentOf(secret, "Swarm & Co", "mara@swarm.local");
  expect(shown.replaceAll(" ", "")).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  expect(new URL(uri).searchParams.get("secret")).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  expect(new URL(uri).searchParams.get("issuer")).toBe("Swarm & Co");
  expect(qr.length).toBeGreaterThan(20);
  expect(qr.every((row) => row.length === qr.length)).toBe(true);
});
