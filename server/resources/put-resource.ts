import type { Context, ReadDatabase } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize, commit } from "@/server/kernel/permit";
import type { EntityName, SwarmResource } from "@/server/kernel/ports";
import type { PutResourceInput, ResourceSummary } from "./contract";
import { ReferenceMissing, ResourceMoved, ResourceRefused } from "./errors";
import { questionAbout } from "./ground";
import { isKeptElsewhere, isSame, isWithin, problemsOf, referencesOf } from "./model";
import { findListed, findResource, isRegistered, putRow } from "./store";

/**
 * Registers a resource, or replaces all that is said of one. Giving it to another team needs the right on both.
 *
 * @throws {Missing} @throws {ResourceRefused} @throws {ReferenceMissing} @throws {ResourceMoved}
 */
export async function putResource(ctx: Context, input: PutResourceInput): Promise<ResourceSummary> {
  const resource: SwarmResource = input;
  const known = findResource(ctx.read, input.type, input.id);
  const permit = await authorize(ctx, "resource.put", await questionAbout(ctx, input, input.team));
  if (known && known.team !== input.team) {
    await authorize(ctx, "resource.put", await questionAbout(ctx, known, known.team));
  }
  await assertTeam(ctx, input.team);

  return commit(permit, async (tx) => {
    const before = findResource(tx, input.type, input.id);
    if (before?.team !== known?.team) throw new ResourceMoved(input);
    assertFits(ctx, tx, resource);
    putRow(tx, resource, ctx.now());
    const value = findListed(tx, input);
    if (!value) throw new Error("what was put is not there");
    return {
      value,
      event: {
        kind: before ? "resource.changed" : "resource.registered",
        ...(before && { before: factsOf(before) }),
        after: factsOf(resource),
      },
    };
  });
}

async function assertTeam(ctx: Context, team: string | null): Promise<void> {
  if (team === null) return;
  const teams = await ctx.teams(ctx.read);
  if (!teams.some(({ name }) => name === team)) throw new Missing("team", team);
}

/** @throws {ResourceRefused} @throws {ReferenceMissing} */
function assertFits(ctx: Context, db: ReadDatabase, resource: SwarmResource): void {
  const problems = problemsOf(resource);
  if (problems.length === 0) problems.push(...ctx.checkEntity(db, resource));
  if (problems.length > 0) throw new ResourceRefused(resource, problems);
  const missing = referencesOf(resource).find((name) => !isThere(db, resource, name));
  if (missing) throw new ReferenceMissing(missing);
  if (isWithin(resource, ({ type, id }) => findResource(db, type, id)?.parents ?? []))
    throw new ResourceRefused(resource, ["parents: it is within itself"]);
}

function isThere(db: ReadDatabase, resource: EntityName, name: EntityName): boolean {
  return isKeptElsewhere(name.type) || isSame(name, resource) || isRegistered(db, name);
}

function factsOf({ team, parents, attributes, labels }: SwarmResource) {
  return { team, parents, attributes, labels };
}
