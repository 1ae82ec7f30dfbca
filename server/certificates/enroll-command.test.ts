import { execFileSync } from "node:child_process";
import { afterEach, expect, it } from "vitest";
import { testWorld, type World } from "@/server/testing/world";
import { createJoinToken } from "./join-tokens";

let world: World;

afterEach(() => world.close());

/** Stands in for `swarm`: what came on standard input, its own arguments, and every process that has the token in its. */
const LOOK = `
  const { readdirSync, readFileSync } = require("node:fs");
  const token = readFileSync(0, "utf8").trim();
  const argumentsOf = (pid) => { try { return readFileSync("/proc/" + pid + "/cmdline", "utf8"); } catch { return ""; } };
  const seenIn = readdirSync("/proc").filter((pid) => /^[0-9]+$/.test(pid)).map(argumentsOf).filter((line) => line.includes(token));
  console.log(JSON.stringify({ token, words: process.argv.slice(1), seenIn }));
`;

it("hands the token over in a way that shows it to no other process of the machine", async () => {
  world = await testWorld({ hierarchy: true });
  const { token, enrollCommand } = await createJoinToken(world.ctx, { kind: "node", name: "gpu-7" });
  const [last = ""] = enrollCommand.split(" && \\\n").reverse();
  const script = last.replace("npm run --silent swarm --", `'${process.execPath}' -e '${LOOK}' --`);

  const said = execFileSync("sh", ["-s"], { input: script, encoding: "utf8" });

  const { gatewayUrl } = world.ctx.addresses;
  expect(JSON.parse(said)).toEqual({
    token,
    words: ["enroll", "--gateway", gatewayUrl, "--ca", "bundle.pem", "--token-stdin", "--out", "./gpu-7"],
    seenIn: [],
  });
});
