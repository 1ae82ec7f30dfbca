import { readEntities } from "@/server/engines/cedar/data/entities-json";
import { readRequest } from "@/server/engines/cedar/data/request-json";
import type { Action, Schema } from "@/server/engines/cedar/schema/schema";
import { PolicyEngine } from "@/server/engines/cedar/evaluation/engine";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { EntityName } from "@/server/kernel/ports";
import { Authority } from "./authority";
import { asRead } from "./cedar-json";
import { type Fact, factOfPrincipal, factOfResource, factsAround } from "./facts";
import type { GainsInput, GainsPage } from "./impact-contract";
import { inForce } from "./in-force";
import { orRefuse, propose } from "./propose";
import { asEntities } from "./scopes";
import { turn } from "./turn";

/** Identities of one page. */
const AT_ONCE = 50;
/** Resources of a type that are asked about, and those that a difference names. */
const [MOST_RESOURCES, NAMED] = [200, 5];
/** Kinds of workload that an action with a workload is asked for. */
const WORKLOADS = ["training", "inference", "fine-tuning", "batch", "notebook"];
const NO_ATTRIBUTES: Fact["attrs"] = {};
/** What has no registry is asked about as a whole. */
const EVERY = "*";

type Difference = GainsPage["identities"][number]["differences"][number];

/**
 * What active identities gain and lose by some changes: every action of the schema on every resource, as far as a changed
 * policy can matter to it, with both factors for people and a certificate for machines, now.
 *
 * @throws {RequestRefused} when a text cannot be read; and as `propose`
 */
export async function findGains(ctx: Context, { changes, after }: GainsInput): Promise<GainsPage> {
  await authorize(ctx, "policy.read", { type: "Policy", id: "*" });
  const { set } = await inForce(ctx.read);
  const proposal = propose(set, changes);
  return orRefuse(async () => {
    // Read for this alone, so that the names of what is asked about are not kept.
    const before = Authority.of(set);
    const changed = before.changedTo(proposal.set);
    const touched = new Set([...proposal.added, ...proposal.changed, ...proposal.removed]);
    const { matters, limits } = groundOf(ctx, actionsNamedBy([before, changed], touched));
    const principals = ctx.activePrincipals(ctx.read);
    const page = principals.slice(after, after + AT_ONCE);
    const own = await Promise.all(page.map((principal) => factOfPrincipal(ctx, ctx.read, principal)));
    const facts = await factsAround(ctx, ctx.read, [
      ...own,
      ...matters.flatMap((matter) => matter.facts),
      ...workloadFacts(),
    ]);
    const asker = new Asker(ctx.now(), withFacts(before, facts), withFacts(changed, facts));
    const identities: GainsPage["identities"] = [];
    for (const { uid } of own) {
      await turn();
      const differences = asker.differencesFor(uid, matters);
      if (differences.length > 0) identities.push({ ...uid, differences });
    }
    const asked = after + page.length;
    return { identities, asked, of: principals.length, next: asked < principals.length ? asked : null, limits };
  });
}

/** A set over everything that is known of those who are asked about. */
export function withFacts(authority: Authority, facts: readonly Fact[]): Authority {
  const engine = PolicyEngine.from(authority.epoch);
  engine.putEntities(readEntities(asRead(asEntities(facts)), { names: authority.names, schema: null }));
  return authority.at(engine.epoch);
}

/** Actions that a changed policy can matter to, as it was or as it would be; all of them where one names none. */
export function actionsNamedBy(authorities: readonly Authority[], touched: ReadonlySet<string>): Action[] {
  const schema = authorities.at(-1)?.schema;
  if (!schema) return [];
  const scopes = authorities.flatMap(({ trees }) =>
    [...trees].flatMap(([name, { policies }]) => (touched.has(name) ? policies.map(({ action }) => action) : [])),
  );
  return [...schema.actions.values()].filter(
    (action) =>
      action.appliesTo &&
      scopes.some(
        ({ operator, targets }) =>
          operator === "any" || targets.some(({ value }) => isWithin(schema, action, value.id)),
      ),
  );
}

function isWithin(schema: Schema, { uid, memberOf }: Action, id: string): boolean {
  if (uid.id === id) return true;
  return memberOf.some((group) => {
    const above = schema.actions.get(`Action::"${group.id}"`);
    return group.id === id || (above !== undefined && isWithin(schema, above, id));
  });
}

/** One thing that is asked of everybody. */
interface Matter {
  readonly action: string;
  readonly principals: ReadonlySet<string>;
  readonly workload: string | null;
  readonly resourceType: string;
  readonly facts: readonly Fact[];
}

/** What everybody is asked about. */
export function groundOf(ctx: Context, actions: readonly Action[]): { matters: Matter[]; limits: string[] } {
  const byType = new Map<string, Fact[]>();
  for (const resource of ctx.resourcesOf(ctx.read)) {
    const ofType = byType.get(resource.type) ?? [];
    byType.set(resource.type, ofType);
    ofType.push(...[factOfResource(resource)].filter((fact) => fact !== undefined));
  }
  const limits: string[] = [];
  for (const [type, facts] of byType) {
    if (facts.length > MOST_RESOURCES) limits.push(`${type}: the first ${MOST_RESOURCES} of ${facts.length}`);
    byType.set(type, facts.slice(0, MOST_RESOURCES));
  }
  return { matters: actions.flatMap((action) => mattersOf(action, byType)), limits };
}

function add(
  found: Map<string, Difference>,
  { action, workload, resourceType }: Matter,
  difference: Pick<Difference, "change" | "policies">,
  resource: string,
): void {
  const key = [difference.change, action, workload, resourceType, ...difference.policies].join("\0");
  const known = found.get(key) ?? { ...difference, action, workload, resourceType, count: 0, resources: [] };
  found.set(key, known);
  known.count += 1;
  if (known.resources.length < NAMED) known.resources.push(resource);
}

function mattersOf({ uid, appliesTo }: Action, byType: ReadonlyMap<string, Fact[]>): Matter[] {
  if (!appliesTo) return [];
  const workloads = uid.id.startsWith("workload.") ? WORKLOADS : [null];
  return [...appliesTo.resources].flatMap((resourceType) =>
    workloads.map((workload) => ({
      ...{ action: uid.id, principals: appliesTo.principals, workload, resourceType },
      facts: byType.get(resourceType) ?? [everyOf(resourceType)],
    })),
  );
}

/** The console's own objects are not asked about one by one. */
function everyOf(type: string): Fact {
  return { uid: { type, id: EVERY }, attrs: type === "Team" ? NO_ATTRIBUTES : { owners: [] }, tags: {}, parents: [] };
}

/** Asks what two sets say, or one of those who hold other things. */
export class Asker {
  constructor(
    readonly now: Date,
    readonly before: Authority,
    readonly after: Authority,
  ) {}

  /** What one identity gains and loses. */
  differencesFor(principal: EntityName, matters: readonly Matter[]): Difference[] {
    const found = new Map<string, Difference>();
    for (const matter of matters) {
      if (!matter.principals.has(principal.type)) continue;
      for (const { uid } of matter.facts) {
        const difference = this.#differenceOf(principal, matter, uid);
        if (difference) add(found, matter, difference, uid.id);
      }
    }
    return [...found.values()];
  }

  #differenceOf(
    principal: EntityName,
    { action, workload }: Matter,
    resource: EntityName,
  ): Pick<Difference, "change" | "policies"> | null {
    const { names, schema } = this.after;
    const context = {
      ...{ now: this.now.toISOString(), risk: [] },
      provedBy: principal.type === "User" ? ["password", "totp"] : ["certificate"],
      ...(workload !== null && { workload: { type: "Workload", id: workload } }),
    };
    const json = asRead({ principal, action: { type: "Action", id: action }, resource, context });
    const asked = { request: readRequest(json, { names, schema, validate: false }), given: [] };
    const [before, after] = [this.before.ask(asked), this.after.ask(asked)];
    if (before.decision === after.decision) return null;
    return { change: after.decision === "allow" ? "gains" : "loses", policies: [...after.policies] };
  }
}

/** A workload of each kind. */
export function workloadFacts(): Fact[] {
  return WORKLOADS.map((kind) => ({
    ...{ uid: { type: "Workload", id: kind }, attrs: { kind, sensitivity: "internal" }, tags: {}, parents: [] },
  }));
}
