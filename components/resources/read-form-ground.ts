import "server-only";
import { type Caller, currentAccount, currentPermissions, readPage } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import type { FormGround } from "./resource-form";
import { plansOf } from "./schema-plan";

/** What the form may offer: the schema in force, teams of the person, names to choose from, and types that are locked. */
export async function readFormGround(): Promise<FormGround | undefined> {
  const permissions = await currentPermissions();
  if (permissions["resource.put"] !== null) return undefined;
  const account = await currentAccount();
  const isAdmin = account.roles.includes("admin");
  const read = await readPage(async (caller) => {
    const { text } = await caller.resources.schema();
    const plans = plansOf(text);
    const named = plans.flatMap(({ fields, within }) => [
      ...within,
      ...fields.flatMap(({ kind }) => (kind.is === "entity" ? [kind.type] : [])),
    ]);
    return {
      schema: text,
      teams: isAdmin ? (await caller.teams.list()).map(({ name }) => name) : [],
      names: await namesOf(caller, [...new Set(named)]),
      locked: isAdmin
        ? {}
        : await locksOf(
            caller,
            plans.map(({ type }) => type),
            account.team?.id ?? null,
          ),
    };
  });
  if (!read.value) return undefined;
  const own = account.team?.name;
  return isAdmin
    ? { ...read.value, mayLeaveOutTeam: true }
    : { ...read.value, teams: own ? [own] : [], mayLeaveOutTeam: false };
}

async function namesOf(caller: Caller, types: readonly string[]): Promise<Record<string, string[]>> {
  const pages = await Promise.all(types.map((type) => caller.resources.list({ type, limit: 200 })));
  return Object.fromEntries(types.map((type, at) => [type, pages[at]?.items.map(({ id }) => id) ?? []]));
}

/** Why the person may register nothing of a type, even in their own team. */
async function locksOf(
  caller: Caller,
  types: readonly string[],
  teamId: string | null,
): Promise<Record<string, string>> {
  const asked = await Promise.all(types.map((kind) => caller.roles.permissions({ id: "*", teamId, kind })));
  return Object.fromEntries(
    types.flatMap((type, at) => {
      const because = whyNot(asked[at] ?? {}, "resource.put");
      return because === undefined ? [] : [[type, because]];
    }),
  );
}
