import type { Context, Resource } from "@/server/kernel/context";
import { Unauthenticated } from "@/server/kernel/errors";
import { findPassword, type PasswordRow } from "./credential-store";
import { findIdentityRow, type IdentityRow } from "./store";

/** The person who asks, with the password in force. */
export interface OwnAccount {
  readonly identity: IdentityRow & { readonly email: string };
  readonly password: PasswordRow;
  readonly resource: Resource;
}

/** @throws {Unauthenticated} when whoever asks is not a person with an account. */
export async function getOwnAccount(ctx: Context): Promise<OwnAccount> {
  const identity = await findIdentityRow(ctx.read, ctx.actor.id);
  const password = await findPassword(ctx.read, ctx.actor.id);
  if (!identity || identity.email === null || !password) throw new Unauthenticated();
  return {
    identity: { ...identity, email: identity.email },
    password,
    resource: { type: "Identity", id: identity.id, name: identity.displayName, kind: "user", teamId: identity.teamId },
  };
}
