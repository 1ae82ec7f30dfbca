import { InitInput } from "@/server/identities/contract";
import { init as initialise } from "@/server/identities/init";
import { type Handler, UsageError } from "../terminal";
import { fields } from "../text";
import { check, option, readSecret } from "../words";

/** `swarm init`: what `/setup` does, without a browser. */
export const init: Handler = async (terminal, given) => {
  if (given.options.passwordStdin !== true)
    throw new UsageError("give the password on standard input, --password-stdin");
  const input = check(
    InitInput,
    {
      organisation: option(given, "org"),
      trustDomain: option(given, "trustDomain") ?? terminal.trustDomain(),
      admin: {
        email: option(given, "admin"),
        displayName: option(given, "adminName"),
        password: await readSecret(terminal, "password"),
      },
      algorithm: option(given, "algorithm"),
    },
    {
      organisation: "--org",
      trustDomain: "--trust-domain",
      "admin.email": "--admin",
      "admin.displayName": "--admin-name",
      "admin.password": "the password",
    },
  );

  const done = await terminal.withContext((ctx) => initialise(ctx, input));
  terminal.say(
    done,
    fields([
      ["Organisation", done.organisation],
      ["Trust domain", done.trustDomain],
      ["First admin", input.admin.email],
      ["Root SHA-256", done.rootFingerprint],
    ]),
  );
};
