import { ChangeGrantInput, EndGrantsInput } from "@/server/roles/grant-contract";
import { changeGrant, endGrants } from "@/server/roles/end-grants";
import type { Handler } from "../terminal";
import { table } from "../text";
import { argument, check, option } from "../words";
import { assertAllDone, endIn, grantFacts, RESULTS } from "./grant-words";

/** `swarm grant extend GRANT --until TIME --reason TEXT` */
export const extend: Handler = async (terminal, given) => {
  const grant = await terminal.withContext((ctx) => {
    const input = { id: argument(given, 0), endsAt: endIn(given, ctx.now()), reason: option(given, "reason") };
    return changeGrant(ctx, check(ChangeGrantInput, input));
  });
  terminal.say(grant, grantFacts(grant));
};

/** `swarm grant revoke GRANT… --reason TEXT`: each by itself; what one is refused, the others get. */
export const revoke: Handler = async (terminal, given) => {
  const input = check(EndGrantsInput, { ids: given.args, reason: option(given, "reason") }, { ids: "<grant>" });
  const { results } = await terminal.withContext((ctx) => endGrants(ctx, input));
  const asked = results.map((result, at) => ({ ...result, grantId: input.ids[at] ?? null }));
  terminal.say({ results }, table(asked, RESULTS, ""));
  assertAllDone(results);
};
