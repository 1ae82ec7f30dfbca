import type { z } from "zod";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import type { CreatedUser, CreateUserInput } from "./contract";
import { type PasswordRow, putPassword } from "./credential-store";
import { EmailTaken, PasswordRefused } from "./errors";
import { firstRole } from "./first-role";
import { assertTeam, summaryOf } from "./identity";
import { base32Of, displayNameOf, inGroups, userNameOf } from "./model";
import { hashPassword } from "./password";
import { passwordProblem } from "./password-rules";
import { findIdentityRowByEmail, findOrganisation, freeUserName, insertIdentity } from "./store";

/**
 * Makes a person. Without a password a one-time password is made and answered, this once; it must be replaced at the
 * first sign-in. A role needs the right to give that role besides; a lead leads the team that they are in.
 *
 * @throws {EmailTaken} @throws {PasswordRefused} @throws {RoleNeedsTeam}
 */
export async function createUser(
  ctx: Context,
  input: z.infer<typeof CreateUserInput>,
): Promise<z.infer<typeof CreatedUser>> {
  const { email, teamId, role } = input;
  const displayName = input.displayName ?? displayNameOf(email);
  const permit = await authorize(ctx, "identity.create", {
    type: "Identity",
    id: "*",
    name: email,
    kind: "user",
    teamId,
  });
  if (role) await authorize(ctx, "role.bind", { type: "Role", id: role, teamId });
  await assertTeam(ctx.read, teamId);

  const oneTimePassword = input.password === undefined ? makeOneTimePassword(ctx) : null;
  const password = await passwordOf(
    ctx,
    { email, displayName },
    oneTimePassword ?? input.password ?? "",
    oneTimePassword !== null,
  );

  return commit(permit, async (tx) => {
    if (await findIdentityRowByEmail(tx, email)) throw new EmailTaken(email);
    const id = ctx.newId("usr");
    const name = await freeUserName(tx, userNameOf(email));
    await insertIdentity(tx, { id, kind: "user", name, displayName, email, teamId, labels: {}, at: ctx.now() });
    await putPassword(tx, id, password);
    const given = role ? [await ctx.giveRole(tx, firstRole(ctx, { identityId: id, teamId, role }))] : [];

    const object = { type: "Identity", id, name: displayName };
    return {
      value: { identity: await summaryOf(ctx, tx, id), oneTimePassword },
      event: {
        kind: "identity.created",
        object,
        detail: { password: password.mustChange ? "one-time" : "given" },
        after: { kind: "user", name, displayName, email, teamId },
      },
      also: given,
    };
  });
}

/** 80 random bits in groups, to be typed once. */
export function makeOneTimePassword(ctx: Context): string {
  return inGroups(base32Of(ctx.random(10)));
}

async function passwordOf(
  ctx: Context,
  person: { readonly email: string; readonly displayName: string },
  password: string,
  mustChange: PasswordRow["mustChange"],
): Promise<PasswordRow> {
  const organisation = await findOrganisation(ctx.read);
  const problem = passwordProblem(password, { ...person, organisation: organisation?.name });
  if (problem) throw new PasswordRefused(problem.problem, problem.message);
  return { hash: await hashPassword(password, ctx.random(16)), changedAt: ctx.now(), mustChange };
}
