import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/ui/providers";
import "./globals.css";

export const metadata: Metadata = {
  title: { template: "%s · Swarm Security Console", default: "Swarm Security Console" },
  description: "Certificates, identities and their evidence for one trust domain.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
};

/** The frame of every page: language, fonts, theme. The nonce is the one of this very answer. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        <noscript>
          <p className="border-b border-warn bg-warn px-gutter py-2 text-1">
            <b>The console works with JavaScript alone, and this browser runs none.</b> Allow it for this address, then
            load the page again.
          </p>
        </noscript>
        <Providers nonce={nonce}>
          <div className="root">{children}</div>
        </Providers>
      </body>
    </html>
  );
}
