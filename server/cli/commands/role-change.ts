import { createRole, retireRole, updateRole } from "@/server/roles/change-role";
import { CreateRoleInput, RetireRoleInput, RoleInput, UpdateRoleInput } from "@/server/roles/contract";
import { getRoleDetail } from "@/server/roles/list-roles";
import { type Given, type Handler, UsageError } from "../terminal";
import { argument, check, option } from "../words";
import { readDefinition } from "./role-file";
import { factsOf } from "./role-list";

const NAMES = { name: "<role>", base: "--base" } as const;

/** `swarm role create ROLE --file FILE` */
export const create: Handler = async (terminal, given) => {
  const named = check(
    CreateRoleInput.pick({ name: true, note: true }),
    { name: argument(given, 0), note: option(given, "note") ?? "as it is made" },
    NAMES,
  );
  const definition = await readDefinition(terminal, option(given, "file") ?? "");
  const role = await terminal.withContext((ctx) => createRole(ctx, { ...definition, ...named }));
  terminal.say(role, factsOf(role));
};

/** `swarm role update ROLE --file FILE --note TEXT`; without a base, whatever it is now becomes what the file says. */
export const update: Handler = async (terminal, given) => {
  const named = check(
    UpdateRoleInput.pick({ name: true, note: true }),
    { name: argument(given, 0), note: option(given, "note") },
    NAMES,
  );
  const wanted = baseIn(given);
  const definition = await readDefinition(terminal, option(given, "file") ?? "");
  const role = await terminal.withContext(async (ctx) => {
    // A built-in role has no version, and refuses whatever the base.
    const base = wanted ?? (await getRoleDetail(ctx, { name: named.name })).number ?? 1;
    return updateRole(ctx, { ...definition, ...named, base });
  });
  terminal.say(role, factsOf(role));
};

/** `swarm role retire ROLE --reason TEXT` */
export const retire: Handler = async (terminal, given) => {
  const { name } = check(RoleInput, { name: argument(given, 0) }, NAMES);
  const input = check(RetireRoleInput, { name, reason: option(given, "reason") });
  const role = await terminal.withContext((ctx) => retireRole(ctx, input));
  terminal.say(role, factsOf(role));
};

/** @throws {UsageError} */
function baseIn(given: Given): number | undefined {
  const text = option(given, "base");
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError("--base takes the number of a version, as role show tells it");
  return Number(text);
}
