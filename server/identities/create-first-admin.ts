import type { z } from "zod";
import type { Context, Transaction } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { CreateFirstAdminInput, SetupState } from "./contract";
import { deleteSecondFactor, type PasswordRow, putPassword } from "./credential-store";
import { PasswordRefused, SetupOutOfOrder } from "./errors";
import { userNameOf } from "./model";
import { hashPassword } from "./password";
import { passwordProblem } from "./password-rules";
import { describeSetup, type SetupHolder } from "./read-setup";
import { getHeldSetup } from "./setup-access";
import { updateSetup } from "./setup-store";
import { freeUserName, insertIdentity, updateIdentityWords } from "./store";

type FirstAdmin = z.infer<typeof CreateFirstAdminInput>;

/**
 * Setup: makes the first admin, who gets the role when the setup is finished. Repeating it changes that person, and
 * asks for a second factor again.
 *
 * @throws {PasswordRefused} @throws {SetupOutOfOrder} @throws {SetupNotClaimed} @throws {SetupAlreadyDone}
 */
export async function createFirstAdmin(ctx: Context, input: FirstAdmin & SetupHolder): Promise<SetupState> {
  const permit = await authorize(ctx, "setup.run", { type: "Organisation", id: "*" });
  const { organisationName } = await getHeldSetup(ctx.read, input.holder);
  if (organisationName === null) throw new SetupOutOfOrder("name the organisation");
  const password = await firstPassword(ctx, input, organisationName);

  await commit(permit, async (tx) => {
    const { adminId } = await getHeldSetup(tx, input.holder);
    const id = await putFirstAdmin(ctx, tx, input, adminId);
    await putPassword(tx, id, password);
    await updateSetup(tx, { adminId: id });
    return {
      value: undefined,
      event: {
        kind: adminId === null ? "identity.created" : "identity.updated",
        object: { type: "Identity", id, name: input.displayName },
        after: { kind: "user", displayName: input.displayName, email: input.email },
      },
    };
  });
  return describeSetup(ctx, ctx.read, input.holder);
}

/** @throws {PasswordRefused} */
export async function firstPassword(
  ctx: Context,
  admin: { readonly email: string; readonly displayName: string; readonly password: string },
  organisation: string,
): Promise<PasswordRow> {
  const { email, displayName, password } = admin;
  const problem = passwordProblem(password, { email, displayName, organisation });
  if (problem) throw new PasswordRefused(problem.problem, problem.message);
  return { hash: await hashPassword(password, ctx.random(16)), changedAt: ctx.now(), mustChange: false };
}

/** Makes the person, or changes the one that an earlier attempt made. Answers the id. */
export async function putFirstAdmin(
  ctx: Context,
  tx: Transaction,
  admin: { readonly email: string; readonly displayName: string },
  earlier: string | null,
): Promise<string> {
  const { email, displayName } = admin;
  if (earlier !== null) {
    await updateIdentityWords(tx, earlier, { displayName, email, name: userNameOf(email) });
    await deleteSecondFactor(tx, earlier);
    return earlier;
  }
  const id = ctx.newId("usr");
  const name = await freeUserName(tx, userNameOf(email));
  await insertIdentity(tx, { id, kind: "user", name, displayName, email, teamId: null, labels: {}, at: ctx.now() });
  return id;
}
