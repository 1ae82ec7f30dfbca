import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { TotpOffer } from "./contract";
import { getOwnAccount } from "./own-account";
import { offerTotp } from "./second-factor";
import { findOrganisation } from "./store";

/** Offers a new authenticator secret to oneself. Nothing changes before `confirmTotp`. */
export async function startTotp(ctx: Context): Promise<TotpOffer> {
  const { identity, resource } = await getOwnAccount(ctx);
  await authorize(ctx, "second_factor.manage", resource);
  const organisation = await findOrganisation(ctx.read);
  return offerTotp(ctx, identity, organisation?.name ?? "Swarm");
}
