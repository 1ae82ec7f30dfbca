import { listAuthorities } from "@/server/certificates/authorities";
import { makeOneTimePassword } from "@/server/identities/create-user";
import { originOfProcess, processActor } from "@/server/platform/composition";
import { flushAllUses } from "@/server/jobs/jobs";
import type { Installation } from "../terminal";
import { planChanges } from "./changes";
import { planDecisions } from "./decisions";
import { FIRST_DAY, planFleet, planFounding } from "./founding";
import { noteLastSeen, planHousekeeping, publishAll } from "./house";
import { planIncidents } from "./incidents";
import { type DemoReport, reportOf } from "./report";
import { planPolicies } from "./policies";
import { planResources } from "./resources";
import { planRoles } from "./roles";
import { type Days, daysBefore, Story } from "./story";
import { planToday } from "./today";
import { DemoWorld } from "./world";

/** A story that is about to begin, and its clock, under which the data directory is made. */
export interface PlannedDemo {
  readonly story: Story;
  readonly days: Days;
}

/** Begins forty days before a present. */
export function planDemo(present: Date): PlannedDemo {
  const days = daysBefore(present);
  return { days, story: new Story(days.day(FIRST_DAY, "08:29"), present) };
}

/**
 * Lets an organisation live through forty days, by the verbs that browsers, machines and jobs use. Every row, entry and
 * refusal comes of one of them; only the clock is the story's. Ends in the present, with revocation lists that begin then.
 */
export async function makeDemo(installation: Installation, { story, days }: PlannedDemo): Promise<DemoReport> {
  const start = installation.contextFor(processActor("demo"), originOfProcess("req_demo"));
  const password = makeOneTimePassword(start);
  const world = new DemoWorld({ installation, story, days, password });
  planFounding(world);
  planResources(world);
  planPolicies(world);
  planFleet(world);
  planHousekeeping(world);
  planChanges(world);
  planIncidents(world);
  planDecisions(world);
  planRoles(world);
  planToday(world);
  await story.play();

  story.goTo(new Date());
  await noteLastSeen(world);
  await flushAllUses(world.job("flush-policy-uses"));
  const { authorities } = await listAuthorities(world.operator());
  await publishAll(
    world,
    authorities.map(({ id }) => id),
  );
  return reportOf(world.operator(), password);
}
