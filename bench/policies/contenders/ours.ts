import { engineOf, loadEntities, requestOf } from "../resident";
import { type Asked, pick, type World } from "../world";
import type { Contender } from "./contender";

/** Our engine, with every entity of the world resident. */
export function enterOurs(world: World, asked: readonly Asked[]): Contender {
  const engine = engineOf(world);
  loadEntities(engine, world);
  const requests = asked.map((one) => requestOf(engine, world, one));
  return { name: "ours", ask: (n) => engine.epoch.answer(pick(requests, n)).decision === "allow" };
}
