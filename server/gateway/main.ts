import { processSettings } from "@/server/platform/env";
import { openRuntime } from "@/server/platform/composition";
import { runProcess } from "@/server/platform/run-process";
import { startGatewayProcess } from "./start";

void runProcess(async () => startGatewayProcess(await openRuntime(processSettings(), "gateway")));
