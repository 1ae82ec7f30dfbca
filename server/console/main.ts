import { listenerCredentials } from "@/server/certificates/listener";
import { NotSetUp } from "@/server/certificates/errors";
import { originOfProcess, processActor, type Runtime } from "@/server/platform/composition";
import { processSettings } from "@/server/platform/env";
import { processRuntime } from "@/server/platform/process-runtime";
import { runProcess } from "@/server/platform/run-process";
import { certificateNames } from "./addresses";
import type { ListenerCredentials } from "./listener";
import { startConsole } from "./start";

void runProcess(async () => {
  const settings = processSettings();
  const runtime = await processRuntime("console");
  return startConsole(settings, runtime, () => credentialsOf(runtime));
});

/** What our own authority gives the console; undefined before the first setup. */
async function credentialsOf(runtime: Runtime): Promise<ListenerCredentials | undefined> {
  const ctx = runtime.contextFor(processActor("console"), originOfProcess("req_console_certificate"));
  try {
    const names = certificateNames(runtime.settings.console);
    const { keyPem, certificatePem } = await listenerCredentials(ctx, { listener: "console", names });
    return { key: keyPem, cert: certificatePem };
  } catch (error) {
    if (error instanceof NotSetUp) return undefined;
    throw error;
  }
}
