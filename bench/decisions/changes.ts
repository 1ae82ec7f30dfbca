import { Agent } from "node:https";
import { createUser } from "@/server/identities/create-user";
import { publishFolder, rollBack } from "@/server/policies/publish";
import { newestEpoch } from "@/server/policies/store";
import { addGrant } from "@/server/roles/add-grants";
import { endGrant } from "@/server/roles/end-grants";
import { putResource } from "@/server/resources/put-resource";
import { call } from "../lib/call";
import { atMost, type Report } from "../lib/figures";
import { percentile } from "../lib/measure";
import { openSwarm, policies, questionOf, type Swarm } from "./swarm";

const BAR_MS = 50;
const ROUNDS = 40;
const NOBODY = '@id("nobody")\nforbid (principal, action == Action::"workload.run", resource);\n';
/** What is given and ended. */
const AUDITOR = {
  role: "auditor",
  scope: "everything",
  endsAt: null,
  mode: "active",
  reason: "for the benchmark",
} as const;
const AUDITORS =
  '@id("auditors")\npermit (principal is User in Role::"auditor", action == Action::"workload.run", resource);\n';

/** One kind of change, done and undone, and the question whose answer tells which. */
interface Change {
  readonly name: string;
  readonly question: object;
  /** Makes the answer be what is said. Answers when it was put in force, where that is not when it was ordered. */
  make(decision: boolean): Promise<Date | null>;
}

/**
 * How long the gateway goes on answering as before when somebody changes a policy, a role or an attribute in another
 * process: from the moment the change is ordered to the first answer that knows it. Policies are looked at before, by their
 * schema and for who could still administer; for them it begins when the epoch is written. A machine asks without a pause.
 */
export async function benchChanges(report: Report): Promise<void> {
  const swarm = await openSwarm(1, null);
  const [machine] = swarm.machines;
  const agent = new Agent({ ca: swarm.ca, ...machine?.pair, keepAlive: true, maxSockets: 1 });
  try {
    report.note(`${ROUNDS} changes of each kind by one process, in force in another`);
    for (const change of await changesIn(swarm)) {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++) times.push(await timeOf(change, round % 2 === 1));
      const figure = `${change.name} changed, in force at the gateway, p95`;
      report.add(atMost(1, figure, percentile(times, 0.95), BAR_MS, "ms"));
    }
  } finally {
    agent.destroy();
    await swarm.close();
  }

  async function timeOf({ name, question, make }: Change, wanted: boolean): Promise<number> {
    const ask = async () => {
      const { status, body } = await call(agent, `${swarm.url}/access/v1/evaluation`, question);
      if (status !== 200) throw new Error(`${name}: answered ${status}: ${JSON.stringify(body)}`);
      return body.decision;
    };
    if ((await ask()) === wanted) throw new Error(`${name}: it is ${wanted} before anything changed`);
    const start = performance.now();
    const making = make(wanted);
    while ((await ask()) !== wanted) if (performance.now() - start > 10_000) throw new Error(`${name}: it never holds`);
    const end = performance.now();
    const publishedAt = await making;
    return publishedAt ? performance.timeOrigin + end - publishedAt.getTime() : end - start;
  }
}

async function changesIn({ ground: { admin } }: Swarm): Promise<Change[]> {
  const { identity: person } = await createUser(admin, { email: "tomas@swarm.local", teamId: null });
  let grant = "";
  const note = "for the benchmark";
  const publish = (more: string[]) =>
    publishFolder(admin, { policies: [...policies(), AUDITORS, ...more], tests: null, base: null, note });
  await publish([]);
  const open = newestEpoch(admin.read);
  const own = questionOf("gpu-0", 0);
  return [
    {
      name: "a policy",
      question: own,
      make: async (decision) => {
        const rollingBack = { to: open, base: newestEpoch(admin.read), note };
        const { epoch } = await (decision ? rollBack(admin, rollingBack) : publish([NOBODY]));
        return epoch.at;
      },
    },
    {
      name: "a role",
      question: { ...own, subject: { type: "User", id: person.name }, context: {} },
      make: async (decision) => {
        if (decision) grant = await addGrant(admin, { kind: "identity", id: person.id }, AUDITOR);
        else await endGrant(admin, grant, note);
        return null;
      },
    },
    {
      name: "an attribute",
      question: own,
      make: async (decision) => {
        const attributes = { trust: decision ? "trusted" : "untrusted", region: "eu-north" };
        await putResource(admin, { type: "Provider", id: "nordwind", team: null, parents: [], labels: {}, attributes });
        return null;
      },
    },
  ];
}
