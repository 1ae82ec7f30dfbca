import { expect, it, vi } from "vitest";
import { DomainError, Forbidden, Missing } from "./errors";

it("knows its own kind from another bundle of the same process, and tells one error from another", async () => {
  vi.resetModules();
  const other = await import("./errors");
  expect(other.DomainError).not.toBe(DomainError);

  const missing = new other.Missing("certificate", "4f");
  expect(missing).toBeInstanceOf(DomainError);
  expect(missing).not.toBeInstanceOf(Missing);
  expect(new Missing("certificate", "4f")).toBeInstanceOf(Missing);
  expect(new Missing("certificate", "4f")).not.toBeInstanceOf(Forbidden);
});

it("takes no other error for one of its kind", () => {
  expect(Object.assign(new Error("no such file"), { code: "ENOENT" })).not.toBeInstanceOf(DomainError);
  expect({ code: "a", fault: "invalid", facts: {} }).not.toBeInstanceOf(DomainError);
});
