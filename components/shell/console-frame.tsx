"use client";

import { type ReactNode, useCallback } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { ConsoleShell } from "./console-shell";
import type { NavKey } from "./nav";
import { deedsFor, paletteItems } from "./palette-items";
import type { NavCount, ShellUser } from "./sidebar";

type Props = {
  readonly trustDomain: string;
  readonly user: ShellUser;
  readonly counts: Partial<Record<NavKey, NavCount>>;
  /** Deeds that the person may do, for the palette. */
  readonly allowed: readonly string[];
  /** Stands above every page until it is dealt with. */
  readonly reminder?: ReactNode;
  readonly children: ReactNode;
};

/** The shell with what it needs of the server: signing out, and the search of the palette. */
export function ConsoleFrame({ trustDomain, user, counts, allowed, reminder, children }: Props) {
  const client = useTRPCClient();

  const search = useCallback(
    async (text: string) => {
      const deeds = deedsFor(text, allowed);
      if (text === "") return deeds;
      const found = await client.inventory.find.query({ text: text.slice(0, 200) });
      return [...paletteItems(text, found, Date.now()), ...deeds];
    },
    [client, allowed],
  );

  async function signOut() {
    await client.session.signOut.mutate();
    // A full load: nothing that this person saw stays in the memory of the page.
    window.location.assign("/sign-in");
  }

  return (
    <ConsoleShell trustDomain={trustDomain} user={user} counts={counts} search={search} onSignOut={signOut}>
      <div className="flex min-h-0 min-w-0 flex-col phone:h-full">
        {reminder}
        <div className="min-h-0 flex-1">{children}</div>
      </div>
    </ConsoleShell>
  );
}
