import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isFresh, stampOf, writeStamp } from "./fingerprint.mjs";
import { ROOT } from "./paths.mjs";

let folder = "";
let sources: string[] = [];
let stampFile = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fingerprint-"));
  writeFileSync(join(folder, "a.ts"), "one");
  sources = [relative(ROOT, join(folder, "a.ts"))];
  stampFile = join(folder, "stamp.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

it("is stale until it is stamped, and after a change", () => {
  expect(isFresh(stampFile, sources)).toBe(false);
  writeStamp(stampFile, stampOf(sources));
  expect(isFresh(stampFile, sources)).toBe(true);
  writeFileSync(join(folder, "a.ts"), "two");
  expect(isFresh(stampFile, sources)).toBe(false);
});

it("stays fresh when a file was touched but not changed", () => {
  writeStamp(stampFile, stampOf(sources));
  utimesSync(join(folder, "a.ts"), new Date(0), new Date(0));
  expect(isFresh(stampFile, sources)).toBe(true);
});

it("is stale when the stamp is damaged", () => {
  writeFileSync(stampFile, "{");
  expect(isFresh(stampFile, sources)).toBe(false);
});
