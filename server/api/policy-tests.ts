import { z } from "zod";
import { CheckInput, TestResult } from "@/server/policies/contract";
import {
  PolicyTest,
  TestNameInput,
  TryInput,
  TryResult,
  WhoCanInput,
  WhoCanResult,
} from "@/server/policies/test-contract";
import { listTests, putTest, removeTest, runPolicyTests } from "@/server/policies/tests";
import { tryRequest } from "@/server/policies/try";
import { whoCan } from "@/server/policies/who-can";
import { procedure, router } from "./trpc";

/** What policies would decide: one request, everybody, and what is expected of them. */
export const policyTests = router({
  list: procedure.output(z.array(PolicyTest)).query(({ ctx }) => listTests(ctx.verbs)),
  run: procedure
    .input(CheckInput)
    .output(z.array(TestResult))
    .mutation(({ ctx, input }) => runPolicyTests(ctx.verbs, input)),
  put: procedure
    .input(PolicyTest)
    .output(PolicyTest)
    .mutation(({ ctx, input }) => putTest(ctx.verbs, input)),
  remove: procedure
    .input(TestNameInput)
    .output(TestNameInput)
    .mutation(({ ctx, input }) => removeTest(ctx.verbs, input)),
  ask: procedure
    .input(TryInput)
    .output(TryResult)
    .mutation(({ ctx, input }) => tryRequest(ctx.verbs, input)),
  whoCan: procedure
    .input(WhoCanInput)
    .output(WhoCanResult)
    .mutation(({ ctx, input }) => whoCan(ctx.verbs, input)),
});
