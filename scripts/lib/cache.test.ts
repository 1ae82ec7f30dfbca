import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { cacheFolder } from "./cache.mjs";

let caches = "";
beforeEach(() => {
  caches = mkdtempSync(join(tmpdir(), "caches-"));
});
afterEach(() => rmSync(caches, { recursive: true }));

it("is the same folder while the list of files is the same, and one for each tool", () => {
  const files = ["server/a.ts", "server/b.ts"];
  const folder = cacheFolder("knip", { caches, files });
  expect(existsSync(folder)).toBe(true);
  expect(cacheFolder("knip", { caches, files })).toBe(folder);
  expect(cacheFolder("vitest", { caches, files })).not.toBe(folder);
});

it.each([
  ["comes", ["server/a.ts", "server/b.ts", "server/c.ts"]],
  ["goes", ["server/a.ts"]],
  ["gets another name", ["server/a.ts", "server/b.tsx"]],
])("is another folder when a file %s, because tools remember where an import leads", (_what, files) => {
  const before = cacheFolder("knip", { caches, files: ["server/a.ts", "server/b.ts"] });
  expect(cacheFolder("knip", { caches, files })).not.toBe(before);
});

it("is removed when nobody used it for a day", () => {
  const old = dirname(cacheFolder("knip", { caches, files: ["server/old.ts"] }));
  const used = cacheFolder("knip", { caches, files: ["server/used.ts"] });
  utimesSync(old, new Date(0), new Date(0));
  cacheFolder("knip", { caches, files: ["server/new.ts"] });
  expect(existsSync(old)).toBe(false);
  expect(existsSync(used)).toBe(true);
  expect(readdirSync(caches)).toHaveLength(2);
});
