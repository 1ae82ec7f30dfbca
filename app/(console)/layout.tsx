import type { ReactNode } from "react";
import { RpcProvider } from "@/components/rpc/client";
import { ConsoleFrame } from "@/components/shell/console-frame";
import { currentAccount, currentPermissions } from "@/components/shell/guard";
import { SecondFactorReminder } from "@/components/shell/second-factor-reminder";
import { readShellCounts } from "@/components/shell/shell-counts";
import { serverCaller } from "@/server/api/caller";
import { ROLE_WORDS } from "@/server/roles/contract";

/** Everything behind the sign-in: the shell, and the reminder of a missing second factor. */
export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const account = await currentAccount();
  const permissions = await currentPermissions();
  const counts = await readShellCounts(await serverCaller(), permissions);
  const allowed = Object.keys(permissions).filter((action) => permissions[action] === null);
  const roleWords = account.roles.map((role) => ROLE_WORDS[role]).join(", ") || "No role yet";

  return (
    <RpcProvider>
      <ConsoleFrame
        trustDomain={account.trustDomain}
        user={{ name: account.displayName, email: account.email, roleWords }}
        counts={counts}
        allowed={allowed}
        reminder={account.secondFactorSince === null ? <SecondFactorReminder /> : undefined}
      >
        {children}
      </ConsoleFrame>
    </RpcProvider>
  );
}
