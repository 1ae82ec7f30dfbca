import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { DIST, ROOT } from "@/scripts/lib/paths.mjs";
import { cedarCorpus, hasCorpus, NO_CORPUS } from "@/server/testing/cedar-corpus";
import { run } from "./tools";

/** Nothing is here, and nothing may come to be. */
const NOWHERE = join(tmpdir(), "swarm-policies-need-no-data");

const swarm = (words: readonly string[], input = "") =>
  run("npm", ["run", "--silent", "swarm", "--", "policy", ...words], {
    input,
    cwd: ROOT,
    env: { SWARM_DATA_DIR: NOWHERE },
  });

const GOOD = "permit (principal, action, resource);\n";
const LINE = `${JSON.stringify({ policies: GOOD, schema: "", entitiesJson: "[]", requestsJson: [] })}\n`;

describe("policies at the terminal", () => {
  it("are decided as every conformance test of Cedar says, a line each", async (test) => {
    if (!hasCorpus) return test.skip(NO_CORPUS);
    const tests = (await cedarCorpus()) ?? [];
    const lines = tests.map(({ policies, schema, entities, requests }) => {
      const requestsJson = requests.map((one) => `{"validateRequest":${one.validateRequest},${one.json.slice(1)}`);
      return `${JSON.stringify({ policies, schema, entitiesJson: entities, requestsJson })}\n`;
    });

    const { code, stdout, stderr } = await swarm(["evaluate", "--stdin"], lines.join(""));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const answers = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(answers).toHaveLength(tests.length);
    const wrong = tests.flatMap(({ name, shouldValidate, requests }, at) => {
      const { validates, results } = answers[at];
      const wanted = requests.map(({ decision, reason, errors }) => ({ decision, reason, errors }));
      const isRight = JSON.stringify(results) === JSON.stringify(wanted) && (validates || !shouldValidate);
      return isRight ? [] : [name];
    });
    expect(wrong).toEqual([]);
  });

  it("are answered while the program that asks still waits, and the end of its interest is no failure", async () => {
    const child = spawn(process.execPath, [join(DIST, "cli.mjs"), "policy", "evaluate", "--stdin"], {
      env: { ...process.env, SWARM_DATA_DIR: NOWHERE },
      stdio: ["pipe", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => child.on("close", resolve));
    const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
    for (const line of [LINE, "no JSON\n", LINE]) {
      child.stdin.write(line);
      const { value } = await answers.next();
      expect(JSON.parse(String(value))).toMatchObject({ validates: line === LINE, results: [] });
    }
    child.stdout.destroy();
    child.stdin.on("error", () => {});
    child.stdin.end(LINE.repeat(1_000));
    expect(await ended).toBe(0);
  });

  it("are checked and formatted where there is no data directory, and none is made", async () => {
    expect(await swarm(["check", "-"], "permit (principal, action);")).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^-:1:\d+ /),
    });
    expect(await swarm(["format", "-"], GOOD.replace("(", "( "))).toMatchObject({ code: 0, stdout: GOOD });
    expect(await swarm(["evaluate", "--stdin"], LINE)).toMatchObject({ code: 0 });
    expect(existsSync(NOWHERE)).toBe(false);
  });
});
