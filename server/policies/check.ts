import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { CheckFolderInput, CheckInput, CheckResult } from "./contract";
import { inForce } from "./in-force";
import { changesTo, propose } from "./propose";
import { readTests } from "./publish";
import { examine } from "./put-in-force";
import { allTests } from "./test-store";

/** Looks at changes as publishing would, and keeps nothing. @throws {PolicyTextRefused} and as `propose` */
export async function checkPolicies(ctx: Context, { changes }: CheckInput): Promise<CheckResult> {
  await authorize(ctx, "policy.read", { type: "Policy", id: "*" });
  const { set } = await inForce(ctx.read);
  return resultOf(await examine(ctx, propose(set, changes), await allTests(ctx.read)));
}

/** Looks at a folder as publishing it would. @throws {PolicyTextRefused} and as `propose` */
export async function checkFolder(ctx: Context, { policies, tests }: CheckFolderInput): Promise<CheckResult> {
  await authorize(ctx, "policy.read", { type: "Policy", id: "*" });
  const { set } = await inForce(ctx.read);
  const wanted = tests === null ? await allTests(ctx.read) : readTests(tests);
  return resultOf(await examine(ctx, propose(set, changesTo(set, policies)), wanted));
}

function resultOf({ problems, tests, lockOut, notices }: Awaited<ReturnType<typeof examine>>): CheckResult {
  return { problems: [...problems], tests: [...tests], lockOut, notices: [...notices] };
}
