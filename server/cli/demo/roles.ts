import { addGrants } from "@/server/roles/add-grants";
import { createRole } from "@/server/roles/change-role";
import { CreateRoleInput } from "@/server/roles/contract";
import { endGrant } from "@/server/roles/end-grants";
import { AddGrantsInput, type HolderInput } from "@/server/roles/grant-contract";
import { listGrants } from "@/server/roles/list-grants";
import { putSeparation } from "@/server/roles/separations";
import { minutesAfter } from "./story";
import type { DemoWorld } from "./world";

type Condition = NonNullable<NonNullable<CreateRoleInput["permissions"][number]>["conditions"]>[number];

/** The roles of the example: what each permits, and what it inherits. */
const ROLES: readonly {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly conditions?: readonly Condition[];
  readonly inherits?: readonly string[];
}[] = [
  {
    name: "dataset-reader",
    title: "Dataset reader",
    description: "Reads data sets and the storage under them.",
    actions: ["dataset.read", "storage.read"],
  },
  {
    name: "dataset-curator",
    title: "Dataset curator",
    description: "Cleans and extends data sets, and reads them.",
    actions: ["dataset.write", "storage.write"],
    inherits: ["dataset-reader"],
  },
  {
    name: "training-operator",
    title: "Training operator",
    description: "Runs training and fine-tuning.",
    actions: ["workload.run"],
    conditions: [{ on: "workload_kind", any: ["training", "fine-tuning"] }],
  },
  {
    name: "inference-operator",
    title: "Inference operator",
    description: "Deploys models and answers with them.",
    actions: ["model.read", "model.deploy", "endpoint.invoke"],
  },
  {
    name: "endpoint-owner",
    title: "Endpoint owner",
    description: "Changes what the world can call.",
    actions: ["endpoint.change"],
    inherits: ["inference-operator"],
  },
  {
    name: "pool-keeper",
    title: "Pool keeper",
    description: "Drains hardware before it is moved.",
    actions: ["compute.drain"],
  },
  {
    name: "node-keeper",
    title: "Node keeper",
    description: "Lets machines in, and locks them.",
    actions: ["join_token.create", "join_token.revoke", "identity.lock", "identity.read"],
  },
  {
    name: "operator-giver",
    title: "Giver of operators",
    description: "Gives the roles of operators to others.",
    actions: ["role.bind"],
    conditions: [{ on: "role", any: ["inference-operator", "training-operator"] }],
  },
];

/** How the roles came to be, who got them, and who tried to give more than she may. */
export function planRoles(world: DemoWorld): void {
  const { story, days } = world;
  story.at(days.day(36, "10:20"), async () => {
    for (const { actions, conditions = [], inherits = [], ...role } of ROLES) {
      const permissions = [{ actions: [...actions], resourceTypes: [], conditions: [...conditions] }];
      const input = { ...role, inherits: [...inherits], permissions, note: "The swarm begins" };
      await createRole(await world.person("priya").atConsole(), CreateRoleInput.parse(input));
    }
  });
  story.at(days.day(36, "11:02"), async () => {
    const ctx = await world.person("priya").atConsole();
    await putSeparation(ctx, {
      ...{ name: "Who cleans data does not publish", kind: "static", limit: 2 },
      ...{ roles: ["dataset-curator", "endpoint-owner"], reason: "Nobody lets out what they let in" },
    });
    await putSeparation(ctx, {
      ...{ name: "Drain or run", kind: "dynamic", limit: 2 },
      ...{ roles: ["pool-keeper", "training-operator"], reason: "Whoever drains hardware runs nothing on it" },
    });
  });
  planGrants(world);
  planEnds(world);
}

/** A grant of the example: when, by whom, to whom, what, within what, until when in days from the present, and why. */
type Given = readonly [
  day: number,
  time: string,
  by: string,
  to: string,
  role: string,
  scope: string,
  days: number | null,
  reason: string,
];

/** To leads, teams, services and nodes, in scopes of every kind. */
const GIVEN: readonly Given[] = [
  [35, "09:05", "priya", "team vision", "dataset-reader", "Team::vision", null, "Everybody in vision reads its data"],
  [
    35,
    "09:07",
    "priya",
    "team language",
    "dataset-reader",
    "Team::language",
    null,
    "Everybody in language reads its data",
  ],
  [35, "09:12", "priya", "user mara", "training-operator", "Pool::train", 50, "Leads the training of vision"],
  [35, "09:20", "priya", "user mara", "operator-giver", "Team::vision", 50, "Staffs the operators of vision"],
  [35, "09:31", "priya", "user noor", "pool-keeper", "Pool::inference", 80, "On call for the pool"],
  [35, "09:33", "priya", "user noor", "node-keeper", "Team::platform", 80, "Keeps the machines of platform"],
  [
    25,
    "14:10",
    "priya",
    "machine vision-ingest/ams",
    "dataset-curator",
    "Dataset::street-scenes",
    19,
    "New scenes every night",
  ],
  [
    23,
    "10:45",
    "mara",
    "machine batch-runner/ams",
    "training-operator",
    "Pool::train",
    0.12,
    "Training run 12 of the street scenes",
  ],
  [
    12,
    "16:02",
    "mara",
    "machine label-studio/ams",
    "inference-operator",
    "Team::vision",
    4,
    "Labels with the newest model",
  ],
  [
    9,
    "11:20",
    "priya",
    "machine gpu-l40s-fra-01",
    "pool-keeper",
    "Compute::gpu-l40s-fra-01",
    1.2,
    "The rack is moved this week",
  ],
  [6, "13:40", "priya", "user tomas", "node-keeper", "label:site=lis", 6, "Looks at the new site in Lisbon"],
  // What she may not give: refused, with whom to ask, and in the log.
  [5, "15:12", "mara", "user mara", "admin", "everything", null, "To publish a policy by herself"],
];

function planGrants(world: DemoWorld): void {
  const { story, days } = world;
  for (const [day, time, by, to, role, scope, lasts, reason] of GIVEN) {
    const endsAt = lasts === null ? null : minutesAfter(days.present, lasts * 1_440);
    story.at(days.day(day, time), async () => {
      const holders = [await holderOf(world, to)];
      await addGrants(
        await world.person(by).atConsole(),
        AddGrantsInput.parse({ holders, role, scope, endsAt, reason }),
      );
    });
  }
  story.at(days.day(8, "09:30"), async () => {
    const holders = [await holderOf(world, "user noor")];
    const eligible = { mode: "eligible", activationHours: 4, endsAt: minutesAfter(days.present, 30 * 1_440) };
    const grant = { role: "training-operator", scope: "Pool::batch", reason: "When the night batch hangs" };
    await addGrants(await world.person("priya").atConsole(), AddGrantsInput.parse({ holders, ...grant, ...eligible }));
  });
}

/** One that was ended before its time. */
function planEnds(world: DemoWorld): void {
  const { story, days } = world;
  story.at(days.day(3, "17:25"), async () => {
    const ctx = await world.person("priya").atConsole();
    const { items } = await listGrants(ctx, { role: "node-keeper", state: "current", limit: 10 });
    const held = items.find(({ scope }) => scope.startsWith("label:"));
    if (held) await endGrant(ctx, held.id, "An auditor changes nothing, not even for a week");
  });
}

/** `team vision`, `user mara`, `machine batch-runner/ams` */
async function holderOf(world: DemoWorld, words: string): Promise<HolderInput> {
  const [kind, name = ""] = words.split(" ");
  const ctx = world.operator();
  if (kind === "team") {
    const team = (await ctx.teams(ctx.read)).find((one) => one.name === name);
    return { kind: "team", id: team?.id ?? "" };
  }
  if (kind === "machine") return { kind: "identity", id: await world.machine(name).identityId() };
  return { kind: "identity", id: ctx.findPrincipalByName(ctx.read, "user", name)?.id ?? "" };
}
