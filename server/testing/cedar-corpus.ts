import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { rawMembersOf, rawPartsOf } from "./raw-json";

/** The conformance tests of Cedar, where this checkout has them beside it; its README says what they hold. */
const ARCHIVES = resolve("../shared/cedar-corpus");

/** Each archive, and the folder in which its tests name their files. */
const PLACES = { "generated.tar.xz": "corpus-tests", "handwritten.tar.xz": "." };

/** One test of the corpus, its texts as they are written. */
export interface CorpusTest {
  /** `<sha>`, or `multi/1` for one written by hand. */
  readonly name: string;
  readonly policies: string;
  /** In Cedar's own schema syntax. */
  readonly schema: string;
  /** JSON. */
  readonly entities: string;
  /** False: a validator refused the policies once; a newer one may accept them. */
  readonly shouldValidate: boolean;
  readonly requests: readonly CorpusRequest[];
}

/** A request, and what must come out. */
export interface CorpusRequest {
  /** `{"principal":…,"action":…,"resource":…,"context":…}`, with integers as they are written. */
  readonly json: string;
  readonly validateRequest: boolean;
  readonly decision: "allow" | "deny";
  /** Ids of the policies that made the decision, sorted. */
  readonly reason: readonly string[];
  /** Ids of the policies that erred, sorted. */
  readonly errors: readonly string[];
}

/** What to say of tests that the corpus is missing for. */
export const NO_CORPUS = "the conformance data is not beside this checkout (../shared/cedar-corpus)";

/** Whether the corpus is there, for tests that say that they were skipped. */
export const hasCorpus = Object.keys(PLACES).every((archive) => existsSync(join(ARCHIVES, archive)));

let corpus: Promise<readonly CorpusTest[] | null> | undefined;

/**
 * Every test of the corpus, in the order of their names; null when it is not there.
 *
 * @throws when its archives cannot be unpacked
 */
export function cedarCorpus(): Promise<readonly CorpusTest[] | null> {
  corpus ??= hasCorpus ? unpack().then(readTests) : Promise.resolve(null);
  return corpus;
}

/** The folder with the unpacked archives. Tests of one run share it, since they share their temporary folder. */
async function unpack(): Promise<string> {
  const folder = join(tmpdir(), "cedar-corpus");
  if (existsSync(folder)) return folder;
  await assertXz();
  const draft = mkdtempSync(`${folder}-`);
  for (const [archive, place] of Object.entries(PLACES)) {
    mkdirSync(join(draft, place), { recursive: true });
    await promisify(execFile)("tar", ["-xJf", join(ARCHIVES, archive), "-C", join(draft, place)]);
  }
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function assertXz(): Promise<void> {
  try {
    await promisify(execFile)("xz", ["--version"]);
  } catch {
    throw new Error("the conformance data is packed with xz, which is not installed: apt-get install xz-utils");
  }
}

function readTests(folder: string): readonly CorpusTest[] {
  const generated = readdirSync(join(folder, "corpus-tests"))
    .filter((name) => name.endsWith(".json") && !name.endsWith(".entities.json"))
    .map((name) => ({ name: name.slice(0, -".json".length), path: `corpus-tests/${name}` }));
  const handwritten = readdirSync(join(folder, "tests"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({ name: name.slice(0, -".json".length), path: `tests/${name}` }));
  const sorted = [...generated, ...handwritten].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.map(({ name, path }) => readTest(folder, name, path));
}

function readTest(folder: string, name: string, path: string): CorpusTest {
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const members = rawMembersOf(read(path));
  const named = (member: string) => read(JSON.parse(rawOf(members, member)) as string);
  return {
    name,
    policies: named("policies"),
    schema: named("schema"),
    entities: named("entities"),
    shouldValidate: rawOf(members, "shouldValidate") === "true",
    requests: rawPartsOf(rawOf(members, "requests")).map(readRequest),
  };
}

function readRequest(text: string): CorpusRequest {
  const members = rawMembersOf(text);
  const words = (member: string) => (JSON.parse(rawOf(members, member)) as string[]).toSorted();
  const asked = ["principal", "action", "resource", "context"].map((name) => `"${name}":${rawOf(members, name)}`);
  return {
    json: `{${asked.join(",")}}`,
    validateRequest: members.get("validateRequest") !== "false",
    decision: JSON.parse(rawOf(members, "decision")) as "allow" | "deny",
    reason: words("reason"),
    errors: words("errors"),
  };
}

function rawOf(members: ReadonlyMap<string, string>, name: string): string {
  const raw = members.get(name);
  if (raw === undefined) throw new Error(`a test of the corpus has no ${name}`);
  return raw;
}
