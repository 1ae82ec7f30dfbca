import type { PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import type { Request } from "@/server/engines/cedar/data/request";
import { atMost, type Report } from "../lib/figures";
import { percentile, timeOf } from "../lib/measure";
import { engineOf, heapBytes, loadEntities, requestOf } from "./resident";
import { World } from "./world";

const [POLICIES, ENTITIES, REQUESTS, WARMING] = [10_000, 1_000_000, 100_000, 20_000];
const [BAR_P50_US, BAR_P99_US, BAR_BYTES] = [10, 40, 400];

/** A large world: how long each decision takes, about somebody and something else each time, and the room of an entity. */
export async function benchScale(report: Report): Promise<void> {
  const world = new World({ policies: POLICIES, entities: ENTITIES });
  const asked = world.requests(REQUESTS + WARMING);
  const engine = engineOf(world);
  const before = heapBytes();
  const loading = await timeOf(() => loadEntities(engine, world));
  const loaded = heapBytes();
  report.note(`${ENTITIES.toLocaleString("en")} entities were read from JSON in ${(loading / 1_000).toFixed(1)} s`);
  const requests = asked.map((one) => requestOf(engine, world, one));
  const ready = heapBytes();
  const { times, allowed } = decide(engine, requests);
  const bytes = (loaded - before + (heapBytes() - ready - times.byteLength)) / ENTITIES;
  const counted = Array.from(times.subarray(WARMING));
  report.note(`of ${requests.length.toLocaleString("en")} decisions ${allowed.toLocaleString("en")} allow`);
  const among = `among ${POLICIES.toLocaleString("en")} policies and ${ENTITIES.toLocaleString("en")} entities`;
  report.add(
    atMost(1, `a decision ${among}, p50`, percentile(counted, 0.5), BAR_P50_US, "µs"),
    atMost(1, `a decision ${among}, p99`, percentile(counted, 0.99), BAR_P99_US, "µs"),
    atMost(1, `an entity of ${ENTITIES.toLocaleString("en")}, and what decisions keep`, bytes, BAR_BYTES, "B"),
  );
}

/** Decides every request once. The time of each, µs. */
function decide({ epoch }: PolicyEngine, requests: readonly Request[]): { times: Float64Array; allowed: number } {
  const times = new Float64Array(requests.length);
  let allowed = 0;
  for (const [n, request] of requests.entries()) {
    const start = performance.now();
    const { decision } = epoch.answer(request);
    times[n] = (performance.now() - start) * 1_000;
    if (decision === "allow") allowed += 1;
  }
  return { times, allowed };
}
