import { ListGrantsInput } from "@/server/roles/grant-contract";
import { listGrants } from "@/server/roles/list-grants";
import type { Handler } from "../terminal";
import { table, utc } from "../text";
import { check, option } from "../words";
import { numberIn, untilOf } from "./grant-words";
import { holderOf, teamIdOf, whoIn } from "./who";

/** `swarm grant list` */
export const showGrants: Handler = async (terminal, given) => {
  const [who, team] = [option(given, "who"), option(given, "team")];
  const whom = who === undefined ? undefined : whoIn(who);
  const filter = check(
    ListGrantsInput,
    {
      ...{ role: option(given, "role"), state: given.options.ended === true ? "ended" : "current" },
      ...{ endsWithinHours: numberIn(given, "endsWithin", "--ends-within") },
      ...{ unusedDays: numberIn(given, "unused", "--unused"), limit: numberIn(given, "limit", "--limit") },
      ...{ cursor: option(given, "after") },
    },
    { endsWithinHours: "--ends-within", unusedDays: "--unused", cursor: "--after" },
  );
  const page = await terminal.withContext(async (ctx) =>
    listGrants(ctx, {
      ...filter,
      holder: whom && (await holderOf(ctx, whom)),
      teamId: team === undefined ? undefined : await teamIdOf(ctx, team),
    }),
  );
  terminal.say(
    page,
    table(
      page.items,
      [
        { title: "GRANT", of: ({ id }) => id },
        { title: "HELD BY", of: ({ holder }) => `${holder.kind} ${holder.name}` },
        { title: "ROLE", of: ({ role }) => role.name },
        { title: "SCOPE", of: ({ scope }) => scope },
        { title: "STATE", of: ({ state }) => state },
        { title: "UNTIL", of: untilOf },
        { title: "LAST USED", of: ({ lastUsedAt }) => utc(lastUsedAt) || "never" },
        { title: "FOR", of: ({ reason, ended }) => ended?.reason ?? reason },
      ],
      "no grant fits",
    ),
  );
  if (page.nextCursor) terminal.warn(`there are more, ${page.total} in all: go on with --after ${page.nextCursor}`);
};
