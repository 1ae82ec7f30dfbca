import { describe, expect, it } from "vitest";
import { parseSource, readSourceFiles } from "./source-files";

/** Short words for imports: `path`, or `path (type)`. */
function importsOf(text: string, path = "server/policies/decide.ts"): string[] {
  return parseSource(path, text).imports.map(({ target, isTypeOnly }) => (isTypeOnly ? `${target} (type)` : target));
}

describe("the reader of source files sees every way to import", () => {
  it.each([
    [`import { a } from "zod"`, "zod"],
    [`import type { A } from "zod"`, "zod (type)"],
    [`import { type A } from "zod"`, "zod (type)"],
    [`import { type A, b } from "zod"`, "zod"],
    [`import "zod"`, "zod"],
    [`import a from 'zod'`, "zod"],
    [`import * as a from "zod"`, "zod"],
    [`export * from "zod"`, "zod"],
    [`export { a } from "zod"`, "zod"],
    [`export type { A } from "zod"`, "zod (type)"],
    [`const a = () => import("zod")`, "zod"],
    [`const a = require("zod")`, "zod"],
    [`let a: import("zod").A`, "zod (type)"],
    [`const a = (x: string) => import(x)`, "(computed)"],
    [`import { a } from "@/server/kernel/permit"`, "server/kernel/permit.ts"],
    [`import { a } from "./authority"`, "server/policies/authority.ts"],
    [`import { a } from "../kernel/permit"`, "server/kernel/permit.ts"],
    [`import { a } from "@/drizzle/schema"`, "drizzle/schema/index.ts"],
  ])("%s", (text, expected) => {
    expect(importsOf(text)).toEqual([expected]);
  });

  it("in files with elements, too", () => {
    expect(importsOf(`import { B } from "./b"; export const A = () => <B>import "zod"</B>`, "app/a.tsx")).toEqual([
      "app/b",
    ]);
  });

  it("and takes neither comments nor strings for one", () => {
    expect(
      importsOf(`// import "zod"\n/* import "zod" */ const a = 'import "zod"'; const b = \`import("zod")\``),
    ).toEqual([]);
  });

  it("and does not skip a file that it cannot parse", () => {
    expect(() => parseSource("a.ts", "import {")).toThrow(/^a\.ts: /);
  });
});

it.each([
  ["const a = new Date()", ["new Date()"]],
  ["const a = new Date(0)", []],
  ["const a = Date.now()", ["Date.now"]],
  ["const a = Date.UTC(2026, 0)", []],
  ["const a = Math.random()", ["Math.random"]],
  ["const a = process.env.HOME", ["process.env", "process"]],
  ["const a = process['env']", ["process.env", "process"]],
  ["const { env } = process", ["process"]],
  ["const a = { process: 1 }.process", []],
  ["const a = crypto.randomUUID()", ["crypto"]],
  ["function f(process: string) {}", []],
])("the reader of source files sees the clock, chance and the environment in: %s", (text, expected) => {
  expect(parseSource("a.ts", text).uses.map(({ what }) => what)).toEqual(expected);
});

it("the reader of source files knows a barrel", () => {
  expect(parseSource("a.ts", `export * from "./b"; export { c } from "./c"`).isBarrel).toBe(true);
  expect(parseSource("a.ts", `export * from "./b"; export const c = 1`).isBarrel).toBe(false);
});

it("the reader of source files finds files in folders", () => {
  const paths = readSourceFiles(["server/kernel"]).map(({ path }) => path);
  expect(paths).toContain("server/kernel/permit.ts");
});
