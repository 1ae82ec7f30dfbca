import { sumUpRefusals } from "@/server/audit/sum-up-refusals";
import { flushUsesOf, sumUpRefusalsOf } from "@/server/jobs/jobs";
import { Scheduler } from "@/server/jobs/scheduler";
import { originOfProcess, processActor, type Runtime } from "@/server/platform/composition";
import { upgradeBuiltIns } from "@/server/policies/upgrade";
import { flushUses } from "@/server/policies/uses";
import type { Settings } from "@/server/platform/env";
import type { Running } from "@/server/platform/run-process";
import { assertServable, consoleUrl } from "./addresses";
import { type CredentialSource, firstCredentials, followCredentials } from "./credentials";
import { createConsoleListener } from "./listener";
import { prepareNext } from "./next-app";

const LOOK_FOR_CREDENTIALS_EVERY_MS = 30_000;

/**
 * Starts the console: Next.js behind our own listener.
 *
 * @throws {StartRefused} when it may not be served as it is set, or its port is taken.
 */
export async function startConsole(settings: Settings, runtime: Runtime, source: CredentialSource): Promise<Running> {
  assertServable(settings.console);
  const credentials = settings.console.tls ? await firstCredentials(source) : undefined;
  const app = await prepareNext({
    dir: settings.home,
    host: settings.console.host,
    port: settings.console.port,
    isDevelopment: settings.mode === "development",
  });
  const listener = createConsoleListener(settings.console, app, credentials);
  const port = await listener.listen();
  const stopFollowing =
    credentials &&
    followCredentials(source, listener, credentials, {
      everyMs: LOOK_FOR_CREDENTIALS_EVERY_MS,
      onFailure: (error) => runtime.logger.error({ err: error }, "the console's certificate could not be renewed"),
    });
  const contextFor = (name: string) => runtime.contextFor(processActor(name), originOfProcess(`req_${name}`));
  const scheduler = new Scheduler(runtime.logger);
  scheduler.start([sumUpRefusalsOf(contextFor), flushUsesOf(contextFor)]);
  await upgradeBuiltIns(contextFor("upgrade-policies"));
  runtime.logger.info({ port, tls: settings.console.tls }, "the console answers");

  return {
    addresses: [{ name: "Console", url: consoleUrl(settings.console, port) }],
    async stop() {
      stopFollowing?.();
      await listener.close();
      await app.close();
      await scheduler.stop();
      await sumUpRefusals(contextFor("sum-up-refusals"), "all");
      await flushUses(contextFor("flush-policy-uses"));
      runtime.close();
    },
  };
}
