import { CreateJoinTokenInput } from "@/server/certificates/join-token-contract";
import { createJoinToken } from "@/server/certificates/join-tokens";
import { type Handler, UsageError } from "../terminal";
import { fields, utc } from "../text";
import { check, minutesOf, option } from "../words";

/** `swarm join-token create`: the token is shown this once. */
export const createToken: Handler = async (terminal, given) => {
  const ttl = option(given, "ttl");
  const input = check(
    CreateJoinTokenInput,
    {
      kind: option(given, "kind"),
      name: option(given, "name"),
      profile: option(given, "profile"),
      ttlMinutes: ttl === undefined ? undefined : wholeMinutes(ttl),
    },
    { ttlMinutes: "--ttl" },
  );

  const created = await terminal.withContext((ctx) => createJoinToken(ctx, input));
  terminal.say(
    created,
    [
      fields([
        ["For", `${created.kind} ${created.name}`],
        ["Profile", created.profile.name],
        ["Ends", utc(created.expiresAt)],
        ["Token", created.token],
      ]),
      "",
      "It works once. On the machine:",
      "",
      created.enrollCommand,
    ].join("\n"),
  );
};

function wholeMinutes(text: string): number {
  const minutes = minutesOf(text, "--ttl", "m");
  if (!Number.isInteger(minutes)) throw new UsageError("--ttl takes whole minutes, such as 15m or 2h");
  return minutes;
}
