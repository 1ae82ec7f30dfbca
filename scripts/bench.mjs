// `npm run bench -- NAME [ARGUMENTS]`: bundles bench/NAME.ts and runs it. Its figures come on stdout.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { bundle } from "./lib/bundle.mjs";
import { modulesIn } from "./lib/checks.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { main, Usage } from "./lib/main.mjs";
import { DIST, ROOT } from "./lib/paths.mjs";

await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  const names = modulesIn("bench");
  if (name === undefined || !names.includes(name)) {
    throw new Usage(
      `npm run bench -- NAME [--json], where NAME is one of: ${names.join(", ") || "(there is none yet)"}`,
    );
  }
  await ensureInstalled();
  const file = await bundle(name, `bench/${name}.ts`, join(DIST, "bench"));
  const child = spawn(process.execPath, ["--enable-source-maps", "--expose-gc", file, ...args], {
    stdio: "inherit",
    env: { ...process.env, SWARM_HOME: ROOT, NODE_ENV: "production" },
  });
  return new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
});
