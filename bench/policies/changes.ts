import type { PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import { atMost, informs, type Report } from "../lib/figures";
import { percentile } from "../lib/measure";
import { userJson } from "./cedar-text";
import { engineOf, loadEntities, policiesOf, putEntities, requestOf } from "./resident";
import { World } from "./world";

const [POLICIES, ENTITIES, CHANGES, WARMING, BAR_MS] = [10_000, 1_000_000, 400, 40, 5];

const [TRAINEE, ON_CALL] = ["trainee", "on-call"];
const USER = { id: "trainee@swarm.example", roles: [TRAINEE], team: "team-0", clearance: 1, region: "eu-west" };

/** What makes a trainee who may do nothing inspect a node, but for one thing. */
const WAITING = `permit (principal in Role::"${ON_CALL}", action == Action::"inspect", resource is Node);
permit (principal == User::"${USER.id}", action == Action::"inspect", resource is Node) when { principal.clearance == 9 };
`;
const GRANT = `permit (principal == User::"${USER.id}", action == Action::"inspect", resource is Node);`;

/** Makes that one thing so, or no longer. */
type Change = (engine: PolicyEngine, isSo: boolean) => void;

const CHANGED: Readonly<Record<string, Change>> = {
  policy: (engine, isSo) => (isSo ? addPolicies(engine, "grant", GRANT) : engine.removePolicy("grant0")),
  membership: (engine, isSo) => putUser(engine, { ...USER, roles: isSo ? [TRAINEE, ON_CALL] : [TRAINEE] }),
  attribute: (engine, isSo) => putUser(engine, { ...USER, clearance: isSo ? 9 : 1 }),
  "membership of a group": putTrainees,
};

/** One change of a large world, read from text or JSON, and the first decision after it, which must be another than before. */
export function benchChanges(report: Report): void {
  const world = new World({ policies: POLICIES, entities: ENTITIES });
  const engine = engineOf(world);
  loadEntities(engine, world);
  addPolicies(engine, "waiting", WAITING);
  putTrainees(engine, false);
  putUser(engine, USER);
  const others = world.requests(10_000).map((asked) => requestOf(engine, world, asked));
  const inspect = { user: 0, action: "inspect", resource: 0, workload: "training", gpus: 1, mfa: true };
  const request = { ...requestOf(engine, world, inspect), principal: engine.names.of("User", USER.id) };
  for (const [name, change] of Object.entries(CHANGED)) {
    const times: number[] = [];
    for (let n = 0; n < CHANGES + WARMING; n += 1) {
      for (const other of others.slice((n * 20) % 10_000, ((n * 20) % 10_000) + 20)) engine.epoch.answer(other);
      const isSo = n % 2 === 0;
      const start = performance.now();
      change(engine, isSo);
      const { decision } = engine.epoch.answer(request);
      if (n >= WARMING) times.push(performance.now() - start);
      if ((decision === "allow") !== isSo)
        throw new Error(`a ${name} was changed, and the next decision is ${decision}`);
    }
    const figure = `one ${name} of 10,000 policies and 1,000,000 entities changed, in the next decision`;
    report.add(
      atMost(1, `${figure}, p95`, percentile(times, 0.95), BAR_MS, "ms"),
      informs(`${figure}, the slowest of ${CHANGES}`, percentile(times, 1), BAR_MS, "ms"),
    );
  }
}

function addPolicies(engine: PolicyEngine, name: string, text: string): void {
  for (const [n, policy] of policiesOf(text).entries()) engine.setPolicy({ id: `${name}${n}`, policy, text });
}

function putUser(engine: PolicyEngine, user: typeof USER): void {
  putEntities(engine, [userJson(user)]);
}

function putTrainees(engine: PolicyEngine, areOnCall: boolean): void {
  const parents = areOnCall ? [{ type: "Role", id: ON_CALL }] : [];
  putEntities(engine, [{ uid: { type: "Role", id: TRAINEE }, attrs: {}, parents }]);
}
