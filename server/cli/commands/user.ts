import { CreateUserInput } from "@/server/identities/contract";
import { createUser } from "@/server/identities/create-user";
import { listIdentities } from "@/server/identities/list-identities";
import type { Handler } from "../terminal";
import { fields, table, utc } from "../text";
import { argument, check, option, readSecret } from "../words";
import { teamIdOf } from "./who";

/** `swarm user add EMAIL --role R` */
export const addUser: Handler = async (terminal, given) => {
  const password = given.options.passwordStdin === true ? await readSecret(terminal, "password") : undefined;
  const input = check(
    CreateUserInput.required({ role: true }),
    { email: argument(given, 0), displayName: option(given, "name"), role: option(given, "role"), password },
    { email: "<email>", displayName: "--name", password: "the password" },
  );
  const team = option(given, "team");

  const created = await terminal.withContext(async (ctx) => {
    const teamId = team === undefined ? null : await teamIdOf(ctx, team);
    return createUser(ctx, { ...input, teamId });
  });
  terminal.say(
    created,
    fields([
      ["Added", created.identity.email],
      ["Id", created.identity.id],
      ["Role", created.identity.roles.join(", ")],
      ["One-time password", created.oneTimePassword],
    ]),
  );
};

const PAGE = 200;

/** `swarm user list` */
export const listUsers: Handler = async (terminal) => {
  const users = await terminal.withContext(async (ctx) => {
    const all = [];
    let cursor: string | undefined;
    do {
      const page = await listIdentities(ctx, { kind: "user", query: "", cursor, limit: PAGE });
      all.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return all;
  });
  terminal.say(
    { users },
    table(
      users,
      [
        { title: "E-MAIL", of: (user) => user.email },
        { title: "NAME", of: (user) => user.displayName },
        { title: "ROLES", of: (user) => user.roles.join(", ") },
        { title: "STATE", of: (user) => user.state },
        { title: "SECOND FACTOR", of: (user) => (user.hasSecondFactor ? "yes" : "no") },
        { title: "SINCE", of: (user) => utc(user.createdAt) },
      ],
      "there are no people yet",
    ),
  );
};
