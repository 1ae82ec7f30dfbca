import type { Context, ReadDatabase } from "@/server/kernel/context";
import type { SwarmResource } from "@/server/kernel/ports";
import { UnknownScope } from "./errors";
import { EVERYTHING, readScope, type Scope, writeScope } from "./model";

type Ground = Pick<Context, "teams" | "teamsAbove" | "teamNameOf" | "findResource">;

/**
 * A scope and every scope that it lies within, itself first and `everything` last.
 *
 * @throws {UnknownScope} when what it names is not there
 */
export async function scopeChain(ground: Ground, db: ReadDatabase, text: string): Promise<readonly string[]> {
  const scope = readScope(text);
  if (!scope) throw new UnknownScope(text);
  const around = new Set([writeScope(scope), ...(await aroundOf(ground, db, scope, text))]);
  around.delete(EVERYTHING);
  return [...around, EVERYTHING];
}

async function aroundOf(ground: Ground, db: ReadDatabase, scope: Scope, text: string): Promise<string[]> {
  switch (scope.kind) {
    case "everything":
    case "label":
      return [];
    case "team":
      return teamsAround(ground, db, scope.name, text);
    case "pool":
      return groupsAround(ground, db, found(ground.findResource(db, "Pool", scope.name), text));
    case "object":
      return groupsAround(ground, db, found(ground.findResource(db, scope.type, scope.id), text));
  }
}

async function teamsAround(ground: Ground, db: ReadDatabase, name: string, text: string): Promise<string[]> {
  const teams = await ground.teams(db);
  const team = teams.find((one) => one.name === name);
  if (!team) throw new UnknownScope(text);
  return ground.teamsAbove(db, team.id).map((id) => `Team::${ground.teamNameOf(db, id) ?? id}`);
}

/** The groups of a resource, theirs, its labels and its teams. */
async function groupsAround(ground: Ground, db: ReadDatabase, resource: SwarmResource): Promise<string[]> {
  const around = new Set<string>();
  const open: SwarmResource[] = [resource];
  for (let one = open.pop(); one; one = open.pop()) {
    if (one.team !== null) for (const team of await teamsAround(ground, db, one.team, one.team)) around.add(team);
    for (const { type, id } of one.parents) {
      const name = `${type}::${id}`;
      if (around.has(name)) continue;
      around.add(name);
      const above = ground.findResource(db, type, id);
      if (above) open.push(above);
    }
  }
  for (const [key, value] of Object.entries(resource.labels)) around.add(`label:${key}=${value}`);
  return [...around];
}

function found(resource: SwarmResource | undefined, text: string): SwarmResource {
  if (!resource) throw new UnknownScope(text);
  return resource;
}
