import type { PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import { findAllowed } from "@/server/engines/cedar/evaluation/partial";
import type { Request } from "@/server/engines/cedar/data/request";
import { atMost, type Report } from "../lib/figures";
import { median, percentile } from "../lib/measure";
import { engineOf, loadEntities, requestOf } from "./resident";
import { World } from "./world";

const [POLICIES, USERS, ENTITIES, QUESTIONS, WARMING, CHECKED] = [10_000, 400_000, 500_000, 60, 5, 5];
const BAR_MS = 300;

/** Who can do this to that: all of 400,000 users, found at once; for some questions compared with asking for each. */
export function benchWhoCan(report: Report): void {
  const world = new World({ policies: POLICIES, entities: ENTITIES, users: USERS });
  const engine = engineOf(world);
  loadEntities(engine, world);
  const requests = world.requests(QUESTIONS + WARMING).map((asked) => requestOf(engine, world, asked));
  const times: number[] = [];
  const found: number[] = [];
  for (const [n, request] of requests.entries()) {
    const { action, resource, context } = request;
    const start = performance.now();
    const { entities } = findAllowed(engine.epoch, { unknown: "principal", type: "User", action, resource, context });
    const took = performance.now() - start;
    if (n < CHECKED) assertExact(engine, request, new Set(entities.map(({ id }) => id)), world);
    if (n < WARMING) continue;
    times.push(took);
    found.push(entities.length);
  }
  report.note(
    `${QUESTIONS} questions, each with ${median(found).toLocaleString("en")} users in the middle and ${Math.max(...found).toLocaleString("en")} at most`,
  );
  report.add(
    atMost(1, `who can, exact, of ${USERS.toLocaleString("en")} users, p95`, percentile(times, 0.95), BAR_MS, "ms"),
  );
}

/** @throws when a user is found who is not allowed, or the other way around */
function assertExact({ epoch, names }: PolicyEngine, request: Request, found: ReadonlySet<string>, world: World): void {
  for (let n = 0; n < world.users; n += 1) {
    const { id } = world.user(n);
    const { decision } = epoch.answer({ ...request, principal: names.of("User", id) });
    if ((decision === "allow") !== found.has(id)) throw new Error(`${id} is answered ${decision}, and found otherwise`);
  }
}
