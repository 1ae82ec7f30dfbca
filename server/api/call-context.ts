import { cache } from "react";
import { ANONYMOUS } from "@/server/platform/composition";
import { currentSession } from "./auth";
import { nextCookies } from "./cookies";
import { consoleRuntime, requestOrigin } from "./request";
import type { CallContext } from "./trpc";

/** What procedures and pages are given: the signed-in actor, or nobody. Once a request. */
export const callContext = cache(async (): Promise<CallContext> => {
  // The request comes first: while building there is none, and that must be known before any data is opened.
  const origin = await requestOrigin();
  const [runtime, session] = await Promise.all([consoleRuntime(), currentSession()]);
  return {
    verbs: runtime.contextFor(session?.actor ?? ANONYMOUS, origin),
    logger: runtime.logger,
    cookies: nextCookies(),
  };
});
