import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type { SetupState, SetupStep } from "./contract";
import { isHolder } from "./setup-access";
import { findSetup, type SetupRow } from "./setup-store";
import { findIdentityRow, findOrganisation, type IdentityRow } from "./store";

/** What the browser brings along that gave the setup code. */
export interface SetupHolder {
  readonly holder: string | undefined;
}

/** How far the first setup has come. What was entered is told only to the browser that claimed it. */
export async function readSetup(ctx: Context, { holder }: SetupHolder): Promise<SetupState> {
  await authorize(ctx, "setup.read", { type: "Organisation", id: "*" });
  return describeSetup(ctx, ctx.read, holder);
}

/** The same for verbs that have a permit of their own. */
export async function describeSetup(ctx: Context, db: ReadDatabase, holder: string | undefined): Promise<SetupState> {
  const suggestedTrustDomain = ctx.defaultTrustDomain;
  if (await findOrganisation(db)) return { step: "done", isClaimed: true, suggestedTrustDomain, draft: null };
  const row = await findSetup(db);
  const isClaimed = row?.holderHash != null;
  if (!row || !isHolder(row, holder)) return { step: "code", isClaimed, suggestedTrustDomain, draft: null };

  const admin = row.adminId === null ? undefined : await findIdentityRow(db, row.adminId);
  return {
    step: stepOf(row, admin),
    isClaimed,
    suggestedTrustDomain,
    draft: {
      organisation: row.organisationName,
      trustDomain: row.trustDomain,
      admin: admin
        ? { displayName: admin.displayName, email: admin.email ?? "", hasSecondFactor: admin.hasTotp }
        : null,
    },
  };
}

function stepOf(row: SetupRow, admin: IdentityRow | undefined): SetupStep {
  if (row.organisationName === null) return "organisation";
  if (!admin) return "admin";
  return admin.hasTotp ? "authorities" : "second_factor";
}
