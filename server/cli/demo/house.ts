import { flushSeen } from "@/server/certificates/authenticate";
import { crlsDue, publishCrl } from "@/server/certificates/publish-crl";
import { FIRST_DAY } from "./founding";
import { minutesAfter } from "./story";
import type { DemoWorld } from "./world";

const LOOK_EVERY_MINUTES = 120;
const DAY_MINUTES = 24 * 60;

/** What the gateway's jobs do by the clock: revocation lists, and when machines were last seen. */
export function planHousekeeping(world: DemoWorld): void {
  const { story, days } = world;
  const begins = days.day(FIRST_DAY, "09:00");
  const minutes = (days.present.getTime() - begins.getTime()) / 60_000;
  for (let at = 0; at < minutes; at += LOOK_EVERY_MINUTES) {
    story.at(minutesAfter(begins, at), () => publishWhatIsDue(world));
  }
  for (let at = 0; at < minutes; at += DAY_MINUTES) story.at(minutesAfter(begins, at), () => noteLastSeen(world));
}

/** Publishes the lists that are due, as the gateway does within a second of a revocation. */
export async function publishWhatIsDue(world: DemoWorld): Promise<void> {
  const ctx = world.job("publish-crls");
  for (const { authorityId } of await crlsDue(ctx)) await publishCrl(ctx, { authority: authorityId });
}

/** Publishes every list, so that each begins its life now. */
export async function publishAll(world: DemoWorld, authorities: readonly string[]): Promise<void> {
  const ctx = world.job("publish-crls");
  for (const authority of authorities) await publishCrl(ctx, { authority });
}

/** Writes down when machines were last seen. */
export async function noteLastSeen(world: DemoWorld): Promise<void> {
  await flushSeen(world.job("flush-last-seen"));
}
