import { ProcessEnded, ProductProcess } from "./processes.mjs";
import { messageOf } from "./run.mjs";

/**
 * Runs the product until it is told to stop or one of its processes ends. The gateway comes first: on a first start it
 * makes the database, and two processes that make one at the same time would be in each other's way.
 *
 * @param {{ files: { gateway: string, console: string }, env: Record<string, string>, onReady(ready: import("./processes.mjs").Ready): void }} options
 * @returns {Promise<number>} the exit code: 0 when it was told to stop
 */
export async function superviseProduct({ files, env, onReady }) {
  /** @type {ProductProcess[]} */
  const running = [];
  let isStopping = false;
  /** @type {() => void} */
  let told = () => {};
  const toldToStop = new Promise((/** @type {(value: "stop") => void} */ resolve) => {
    told = () => resolve("stop");
  });
  const onSignal = () => {
    if (isStopping) for (const one of running) one.kill();
    isStopping = true;
    told();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);

  const start = (/** @type {string} */ name, /** @type {string} */ file) => {
    const one = new ProductProcess(name, file, env);
    running.push(one);
    return one;
  };
  try {
    const gateway = start("gateway", files.gateway);
    const first = await Promise.race([gateway.ready, toldToStop]);
    if (first === "stop") return 0;
    const web = start("console", files.console);
    const second = await Promise.race([web.ready, toldToStop, endOf(gateway)]);
    if (second === "stop") return 0;

    onReady({
      addresses: [...second.addresses, ...first.addresses],
      setupCode: second.setupCode ?? first.setupCode,
    });
    await Promise.race([toldToStop, endOf(gateway), endOf(web)]);
    return 0;
  } catch (error) {
    if (isStopping) return 0;
    process.stderr.write(`${messageOf(error)}\n`);
    return 1;
  } finally {
    isStopping = true;
    await Promise.all(running.map((one) => one.stop()));
  }
}

/** @returns {Promise<never>} */
async function endOf(/** @type {ProductProcess} */ one) {
  throw new ProcessEnded(one.name, await one.ended);
}
