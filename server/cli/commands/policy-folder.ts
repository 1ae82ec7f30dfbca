import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { checkFolder } from "@/server/policies/check";
import {
  type CheckResult,
  PublishFolderInput,
  type Published,
  PublishSchemaInput,
  RollbackInput,
  SaveDraftInput,
} from "@/server/policies/contract";
import { saveDraft } from "@/server/policies/drafts";
import { listEpochs } from "@/server/policies/epochs";
import { getPolicy, listPolicies } from "@/server/policies/list";
import { splitPolicies } from "@/server/policies/policy-text";
import { publishFolder, rollBack } from "@/server/policies/publish";
import { getSchema, publishSchema } from "@/server/policies/schema";
import { listTests } from "@/server/policies/tests";
import { CommandFailed, type Handler, type Terminal, UsageError } from "../terminal";
import { table, utc } from "../text";
import { argument, check, option, readText, writeText } from "../words";

/** Where a folder keeps what is expected of its policies. */
const TESTS_FILE = "tests.json";

/** `swarm policy draft FILE`: keeps it for people to look at, and publishes nothing. */
export const draftPolicy: Handler = async (terminal, given) => {
  const text = await readText(terminal, argument(given, 0));
  const draft = await terminal.withContext(async (ctx) => {
    const name = splitPolicies(text)[0]?.name ?? "";
    const { policies } = await listPolicies(ctx);
    const known = policies.find(({ id }) => id === name);
    const before = known?.draft ? (await getPolicy(ctx, { policy: name })).draft : null;
    const policy = known && known.version !== null ? name : null;
    const input = { draft: before?.id ?? null, policy, text, revision: before?.revision ?? null };
    return saveDraft(ctx, check(SaveDraftInput, input));
  });
  terminal.say(draft, `Draft of ${draft.policy} saved, revision ${draft.revision}`);
};

/** `swarm policy test FOLDER`: what publishing would find, against the policies in force. */
export const testFolder: Handler = async (terminal, given) => {
  const folder = await readFolder(terminal, argument(given, 0));
  const result = await terminal.withContext((ctx) => checkFolder(ctx, folder));
  terminal.say(result, wordsOf(result));
  const failed = result.tests.filter(({ passed }) => !passed).length;
  const errors = result.problems.filter(({ severity }) => severity === "error").length;
  if (errors + failed > 0 || result.lockOut !== null) {
    throw new CommandFailed("policy.not_publishable", "this folder could not be published");
  }
};

/** `swarm policy publish FOLDER`: its policies are in force from then on, and no others beside the built-in ones. */
export const publish: Handler = async (terminal, given) => {
  const folder = await readFolder(terminal, argument(given, 0));
  const base = numberOf(option(given, "base"), "--base");
  const input = check(PublishFolderInput, { ...folder, base, note: option(given, "note") });
  const published = await terminal.withContext((ctx) => publishFolder(ctx, input));
  terminal.say(published, publishedWords(published));
};

/** `swarm policy rollback EPOCH` */
export const rollBackTo: Handler = async (terminal, given) => {
  const to = numberOf(argument(given, 0), "the epoch");
  const published = await terminal.withContext(async (ctx) => {
    const { epoch } = await listPolicies(ctx);
    return rollBack(ctx, check(RollbackInput, { to, base: epoch, note: option(given, "note") }));
  });
  terminal.say(published, publishedWords(published));
};

/** `swarm policy history` */
export const showHistory: Handler = async (terminal) => {
  const epochs = await terminal.withContext((ctx) => listEpochs(ctx));
  terminal.say(
    { epochs },
    table(
      epochs,
      [
        { title: "EPOCH", of: ({ number, isInForce }) => `${number}${isInForce ? " in force" : ""}` },
        { title: "AT", of: ({ at }) => (at ? utc(at) : "from the start") },
        { title: "BY", of: ({ by }) => by.name },
        { title: "ADDED", of: ({ added }) => String(added.length) },
        { title: "CHANGED", of: ({ changed }) => String(changed.length) },
        { title: "REMOVED", of: ({ removed }) => String(removed.length) },
        { title: "NOTE", of: ({ note }) => note },
      ],
      "nothing was published",
    ),
  );
};

/** `swarm policy pull FOLDER`: writes the policies in force and their tests, to be kept in a repository. */
export const pullFolder: Handler = async (terminal, given) => {
  const folder = argument(given, 0);
  const { policies, tests } = await terminal.withContext(async (ctx) => {
    const written = (await listPolicies(ctx)).policies.filter(({ origin, version }) => origin === "written" && version);
    const found = [];
    for (const { id } of written) found.push({ id, text: (await getPolicy(ctx, { policy: id })).text ?? "" });
    return { policies: found, tests: await listTests(ctx) };
  });
  await mkdir(folder, { recursive: true });
  for (const { id, text } of policies) await writeText(join(folder, `${id}.cedar`), text);
  await writeText(join(folder, TESTS_FILE), `${JSON.stringify(tests, null, 2)}\n`);
  terminal.say(
    { policies: policies.map(({ id }) => id), tests: tests.length },
    `${policies.length} policies and ${tests.length} tests written to ${folder}`,
  );
};

/** `swarm policy schema`: what policies are checked against; with a file, that is in force from then on. */
export const schema: Handler = async (terminal, given) => {
  const file = option(given, "publish");
  if (file === undefined) {
    const found = await terminal.withContext((ctx) => getSchema(ctx));
    return terminal.say(found, found.text.trimEnd());
  }
  const text = await readText(terminal, file);
  const published = await terminal.withContext(async (ctx) => {
    const { epoch } = await getSchema(ctx);
    return publishSchema(ctx, check(PublishSchemaInput, { text, base: epoch, note: option(given, "note") }));
  });
  terminal.say(published, publishedWords(published));
};

/** Policies and tests of a folder. @throws {UsageError} when there are none, or the tests are no JSON */
async function readFolder(
  terminal: Terminal,
  folder: string,
): Promise<{ policies: string[]; tests: unknown[] | null }> {
  const files = (await readdir(folder)).sort();
  const cedar = files.filter((file) => file.endsWith(".cedar"));
  if (cedar.length === 0) throw new UsageError(`there is no file that ends with .cedar in ${folder}`);
  const texts = await Promise.all(cedar.map((file) => readText(terminal, join(folder, file))));
  const policies = texts.flatMap((text) => {
    const parts = splitPolicies(text);
    return parts.length === 1 ? [text] : parts.map((part) => part.text);
  });
  if (!files.includes(TESTS_FILE)) return { policies, tests: null };
  return { policies, tests: testsIn(await readText(terminal, join(folder, TESTS_FILE))) };
}

function testsIn(text: string): unknown[] {
  try {
    const tests: unknown = JSON.parse(text);
    if (Array.isArray(tests)) return tests;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UsageError(`${TESTS_FILE}: expected an array of tests in JSON`);
}

function wordsOf({ problems, tests, lockOut, notices }: CheckResult): string {
  return [
    ...problems.map(
      ({ policy, line, column, severity, message }) => `${policy}:${line}:${column} ${severity}: ${message}`,
    ),
    ...tests.map(({ name, passed, why }) => (passed ? `ok    ${name}` : `FAILS ${name}: ${why}`)),
    ...(lockOut === null ? [] : [lockOut]),
    ...notices,
    `${problems.length} problems; ${tests.filter(({ passed }) => passed).length} of ${tests.length} tests pass`,
  ].join("\n");
}

function publishedWords({ epoch: { number, added, changed, removed }, notices }: Published): string {
  const counts = `${added.length} added, ${changed.length} changed, ${removed.length} removed`;
  return [`Epoch ${number} is in force: ${counts}`, ...notices].join("\n");
}

/** @throws {UsageError} */
function numberOf(text: string | undefined, name: string): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text))
    throw new UsageError(`${name} is the number of an epoch, as swarm policy history shows it`);
  return Number(text);
}
