import { Agent } from "node:https";
import { createJoinToken } from "@/server/certificates/join-tokens";
import { readTrustAnchors } from "@/server/certificates/trust";
import { makeKey, requestFor } from "@/server/cli/node/key-request";
import { createUser } from "@/server/identities/create-user";
import { createTeam } from "@/server/identities/create-team";
import { publishFolder } from "@/server/policies/publish";
import { putResource } from "@/server/resources/put-resource";
import { call } from "../lib/call";
import { startGatewayProcess } from "../lib/gateway";
import { type Ground, openGround } from "../lib/ground";
import type { Pair } from "../lib/lane";

/** A swarm with machines that are enrolled at a gateway in a process of its own. */
export interface Swarm {
  readonly ground: Ground;
  readonly url: string;
  /** Trust anchors, PEM. */
  readonly ca: string;
  readonly machines: readonly Machine[];
  close(): Promise<void>;
}

/** A node, with what it proves itself with. */
export interface Machine {
  readonly name: string;
  readonly pair: Pair;
}

const TEAMS = ["vision", "audio", "language", "robotics"];
const PROVIDERS = ["nordwind", "suedstern", "westkap", "ostsee"];
const KINDS = ["training", "inference", "fine-tuning", "batch", "notebook"];

/** Resources of the swarm: each node's own, and as many more. */
export const COMPUTES = 64;

/** Sets it up: teams, providers, computes, twenty-four policies beside the built-in ones, and nodes that enrol. */
export async function openSwarm(nodes: number, core: number | null): Promise<Swarm> {
  const ground = await openGround();
  const { admin } = ground;
  await createUser(admin, { email: "priya@swarm.local", role: "admin", teamId: null });
  for (const name of TEAMS) await createTeam(admin, { name });
  for (const id of PROVIDERS) await put("Provider", id, { trust: "trusted", region: "eu-north" });
  await put("Pool", "train", {});
  for (let at = 0; at < COMPUTES; at++) {
    const provider = { __entity: { type: "Provider", id: PROVIDERS[at % PROVIDERS.length] } };
    const attributes = { provider, region: "eu-north", gpus: 8, gpuModel: "h100" };
    await put("Compute", `gpu-${at}`, attributes, TEAMS[at % TEAMS.length], [{ type: "Pool", id: "train" }]);
  }
  await publishFolder(admin, { policies: policies(), tests: null, base: null, note: "for the benchmark" });
  const gateway = await startGatewayProcess(ground, core);
  const { pem: ca } = await readTrustAnchors(admin);
  const machines: Machine[] = [];
  for (let at = 0; at < nodes; at++) machines.push(await enrol(`gpu-${at}`, gateway.url, ca));
  return {
    ...{ ground, url: gateway.url, ca, machines },
    close: async () => {
      await gateway.stop();
      ground.close();
    },
  };

  function put(
    type: string,
    id: string,
    attributes: object,
    team?: string,
    parents: { type: string; id: string }[] = [],
  ) {
    const labels: Record<string, string> = type === "Compute" ? { rack: "7" } : {};
    return putResource(admin, { type, id, team: team ?? null, parents, attributes: attributes as never, labels });
  }

  async function enrol(name: string, url: string, ca: string): Promise<Machine> {
    const key = await makeKey("p256");
    const { token } = await createJoinToken(admin, { kind: "node", name });
    const agent = new Agent({ ca });
    const { body, status } = await call(agent, `${url}/v1/enroll`, { token, csr: await requestFor(key) });
    agent.destroy();
    if (status !== 201) throw new Error(`${name} could not enrol: ${JSON.stringify(body)}`);
    return { name, pair: { key, cert: [body.certificate, body.chain].join("\n") } };
  }
}

/** Nodes run what fits; each kind of workload of each provider has a rule of its own. */
export function policies(): string[] {
  const rules = PROVIDERS.flatMap((provider) =>
    KINDS.map(
      (kind) => `@id("${kind}-on-${provider}")
forbid (principal, action == Action::"workload.run", resource is Compute)
when { context has workload && context.workload.kind == "${kind}" }
when { resource.provider == Provider::"${provider}" && resource.provider.trust != "trusted" };
`,
    ),
  );
  return [
    ...rules,
    `@id("nodes-run")
permit (principal is Node, action == Action::"workload.run", resource in Pool::"train")
when { resource.gpus >= 8 };
`,
    `@id("no-risk")
forbid (principal, action in Action::"swarm", resource)
when { !context.risk.isEmpty() };
`,
    `@id("secrets-stay")
forbid (principal, action == Action::"workload.run", resource is Compute)
when { context has workload && context.workload.sensitivity == "restricted" }
unless { resource.region like "eu-*" };
`,
    `@id("first-asks")
permit (principal == Node::"gpu-0", action == Action::"decision.ask_others", resource);
`,
  ];
}

/** One of many questions that a node asks about itself. */
export function questionOf(name: string, at: number) {
  return {
    subject: { type: "Node", id: name },
    ...partOf(at),
  };
}

/** The same without whom it is about. */
export function partOf(at: number) {
  return {
    action: { name: "workload.run" },
    resource: { type: "Compute", id: `gpu-${at % COMPUTES}` },
    context: { workload: { id: `job-${at}`, kind: KINDS[at % KINDS.length], sensitivity: "internal", gpus: 8 } },
  };
}
