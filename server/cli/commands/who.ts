import { getNamedIdentity } from "@/server/identities/get-named-identity";
import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import type { HolderInput } from "@/server/roles/grant-contract";
import { UsageError } from "../terminal";

const KINDS = ["user", "service", "node", "team"] as const;

/** Whoever may hold a role, as they are written at the terminal: `user:mara@swarm.local`, `user:mara`, `team:vision`. */
export interface Who {
  readonly kind: (typeof KINDS)[number];
  readonly name: string;
}

/** @throws {UsageError} */
export function whoIn(text: string): Who {
  const at = text.indexOf(":");
  const kind = KINDS.find((one) => one === text.slice(0, at));
  const name = text.slice(at + 1);
  if (kind === undefined || name === "") {
    throw new UsageError(`${text}: say who as user:mara@swarm.local, service:llm-gateway, node:gpu-7 or team:vision`);
  }
  return { kind, name };
}

/** Whom the verbs know by that. @throws {Missing} */
export async function holderOf(ctx: Context, { kind, name }: Who): Promise<HolderInput> {
  if (kind === "team") return { kind: "team", id: await teamIdOf(ctx, name) };
  if (kind !== "user" || name.includes("@")) {
    const called = kind === "user" ? name.toLowerCase() : name;
    return { kind: "identity", id: (await getNamedIdentity(ctx, { kind, name: called })).id };
  }
  const found = await ctx.findIdentityByName(ctx.read, kind, name);
  if (!found) throw new Missing("person", name);
  return { kind: "identity", id: found.id };
}

/** The id of a team by its name. @throws {Missing} */
export async function teamIdOf(ctx: Context, name: string): Promise<string> {
  const team = (await ctx.teams(ctx.read)).find((one) => one.name === name);
  if (!team) throw new Missing("team", name);
  return team.id;
}
