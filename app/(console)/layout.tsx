import type { ReactNode } from "react";
import { RpcProvider } from "@/components/rpc/client";
import { ConsoleFrame } from "@/components/shell/console-frame";
import { currentAccount, currentPermissions } from "@/components/shell/guard";
import { SecondFactorReminder } from "@/components/shell/second-factor-reminder";
import { readShellCounts } from "@/components/shell/shell-counts";
import { serverCaller } from "@/server/api/caller";
import { roleWords } from "@/components/identities/kinds";

/** Everything behind the sign-in: the shell, and the reminder of a missing second factor. */
export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const account = await currentAccount();
  const permissions = await currentPermissions();
  const counts = await readShellCounts(await serverCaller(), permissions);
  const allowed = Object.keys(permissions).filter((action) => permissions[action] === null);
  const heldRoles = roleWords(account.roles);

  return (
    <RpcProvider>
      <ConsoleFrame
        trustDomain={account.trustDomain}
        user={{ name: account.displayName, email: account.email, roleWords: heldRoles }}
        counts={counts}
        allowed={allowed}
        reminder={account.secondFactorSince === null ? <SecondFactorReminder /> : undefined}
      >
        {children}
      </ConsoleFrame>
    </RpcProvider>
  );
}
