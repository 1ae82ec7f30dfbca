import { processSettings } from "@/server/platform/env";
import { processRuntime } from "@/server/platform/process-runtime";
import { runProcess } from "@/server/platform/run-process";
import { startConsole } from "./start";

void runProcess(async () => {
  const settings = processSettings();
  return startConsole(settings, await processRuntime("console"));
});
