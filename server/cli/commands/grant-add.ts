import type { Context } from "@/server/kernel/context";
import { addGrants } from "@/server/roles/add-grants";
import { type AddGrantsInput, type GrantPreview, NewGrant } from "@/server/roles/grant-contract";
import { previewGrants } from "@/server/roles/preview-grants";
import type { Given, Handler } from "../terminal";
import { table } from "../text";
import { check, option, timeOf } from "../words";
import { assertAllDone, endIn, numberIn, RESULTS } from "./grant-words";
import { holderOf, type Who, whoIn } from "./who";

/** `swarm grant add WHO… --role R --scope S --reason WHY`: each by itself; what one is refused, the others get. */
export const add: Handler = async (terminal, given) => {
  const who = given.args.map(whoIn);
  if (given.options.preview === true) {
    const preview = await terminal.withContext(async (ctx) => previewGrants(ctx, await inputOf(ctx, given, who)));
    terminal.say(preview, previewWords(preview));
    return assertAllDone(preview.holders);
  }
  const done = await terminal.withContext(async (ctx) => addGrants(ctx, await inputOf(ctx, given, who)));
  terminal.say(done, table(done.results, RESULTS, ""));
  assertAllDone(done.results);
};

async function inputOf(ctx: Context, given: Given, who: readonly Who[]): Promise<AddGrantsInput> {
  const from = option(given, "from");
  const startsAt = from === undefined ? undefined : timeOf(from, "--from");
  const hours = numberIn(given, "eligible", "--eligible");
  const grant = check(
    NewGrant,
    {
      ...{ role: option(given, "role"), scope: option(given, "scope"), reason: option(given, "reason") },
      ...{ ticket: option(given, "ticket"), startsAt, endsAt: endIn(given, startsAt ?? ctx.now()) },
      ...(hours !== undefined && { mode: "eligible", activationHours: hours }),
    },
    { activationHours: "--eligible" },
  );
  const holders: AddGrantsInput["holders"] = [];
  // A name that is not there refuses the whole line: whoever wrote it meant somebody else.
  for (const one of who) holders.push(await holderOf(ctx, one));
  return { ...grant, holders };
}

function previewWords({ holders, limits }: GrantPreview): string {
  return [
    ...holders.map(({ holder, refused, gains }) =>
      [
        `${holder.name} ${refused ? `would be refused: ${refused.message}` : "would newly be allowed"}`,
        table(
          gains,
          [
            { title: "ACTION", of: ({ action }) => action },
            { title: "WORKLOAD", of: ({ workload }) => workload },
            { title: "ON", of: ({ resourceType }) => resourceType },
            { title: "COUNT", of: ({ count, resources }) => (resources.includes("*") ? "all" : count) },
            { title: "SUCH AS", of: ({ resources }) => resources.filter((one) => one !== "*").join(", ") },
          ],
          refused ? "" : "nothing",
        ),
      ]
        .filter((part) => part !== "")
        .join("\n"),
    ),
    ...limits.map((limit) => `Not all were asked about: ${limit}`),
  ].join("\n\n");
}
