import { sumUpRefusals } from "@/server/audit/sum-up-refusals";
import { flushSeen } from "@/server/certificates/authenticate";
import { makeSetupCode } from "@/server/identities/make-setup-code";
import { flushAllUses, jobsOf } from "@/server/jobs/jobs";
import { Scheduler } from "@/server/jobs/scheduler";
import { upgradeBuiltIns } from "@/server/policies/upgrade";
import type { Runtime } from "@/server/platform/composition";
import type { Running } from "@/server/platform/run-process";
import { startGateway, systemContext } from "./gateway";

/** How often it is looked whether the authorities exist by now, or the listener's certificate is due. */
const LOOK_FOR_CREDENTIALS_EVERY_MS = 500;

/**
 * Starts the gateway's process: both ports, and the jobs. On a first start it makes the setup code.
 *
 * @throws {StartRefused} when a port is taken.
 */
export async function startGatewayProcess(runtime: Runtime): Promise<Running> {
  const contextFor = (name: string) => systemContext(runtime, name);
  const gateway = await startGateway(runtime).catch((error: unknown) => {
    runtime.close();
    throw error;
  });
  await upgradeBuiltIns(contextFor("upgrade-policies"));
  const scheduler = new Scheduler(runtime.logger);
  scheduler.start([
    { name: "gateway-credentials", everyMs: LOOK_FOR_CREDENTIALS_EVERY_MS, run: () => gateway.refreshCredentials() },
    ...jobsOf({ database: runtime.database, contextFor }),
  ]);
  const setup = gateway.isSetUp() ? null : await makeSetupCode(contextFor("gateway"));
  runtime.logger.info({ gateway: gateway.machineUrl, pki: gateway.pkiUrl }, "the gateway answers");

  return {
    addresses: [
      { name: "Gateway", url: gateway.machineUrl },
      { name: "PKI", url: gateway.pkiUrl },
    ],
    setupCode: setup?.code,
    async stop() {
      await gateway.close();
      await scheduler.stop();
      await flushSeen(contextFor("flush-last-seen"));
      await flushAllUses(contextFor("flush-policy-uses"));
      await sumUpRefusals(contextFor("sum-up-refusals"), "all");
      runtime.logger.info("the gateway has stopped");
      runtime.close();
    },
  };
}
