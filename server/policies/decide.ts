import type { Decision, Question } from "@/server/kernel/context";
import { BUILT_IN_POLICIES, BUILT_IN_VERSION } from "./built-in";
import { consoleSchema } from "./console-schema";
import { ConsoleAuthority } from "./model";
import { swarmSchema } from "./swarm-schema";

/** Made with the first question, and kept. */
let authority: ConsoleAuthority | null = null;

/** The policies in force. */
export function authorityInForce(): ConsoleAuthority {
  authority ??= new ConsoleAuthority({
    policies: BUILT_IN_POLICIES,
    schema: swarmSchema() + consoleSchema(),
    version: BUILT_IN_VERSION,
  });
  return authority;
}

/** The `decide` port: asks the policies in force. */
export async function decide(question: Question): Promise<Decision> {
  return authorityInForce().decide(question);
}
