import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize, commit } from "@/server/kernel/permit";
import type { CheckInput, TestResult } from "./contract";
import { inForce } from "./in-force";
import { propose } from "./propose";
import { runTests } from "./run-tests";
import type { PolicyTest, TestNameInput } from "./test-contract";
import { allTests, deleteTest, putTestRow } from "./test-store";

/** Every policy test. */
export async function listTests(ctx: Context): Promise<PolicyTest[]> {
  await authorize(ctx, "policy.list", { type: "Policy", id: "*" });
  return allTests(ctx.read);
}

/** Runs every policy test against the policies in force with some changes. @throws as `propose`, and {TextRefused} */
export async function runPolicyTests(ctx: Context, { changes }: CheckInput): Promise<TestResult[]> {
  await authorize(ctx, "policy.read", { type: "Policy", id: "*" });
  const { set } = await inForce(ctx.read);
  return runTests(ctx, propose(set, changes).set, await allTests(ctx.read));
}

/** Adds a policy test, or replaces the one of its name. Publishing needs it to pass from then on. */
export async function putTest(ctx: Context, test: PolicyTest): Promise<PolicyTest> {
  const permit = await authorize(ctx, "policy.draft", { type: "Policy", id: "*" });
  return commit(permit, async (tx) => {
    const before = (await allTests(tx)).find(({ name }) => name === test.name);
    await putTestRow(tx, test, ctx.actor, ctx.now());
    return {
      value: test,
      event: {
        kind: "policy.test_saved",
        object: { type: "Policy", id: "*" },
        detail: { test: test.name },
        ...(before && { before: { ...before } }),
        after: { ...test },
      },
    };
  });
}

/** Removes a policy test. @throws {Missing} */
export async function removeTest(ctx: Context, { name }: TestNameInput): Promise<TestNameInput> {
  const permit = await authorize(ctx, "policy.draft", { type: "Policy", id: "*" });
  return commit(permit, async (tx) => {
    const before = (await allTests(tx)).find((test) => test.name === name);
    if (!before) throw new Missing("policy test", name);
    await deleteTest(tx, name);
    return {
      value: { name },
      event: {
        kind: "policy.test_removed",
        object: { type: "Policy", id: "*" },
        detail: { test: name },
        before: { ...before },
      },
    };
  });
}
