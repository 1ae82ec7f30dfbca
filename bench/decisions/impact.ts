import { saveDraft } from "@/server/policies/drafts";
import { type Fact, factOfPrincipal, factsAround, findFact } from "@/server/policies/facts";
import { publishDrafts } from "@/server/policies/publish";
import { replayDecisions } from "@/server/policies/replay";
import { TEMPLATES } from "@/server/policies/templates";
import { putResource } from "@/server/resources/put-resource";
import type { Context } from "@/server/kernel/context";
import { atMost, type Report } from "../lib/figures";
import { type Ground, openGround } from "../lib/ground";

const [DECISIONS, NODES, BAR_MS] = [100_000, 200, 2_000];
/** Nobody waits longer than this for their turn meanwhile. */
const LONGEST_WAIT_MS = 50;
const TRUST = ["trusted", "verified", "untrusted"];
const KINDS = ["training", "inference", "fine-tuning", "batch", "notebook"];
const SENSITIVITIES = ["public", "internal", "confidential", "restricted"];

/** A draft is held against 100,000 logged decisions, while others go on being answered. */
export async function benchImpact(report: Report): Promise<void> {
  const ground = await openGround();
  try {
    await fill(ground);
    for (const name of ["training-on-trusted-providers", "batch-at-night"]) {
      const { ms, changed, longestWaitMs } = await replayAll(ground.admin, textOf(name));
      report.note(`${name}: ${changed} of ${DECISIONS} decisions would be other`);
      report.add(
        atMost(1, `${name} on ${DECISIONS} decisions`, ms, BAR_MS, "ms"),
        atMost(1, `${name}, the longest that others waited`, longestWaitMs, LONGEST_WAIT_MS, "ms"),
      );
    }
  } finally {
    ground.close();
  }
}

async function replayAll(ctx: Context, text: string) {
  const wait = watchTurns();
  const began = performance.now();
  let [before, changed] = [null as number | null, 0];
  do {
    const which = { order: "newest", before } as const;
    const page = await replayDecisions(ctx, { changes: [{ policy: null, text }], which, limit: 10_000 });
    changed += page.groups.reduce((sum, { count }) => sum + count, 0);
    before = page.next;
  } while (before !== null);
  return { ms: performance.now() - began, changed, longestWaitMs: wait.end() };
}

/** How long somebody who wants a turn waits for it, at most. */
function watchTurns(): { end(): number } {
  let [last, longest] = [performance.now(), 0];
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 1);
    last = performance.now();
  }, 1);
  return {
    end: () => {
      clearInterval(timer);
      return longest;
    },
  };
}

/** A swarm of nodes, a policy under which they work, and the log of what they asked. */
async function fill({ admin: ctx, runtime }: Ground): Promise<void> {
  const plain = { team: null, parents: [], labels: {} };
  for (const trust of TRUST) await putResource(ctx, { type: "Provider", id: trust, attributes: { trust }, ...plain });
  const facts: Fact[][] = [];
  for (let n = 0; n < NODES; n += 1) {
    const name = `gpu-${n}`;
    await runtime.database.writer.write((tx) =>
      ctx.ensureIdentity(tx, { kind: "node", name, id: ctx.newId("nod"), at: ctx.now() }),
    );
    const provider = { __entity: { type: "Provider", id: TRUST[n % TRUST.length] ?? "" } };
    const attributes = { provider, region: n % 2 === 0 ? "eu-north" : "us-east", gpus: 8 };
    await putResource(ctx, { type: "Compute", id: name, attributes, ...plain });
    facts.push(await factsOfNode(ctx, name));
  }
  const text = textOf("nodes-run-workloads");
  const { id: draft, revision } = await saveDraft(ctx, { draft: null, policy: null, text, revision: null });
  await publishDrafts(ctx, { drafts: [{ draft, revision }], base: 0, note: "to begin with" });
  await logDecisions({ runtime }, facts);
}

async function factsOfNode(ctx: Context, name: string): Promise<Fact[]> {
  const principal = ctx.findPrincipalByName(ctx.read, "node", name);
  const compute = await findFact(ctx, ctx.read, { type: "Compute", id: name });
  if (!principal || !compute) throw new Error(`${name} is not there`);
  return factsAround(ctx, ctx.read, [await factOfPrincipal(ctx, ctx.read, principal), compute]);
}

/** As the gateway writes them: only that nobody asked. */
async function logDecisions({ runtime }: Pick<Ground, "runtime">, facts: readonly Fact[][]): Promise<void> {
  const begins = Date.parse("2026-03-12T00:00:00Z");
  await runtime.database.writer.write(async (tx) => {
    const insert = tx.statement(`
      INSERT INTO decisions (at, request_id, asker_kind, asker_id, asker_name, subject_type, subject_id, action,
        resource_type, resource_id, decision, policies, epoch, latency_micros, asked)
      VALUES (?, 'req_bench', 'node', 'nod_bench', 'bench', 'Node', ?, 'workload.run', 'Compute', ?, 'allow', '[]', 1, 50, ?)`);
    for (let n = 0; n < DECISIONS; n += 1) {
      const name = `gpu-${n % NODES}`;
      const at = begins + n * 600;
      insert.run(at, name, name, askedText(facts[n % NODES] ?? [], n, new Date(at)));
    }
  });
}

function askedText(facts: readonly Fact[], n: number, at: Date): string {
  const workload: Fact = {
    uid: { type: "Workload", id: "request" },
    attrs: { kind: KINDS[n % 5] ?? "", sensitivity: SENSITIVITIES[n % 4] ?? "", gpus: 1 + (n % 8) },
    tags: {},
    parents: [],
  };
  const context = {
    ...{ provedBy: ["certificate"], now: at.toISOString(), risk: [] },
    workload: { type: "Workload", id: "request" },
  };
  return JSON.stringify({ context, facts: [...facts, workload] });
}

function textOf(name: string): string {
  return TEMPLATES.find((template) => template.name === name)?.text ?? "";
}
