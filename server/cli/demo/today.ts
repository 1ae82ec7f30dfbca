import { FIRST_DAY } from "./founding";
import { chanceOf } from "./story";
import type { DemoWorld } from "./world";

/** Machines call in; and some people are at work in the last hour. */
export function planToday(world: DemoWorld): void {
  const { story, days } = world;
  for (let day = FIRST_DAY - 1; day >= 1; day--) {
    story.at(days.day(day, "06:00"), () => everyoneCallsIn(world, (day > 1 ? 17 : 1) * 60));
  }
  for (const hours of [7, 4, 2]) story.at(days.ago(hours), () => everyoneCallsIn(world, 50));
  story.at(days.ago(0, 58), () => everyoneCallsIn(world, 56));

  story.at(days.ago(0, 55), async () => void (await world.person("hanna").atConsole()));
  story.at(days.ago(0, 31), async () => void (await world.person("mara").atConsole()));
  story.at(days.ago(0, 12), async () => void (await world.person("tomas").atConsole()));
}

/** Each at a minute of its own, for machines do not agree. A silent one is not among them. */
async function everyoneCallsIn(world: DemoWorld, withinMinutes: number): Promise<void> {
  for (const machine of world.machines()) {
    if (machine.plan.isSilent) continue;
    world.story.in(chanceOf(`${machine.plan.key} calls in`) * withinMinutes, () => machine.callIn());
  }
}
