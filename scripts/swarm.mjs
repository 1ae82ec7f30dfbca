// `npm run --silent swarm -- COMMAND`: the terminal. It runs in this process, so its exit code and its input are ours.
import { pathToFileURL } from "node:url";
import { ensureTerminal } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { assertNode, ROOT } from "./lib/paths.mjs";
import { messageOf } from "./lib/run.mjs";

assertNode();
process.env.SWARM_HOME ??= ROOT;
process.env.NODE_ENV ??= "production";
// npm runs scripts in the checkout; the files that a command names are where the person is.
if (process.env.INIT_CWD && process.env.npm_lifecycle_event === "swarm") process.chdir(process.env.INIT_CWD);

try {
  await ensureInstalled();
  const file = await ensureTerminal();
  process.argv[1] = file;
  await import(pathToFileURL(file).href);
} catch (error) {
  process.stderr.write(
    `${error instanceof Error && error.name !== "CommandFailed" ? error.stack : messageOf(error)}\n`,
  );
  process.exitCode = 1;
}
