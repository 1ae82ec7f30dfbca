import { createMachine } from "@/server/identities/create-machine";
import { createTeam } from "@/server/identities/create-team";
import { createUser } from "@/server/identities/create-user";
import { init } from "@/server/identities/init";
import { CAST, emailOf, ORGANISATION, type Profile, TEAMS, TRUST_DOMAIN } from "./cast";
import { BATCHES, type Batch, nodesOf, replicasOf, SERVICES, type ServicePlan } from "./fleet";
import { Machine } from "./machine";
import { Person } from "./person";
import { registerCompute } from "./resources";
import { minutesAfter } from "./story";
import type { DemoWorld } from "./world";

/** The first day of the story. */
export const FIRST_DAY = 40;

/** How the organisation, its teams and its people came to be. */
export function planFounding(world: DemoWorld): void {
  const { story, days } = world;
  const [founder, ...others] = CAST;
  if (!founder) throw new Error("somebody must be the first");

  story.at(days.day(FIRST_DAY, "08:30"), () => found(world, founder));
  story.at(days.day(FIRST_DAY, "08:41"), async () => {
    const ctx = await world.person(founder.key).atConsole();
    for (const name of TEAMS) world.addTeam(name, (await createTeam(ctx, { name })).id);
  });
  others.forEach((profile, index) => {
    story.at(minutesAfter(days.day(FIRST_DAY, "08:50"), index * 4), () => welcome(world, profile));
  });
  for (const { key, hasSecondFactor, certificate } of CAST) {
    if (hasSecondFactor) story.at(days.day(39, "09:02"), () => world.person(key).addSecondFactor());
    story.at(days.day(certificate.issued, "08:55"), async () => {
      await world.person(key).getCertificate(world.person(founder.key), certificate.days);
    });
  }
}

async function found(world: DemoWorld, founder: Profile): Promise<void> {
  const { displayName } = founder;
  const admin = { email: emailOf(founder), displayName, password: world.password };
  const { adminId } = await init(world.operator(), {
    organisation: ORGANISATION,
    trustDomain: TRUST_DOMAIN,
    algorithm: "P-256",
    admin,
  });
  world.addPerson(new Person(world, founder, adminId));
}

async function welcome(world: DemoWorld, profile: Profile): Promise<void> {
  const { displayName, role, team } = profile;
  const ctx = await world.person("priya").atConsole();
  const { identity } = await createUser(ctx, {
    email: emailOf(profile),
    displayName,
    role,
    teamId: team ? world.teamId(team) : null,
    password: world.password,
  });
  world.addPerson(new Person(world, profile, identity.id));
}

/** How nodes and services came to be, each with a key of its own. */
export function planFleet(world: DemoWorld): void {
  for (const batch of BATCHES) planBatch(world, batch);
  for (const service of SERVICES) planService(world, service);
}

function planBatch(world: DemoWorld, batch: Batch): void {
  const { story, days } = world;
  nodesOf(batch, days).forEach((plan, index) => {
    const perDay = batch.perDay ?? batch.count;
    const comes = days.day(batch.day - Math.floor(index / perDay), batch.time);
    story.at(minutesAfter(comes, (index % perDay) * batch.minutesApart), async () => {
      const sponsor = world.person(batch.by);
      const machine = new Machine(world, plan);
      world.addMachine(machine);
      const teamId = world.teamId(batch.team);
      await createMachine(await sponsor.atConsole(), { kind: "node", name: plan.name, teamId, labels: batch.labels });
      await registerCompute(world, batch, plan.name);
      if (WAITING.has(plan.name)) return;
      if (batch.issuedForDays) await machine.receiveFrom(sponsor, batch.issuedForDays);
      else await machine.joinBy(sponsor);
    });
  });
}

/** Made, but not enrolled as the others of their batch are: the story tells how they go on. */
const WAITING: ReadonlySet<string> = new Set(["store-ams-03", "gpu-l40s-lis-04", "gpu-l40s-lis-05", "gpu-l40s-lis-06"]);

function planService(world: DemoWorld, service: ServicePlan): void {
  const { story, days } = world;
  const { name, displayName, team } = service;
  const first = Math.max(...service.replicas.map(({ issued }) => issued));
  story.at(days.day(first, "15:05"), async () => {
    const ctx = await world.person(service.by).atConsole();
    await createMachine(ctx, {
      kind: "service",
      name,
      displayName,
      teamId: world.teamId(team),
      labels: { tier: tierOf(name) },
    });
  });
  replicasOf(service).forEach(({ replica, ...plan }, index) => {
    story.at(minutesAfter(days.day(replica.issued, "15:12"), index * 6), async () => {
      const machine = new Machine(world, plan);
      world.addMachine(machine);
      await machine.receiveFrom(world.person(service.by), replica.days);
    });
  });
}

function tierOf(name: string): string {
  return ["llm-gateway", "edge-proxy", "embed-api"].includes(name) ? "edge" : "core";
}
