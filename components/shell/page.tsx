"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { useModKey } from "./mod-key";
import { useShell } from "./shell-context";

type Crumb = { label: string; href?: string };

type Props = {
  /** The way here; the last one is this page. */
  crumbs: readonly Crumb[];
  children: ReactNode;
};

/** A page of the console: its header and the sheet that work happens on. */
export function Page({ crumbs, children }: Props) {
  const { openMenu, openPalette } = useShell();
  const modKey = useModKey();
  return (
    <div className="main">
      <header className="head">
        <IconButton className="head__menu" icon="menu" label="Open navigation" size="m" onClick={openMenu} />
        <nav className="crumbs" aria-label="Breadcrumb">
          <ol>
            {crumbs.map((crumb, index) => (
              <li key={crumb.label}>
                {crumb.href && index < crumbs.length - 1 ? (
                  <Link href={crumb.href}>{crumb.label}</Link>
                ) : (
                  <span className="cut" aria-current="page">
                    {crumb.label}
                  </span>
                )}
              </li>
            ))}
          </ol>
        </nav>
        <button
          className="find"
          type="button"
          aria-label="Search or run a command"
          aria-keyshortcuts="Meta+K Control+K"
          onClick={openPalette}
        >
          <Icon name="search" />
          <span>Search or run a command</span>
          <kbd className="kbd" aria-hidden="true">
            {modKey === "⌘" ? "⌘K" : "Ctrl K"}
          </kbd>
        </button>
      </header>
      <main className="body" id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
