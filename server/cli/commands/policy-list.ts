import { getPolicy, listPolicies } from "@/server/policies/list";
import type { Handler } from "../terminal";
import { table } from "../text";
import { argument } from "../words";

/** `swarm policy list` */
export const showPolicies: Handler = async (terminal) => {
  const { policies, epoch } = await terminal.withContext((ctx) => listPolicies(ctx));
  terminal.say(
    { epoch, policies },
    table(
      policies,
      [
        { title: "POLICY", of: ({ id }) => id },
        { title: "EFFECT", of: ({ effect }) => effect },
        {
          title: "VERSION",
          of: ({ origin, version }) => (origin === "built-in" ? origin : version === null ? "draft" : String(version)),
        },
        { title: "ABOUT", of: ({ about }) => about },
      ],
      "there are no policies",
    ),
  );
};

/** `swarm policy show POLICY` */
export const showPolicy: Handler = async (terminal, given) => {
  const policy = await terminal.withContext((ctx) => getPolicy(ctx, { policy: argument(given, 0) }));
  terminal.say(policy, (policy.text ?? policy.draft?.text ?? "it is not in force").trimEnd());
};
