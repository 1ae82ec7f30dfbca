import type { Context } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { KnownPrincipal } from "@/server/kernel/ports";
import { getHolder, readWish } from "./add-grants";
import { policiesOf } from "./compile";
import type { AddGrantsInput, Gain, GrantPreview } from "./grant-contract";
import { type Holder, membersOf, teamsWithin } from "./holder-store";
import { assertFits, givingProblem, resourceOfGrantTo, type Rules, type Wished } from "./may-give";

/** So many members of a team are asked about. */
const MEMBERS = 25;
/** So many holders are asked about; what is bound for more is told of the first. */
const HOLDERS = 25;

/**
 * What a grant would newly allow, asked of the engine, and why it could not be given; nothing is kept.
 *
 * @throws as `addGrants`
 */
export async function previewGrants(ctx: Context, { holders, ...input }: AddGrantsInput): Promise<GrantPreview> {
  await authorize(ctx, "grant.list", { type: "Grant", id: "*" });
  const { wished, rules } = await readWish(ctx, input);
  const limits = new Set<string>();
  const previews: GrantPreview["holders"] = [];
  for (const one of holders.slice(0, HOLDERS)) {
    const holder = getHolder(ctx.read, one);
    const { gains, limits: found } = await gainsFor(ctx, wished, rules, holder);
    for (const limit of found) limits.add(limit);
    const refused = await refusalOf(ctx, wished, rules, holder);
    previews.push({ holder: { ...one, name: holder.displayName }, refused, gains });
  }
  if (holders.length > HOLDERS) limits.add(`holders: the first ${HOLDERS} of ${holders.length}`);
  return { holders: previews, limits: [...limits] };
}

async function refusalOf(ctx: Context, wished: Wished, rules: Rules, holder: Holder) {
  try {
    const why = await forbiddenBecause(ctx, holder);
    if (why !== null) return { code: "kernel.forbidden", message: why };
    assertFits(ctx.read, ctx, rules, wished, holder);
    const problem = await givingProblem(ctx, ctx.read, { rules, wished, holder });
    return problem && { code: problem.code, message: problem.message };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { code: error.code, message: error.message };
  }
}

/** Asked beside, so that looking is no refused attempt. */
async function forbiddenBecause(ctx: Context, holder: Holder): Promise<string | null> {
  const { allowed, reason } = await ctx.decide(ctx.read, {
    ...{ principal: ctx.actor, action: "grant.add", resource: resourceOfGrantTo(holder) },
    ...{ at: ctx.now(), address: ctx.origin.address },
  });
  return allowed ? null : reason;
}

async function gainsFor(ctx: Context, { grant, role }: Wished, { roles }: Rules, holder: Holder) {
  const line = roles.inheritance.get(role.name) ?? [role.name];
  const policies = [...ctx.builtInPoliciesOf(role.name).map(({ name }) => name), ...policyNames(line, roles)];
  const added = Object.fromEntries(line.map((name) => [name, [grant.scope]]));
  const who = principalsOf(ctx, holder);
  if (who.length === 0) return { gains: [], limits: [] };
  const { gains, limits } = await ctx.accessGained(ctx, { who, policies, added });
  return { gains: merged(gains), limits };
}

function policyNames(line: readonly string[], { byName }: Rules["roles"]): string[] {
  return line.flatMap((name) => {
    const version = byName.get(name)?.version;
    return version ? policiesOf(name, version).map((policy) => policy.name) : [];
  });
}

/** Whom it would reach: of a team its active members, the first of them. */
function principalsOf(ctx: Context, holder: Holder): KnownPrincipal[] {
  const reached = holder.kind === "team" ? membersOf(ctx.read, teamsWithin(ctx.read, holder.id), MEMBERS) : [holder];
  return reached.map(({ id }) => ctx.findPrincipal(ctx.read, id)).filter((one) => one !== undefined);
}

/** The same gain of several members once, as far as the greatest of them. */
function merged(gains: readonly (readonly Gain[])[]): Gain[] {
  const found = new Map<string, Gain>();
  for (const { action, workload, resourceType, count, resources } of gains.flat()) {
    const key = `${action}\0${workload}\0${resourceType}`;
    const known = found.get(key);
    if (!known || known.count < count) found.set(key, { action, workload, resourceType, count, resources });
  }
  return [...found.values()];
}
