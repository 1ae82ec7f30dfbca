// `npm start`: installs and builds what is missing or stale, then runs the product until Ctrl-C.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { main, Usage } from "./lib/main.mjs";
import { databaseFile, passphraseEnvironment } from "./lib/passphrase.mjs";
import { DIST, ROOT } from "./lib/paths.mjs";
import { CommandFailed, messageOf, show } from "./lib/run.mjs";
import { superviseProduct } from "./lib/supervise.mjs";

const HELP = `npm start -- [--demo] [--passphrase]

  --demo         fill a new installation with an example organisation
  --passphrase   protect a new installation by a passphrase in place of a key file

Settings: SWARM_DATA_DIR, SWARM_CONSOLE_PORT, SWARM_CONSOLE_HOST, SWARM_CONSOLE_TLS, SWARM_GATEWAY_PORT,
SWARM_GATEWAY_HOST, SWARM_PKI_PORT, SWARM_TRUST_DOMAIN, SWARM_MASTER_KEY_FILE; the README tells what they do.
`;

await main(async () => {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  await ensureInstalled();
  await ensureBuilt();
  const env = { NODE_ENV: "production", ...(await passphraseEnvironment({ isWanted: options.passphrase })) };
  if (options.demo) await makeDemo(env);

  return superviseProduct({
    files: { gateway: join(DIST, "gateway.mjs"), console: join(DIST, "console.mjs") },
    env,
    onReady: announce,
  });
});

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        demo: { type: "boolean", default: false },
        passphrase: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (error) {
    throw new Usage(`${messageOf(error)}\n\n${HELP}`);
  }
}

/** Fills an installation that does not exist yet; one that does is left as it is. */
async function makeDemo(/** @type {Record<string, string>} */ env) {
  if (existsSync(databaseFile())) {
    process.stderr.write("There is an installation already, so no example is made.\n");
    return;
  }
  process.stderr.write("Making the example …\n");
  const code = await show(process.execPath, [join(DIST, "cli.mjs"), "demo"], { env: { SWARM_HOME: ROOT, ...env } });
  if (code !== 0) throw new CommandFailed("the example could not be made");
}

/** Tells where the product answers, and how its first setup begins. */
function announce(/** @type {import("./lib/processes.mjs").Ready} */ { addresses, setupCode }) {
  const width = Math.max(...addresses.map(({ name }) => name.length));
  const lines = addresses.map(({ name, url }) => `  ${name.padEnd(width)}  ${url}`);
  process.stdout.write(`\nSwarm Security Console is ready.\n\n${lines.join("\n")}\n`);
  if (setupCode) {
    const url = addresses.find(({ name }) => name === "Console")?.url ?? "";
    process.stdout.write(`\nFirst start: open ${url}/setup and enter this code, which works once:\n\n  ${setupCode}\n`);
  }
  process.stdout.write("\nCtrl-C stops it.\n");
}
