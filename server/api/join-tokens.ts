import {
  CreatedJoinToken,
  CreateJoinTokenInput,
  JoinToken,
  JoinTokenInput,
  JoinTokenPage,
  ListJoinTokensInput,
} from "@/server/certificates/join-token-contract";
import { createJoinToken, listJoinTokens, revokeJoinToken } from "@/server/certificates/join-tokens";
import { procedure, router } from "./trpc";

/** Join tokens: one-use secrets with which a machine gets its first certificate. */
export const joinTokens = router({
  list: procedure
    .input(ListJoinTokensInput)
    .output(JoinTokenPage)
    .query(({ ctx, input }) => listJoinTokens(ctx.verbs, input)),
  create: procedure
    .input(CreateJoinTokenInput)
    .output(CreatedJoinToken)
    .mutation(({ ctx, input }) => createJoinToken(ctx.verbs, input)),
  revoke: procedure
    .input(JoinTokenInput)
    .output(JoinToken)
    .mutation(({ ctx, input }) => revokeJoinToken(ctx.verbs, input)),
});
