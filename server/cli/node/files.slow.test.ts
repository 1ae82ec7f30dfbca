import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readPair, savePair } from "./files";

describe("a node's files", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "swarm-node-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it("are a whole pair after every kill -9 in the middle of a replacement", async () => {
    const program = join(dir, "replace.mjs");
    const loop = `
      import { savePair } from "${import.meta.dirname}/files";
      const text = (name: string, count: number) => name + " " + count;
      for (let count = Number(process.argv[3]); ; count++) {
        const files = { key: text("key", count), cert: text("cert", count), chain: text("chain", count), ca: "ca" };
        await savePair(process.argv[2] ?? "", files);
        process.stdout.write(".");
      }`;
    await build({
      stdin: { contents: loop, loader: "ts", resolveDir: import.meta.dirname },
      ...{ bundle: true, platform: "node", format: "esm", outfile: program, logLevel: "silent" },
    });
    const node = join(dir, "node");
    for (let round = 0; round < 15; round++) {
      const child = spawn(process.execPath, [program, node, String(round * 1_000)], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      await new Promise((resolve) => child.stdout.once("data", resolve));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
      child.kill("SIGKILL");
      await new Promise((resolve) => child.once("close", resolve));
      const { key, cert, chain } = await readPair(node);
      const [, count] = key.split(" ");
      expect(Number(count)).toBeGreaterThanOrEqual(round * 1_000);
      expect({ cert, chain }).toEqual({ cert: `cert ${count}`, chain: `chain ${count}` });
    }
    await savePair(node, { key: "key last", cert: "cert last", chain: "chain last", ca: "ca" });
    expect((await readdir(node)).sort()).toEqual([".live", ".sets", "ca.pem", "cert.pem", "chain.pem", "key.pem"]);
  });
});
