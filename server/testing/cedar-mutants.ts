import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { ANSWER_MUTATIONS } from "./cedar-mutants-answers";
import { EXPRESSION_MUTATIONS } from "./cedar-mutants-expressions";
import { TEXT_MUTATIONS } from "./cedar-mutants-texts";

/** Mistakes by the file of the engine in which they are made: what it is, what stands there, and what in its place. */
export type Mutations = Readonly<Record<string, readonly (readonly [name: string, find: string, replace: string])[]>>;

/** One mistake in one file of the engine. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Whether it is in what decides, or in what texts and expressions mean. */
  readonly of: "answers" | "values";
}

const ENGINE = resolve("server/engines/cedar");
const DRIVER = resolve("server/testing/cedar-mutant-driver.ts");

export const MUTANTS: readonly Mutant[] = [
  ...mutantsOf("answers", ANSWER_MUTATIONS),
  ...mutantsOf("values", EXPRESSION_MUTATIONS),
  ...mutantsOf("values", TEXT_MUTATIONS),
];

function mutantsOf(of: Mutant["of"], mutations: Mutations): Mutant[] {
  return Object.entries(mutations).flatMap(([file, ofFile]) =>
    ofFile.map(([name, find, replace]) => ({ name, file, find, replace, of })),
  );
}

/** Whether the text that a mutant replaces stands once in its file. */
export function isCurrent({ file, find }: Mutant): boolean {
  return readFileSync(join(ENGINE, file), "utf8").split(find).length === 2;
}

/**
 * Runs a suite (JSON of `SuiteCase`s) with the engine in which a mutant is planted, or with the engine as it is.
 *
 * @returns what killed it; null when it survived
 */
export async function runSuite(
  suite: string,
  folder: string,
  mutant: Mutant | null,
  limitMs: number,
): Promise<string | null> {
  const outfile = join(folder, `${mutant ? MUTANTS.indexOf(mutant) : "engine"}.mjs`);
  const { outputFiles } = await build({
    entryPoints: [DRIVER],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
    write: false,
    plugins: mutant ? [planting(mutant)] : [],
  });
  writeFileSync(outfile, outputFiles[0]?.contents ?? "");
  return runDriver(outfile, suite, limitMs);
}

function planting({ file, find, replace }: Mutant): Plugin {
  return {
    name: "mutant",
    setup({ onLoad }) {
      onLoad({ filter: /engines\/cedar\/[a-z/-]+\.ts$/ }, ({ path }) => {
        if (path !== join(ENGINE, file)) return null;
        return { contents: readFileSync(path, "utf8").replace(find, () => replace), loader: "ts" };
      });
    },
  };
}

function runDriver(program: string, suite: string, limitMs: number): Promise<string | null> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [program, suite], { stdio: ["ignore", "pipe", "pipe"], timeout: limitMs });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (said += data.toString()));
    child.on("error", fail);
    child.on("close", (code) => settle(code === 0 ? null : said.trim().slice(0, 500) || "it took too long"));
  });
}
