"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { useRouter } from "next/navigation";
import { type ReactNode, useMemo, useState } from "react";
import { CommandPalette, type PaletteItem } from "./command-palette";
import { leaveFor } from "./leaving";
import { navItems } from "./nav";
import { ShellContext } from "./shell-context";
import { ShortcutHelp, useShortcuts } from "./shortcuts";
import { Sidebar, type SidebarProps } from "./sidebar";

type Props = Omit<SidebarProps, "onHelp" | "onNavigate" | "sessionsHref"> & {
  sessionsHref?: string;
  /** Finds things, deeds and places for the command palette. */
  search: (query: string) => Promise<readonly PaletteItem[]>;
  children: ReactNode;
};

/** Sidebar, palette and shortcuts around the pages of the console. Each page brings its own `Page`. */
export function ConsoleShell({ search, children, sessionsHref = "/sessions", ...rest }: Props) {
  const router = useRouter();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);

  useShortcuts({
    ...Object.fromEntries(
      navItems
        .filter((item) => !rest.hidden?.includes(item.key))
        .map((item) => [`g ${item.shortcut}`, () => leaveFor(item.href, router.push)]),
    ),
    "/": focusSearch,
    "Shift+/": focusSearch,
    "Shift+?": () => setHelpOpen(true),
  });
  useShortcuts({ "$mod+k": () => setPaletteOpen((isOpen) => !isOpen) }, { isEverywhere: true });

  const shell = useMemo(() => ({ openPalette: () => setPaletteOpen(true), openMenu: () => setMenuOpen(true) }), []);
  const sidebar = { ...rest, sessionsHref };

  return (
    <ShellContext value={shell}>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <div className="shell">
        <Sidebar {...sidebar} onHelp={() => setHelpOpen(true)} />
        {children}
      </div>
      <Base.Root open={isMenuOpen} onOpenChange={setMenuOpen}>
        <Base.Portal>
          <Base.Backdrop className="scrim" />
          <Base.Popup className="sheet sheet--left">
            <Base.Title className="vh">Navigation</Base.Title>
            <Sidebar
              {...sidebar}
              onHelp={() => {
                setMenuOpen(false);
                setHelpOpen(true);
              }}
              onNavigate={() => setMenuOpen(false)}
            />
            <Base.Close className="vh">Close navigation</Base.Close>
          </Base.Popup>
        </Base.Portal>
      </Base.Root>
      <CommandPalette
        open={isPaletteOpen}
        onOpenChange={setPaletteOpen}
        search={search}
        hidden={rest.hidden}
        onHelp={() => {
          setPaletteOpen(false);
          setHelpOpen(true);
        }}
      />
      <ShortcutHelp open={isHelpOpen} onOpenChange={setHelpOpen} hidden={rest.hidden} />
    </ShellContext>
  );
}

function focusSearch(event: KeyboardEvent) {
  const field = document.querySelector<HTMLInputElement>("[data-search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}
