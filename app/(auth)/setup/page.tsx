import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FirstNode } from "@/components/identities/setup/first-node";
import { SetupWizard } from "@/components/identities/setup/setup-wizard";
import { currentAccount, currentPermissions } from "@/components/shell/guard";
import { serverCaller } from "@/server/api/caller";

export const metadata: Metadata = { title: "Set up" };

/** The first run, at the step where it was left. Its last step comes after the sign-in, until there is a node. */
export default async function SetupPage() {
  const caller = await serverCaller();
  const state = await caller.setup.read();
  if (state.step !== "done") return <SetupWizard state={state} />;

  const account = await currentAccount();
  const permissions = await currentPermissions();
  if (permissions["join_token.create"] !== null || permissions["authority.list"] !== null) redirect("/");
  const { total } = await caller.identities.list({ kind: "node", limit: 1 });
  if (total > 0) redirect("/");
  const hierarchy = await caller.authorities.list();
  const root = hierarchy.authorities.find(({ role }) => role === "root");

  return (
    <FirstNode
      organisation={account.organisation}
      trustDomain={account.trustDomain}
      admin={account.displayName}
      hasSecondFactor={account.secondFactorSince !== null}
      trust={{ bundleUrl: hierarchy.bundleUrl, rootFingerprint: root?.fingerprint ?? "" }}
    />
  );
}
