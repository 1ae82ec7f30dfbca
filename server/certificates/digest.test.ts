import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { encodePem } from "@/server/engines/x509/pem";
import { certificatePem } from "./digest";

it.each([1, 47, 48, 49, 96, 700])("writes the PEM of %i bytes as the engine does", (length) => {
  const der = new Uint8Array(randomBytes(length + 5)).subarray(5);
  expect(certificatePem(der)).toBe(encodePem("CERTIFICATE", der));
});
