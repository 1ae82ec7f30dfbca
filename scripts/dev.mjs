// `npm run dev`: both processes, each restarted when its code changes; the screens reload by themselves inside the console.
import { join } from "node:path";
import { BUNDLES, bundleOptions, writeWhole } from "./lib/bundle.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { main } from "./lib/main.mjs";
import { passphraseEnvironment } from "./lib/passphrase.mjs";
import { DIST } from "./lib/paths.mjs";
import { ProductProcess } from "./lib/processes.mjs";
import { messageOf } from "./lib/run.mjs";

const OUT = join(DIST, "dev");

await main(async () => {
  await ensureInstalled();
  const env = { NODE_ENV: "development", ...(await passphraseEnvironment({ isWanted: false })) };
  const stops = [await follow("gateway", env), await follow("console", env)];
  await new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  process.once("SIGINT", () => process.exit(1));
  await Promise.all(stops.map((stop) => stop()));
});

/**
 * Bundles a process on every change and restarts it when the bundle differs. A change that does not compile is told and
 * leaves the old one running.
 *
 * @param {"gateway" | "console"} name
 * @param {Record<string, string>} env
 * @returns {Promise<() => Promise<void>>} once it runs or said why not; answers how to stop
 */
async function follow(name, env) {
  const { context, formatMessages } = await import("esbuild");
  /** @type {ProductProcess | undefined} */
  let running;
  let built = "";
  let isStopping = false;
  let turn = Promise.resolve();

  const restart = async () => {
    await running?.stop();
    if (isStopping) return;
    const started = new ProductProcess(name, join(OUT, `${name}.mjs`), env);
    running = started;
    try {
      const { addresses, setupCode } = await started.ready;
      for (const address of addresses) process.stdout.write(`${address.name}  ${address.url}\n`);
      if (setupCode) process.stdout.write(`Setup code  ${setupCode}\n`);
    } catch (error) {
      if (running === started && !isStopping) process.stderr.write(`${messageOf(error)}\n`);
    }
  };

  /** @type {() => void} */
  let settleFirst = () => {};
  const first = new Promise((/** @type {(value: void) => void} */ resolve) => {
    settleFirst = resolve;
  });
  const bundler = await context({
    ...bundleOptions(name, BUNDLES[name], OUT),
    plugins: [
      {
        name: "restart",
        setup(build) {
          build.onEnd(async ({ errors, outputFiles = [] }) => {
            for (const text of await formatMessages(errors, { kind: "error" })) process.stderr.write(text);
            const hash = outputFiles.map((file) => file.hash).join();
            if (errors.length === 0 && hash !== built) {
              built = hash;
              writeWhole(outputFiles);
              turn = turn.then(restart);
            }
            void turn.then(settleFirst);
          });
        },
      },
    ],
  });
  await bundler.watch();
  await first;

  return async () => {
    isStopping = true;
    await bundler.dispose();
    await running?.stop();
  };
}
