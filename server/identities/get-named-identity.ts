import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { IdentityKind, IdentitySummary } from "./contract";
import { summarizeIdentity } from "./identity";
import { findIdentityRowByEmail, findIdentityRowByName } from "./store";

/** The identity that people call so: a person by e-mail address, a machine by its name. @throws {Missing} */
export async function getNamedIdentity(
  ctx: Context,
  { kind, name }: { readonly kind: IdentityKind; readonly name: string },
): Promise<IdentitySummary> {
  await authorize(ctx, "identity.list", { type: "Identity", id: "*", kind });
  const isPerson = kind === "user";
  const row = await (isPerson ? findIdentityRowByEmail(ctx.read, name) : findIdentityRowByName(ctx.read, kind, name));
  if (!row) throw new Missing(isPerson ? "person" : kind, name);
  return summarizeIdentity(ctx, ctx.read, row);
}
