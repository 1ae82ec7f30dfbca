import { z } from "zod";
import {
  EndAllSessionsInput,
  EndedSessions,
  EndSessionInput,
  ListSessionsInput,
  SessionSummary,
  SignInInput,
  SignInResult,
} from "@/server/identities/contract";
import { endAllSessions } from "@/server/identities/end-all-sessions";
import { endSession } from "@/server/identities/end-session";
import { listSessions } from "@/server/identities/list-sessions";
import { signIn } from "@/server/identities/sign-in";
import { COOKIES } from "./cookies";
import { keepSession } from "./keep";
import { asNobody, procedure, router } from "./trpc";

/** Signing in and out, and the sessions that are open. */
export const session = router({
  signIn: procedure
    .input(SignInInput)
    .output(SignInResult)
    .mutation(async ({ ctx, input }) => {
      const device = await ctx.cookies.get(COOKIES.device);
      const outcome = await signIn(asNobody(ctx.verbs), { ...input, device });
      if (outcome.status === "signed_in") await keepSession(ctx.cookies, outcome);
      return outcome;
    }),
  signOut: procedure.output(z.object({})).mutation(async ({ ctx }) => {
    const { sessionId } = ctx.verbs.actor;
    if (sessionId) await endSession(ctx.verbs, { sessionId });
    await ctx.cookies.remove(COOKIES.session);
    return {};
  }),
  list: procedure
    .input(ListSessionsInput)
    .output(z.array(SessionSummary))
    .query(({ ctx, input }) => listSessions(ctx.verbs, input)),
  end: procedure
    .input(EndSessionInput)
    .output(SessionSummary)
    .mutation(({ ctx, input }) => endSession(ctx.verbs, input)),
  endAll: procedure
    .input(EndAllSessionsInput)
    .output(EndedSessions)
    .mutation(({ ctx, input }) => endAllSessions(ctx.verbs, input)),
});
