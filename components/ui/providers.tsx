"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { ToastProvider } from "./toast";

/** Theme, toasts and tooltips for everything below; the nonce lets their own script past the policy. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      storageKey="swarm.theme"
      enableColorScheme={false}
      nonce={nonce}
    >
      <CSPProvider nonce={nonce} disableStyleElements>
        <Tooltip.Provider>
          <ToastProvider>{children}</ToastProvider>
        </Tooltip.Provider>
      </CSPProvider>
    </ThemeProvider>
  );
}
