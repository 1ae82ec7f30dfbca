"use client";

import { createContext, useContext } from "react";

/** What the header of a page asks of the shell around it. */
export type Shell = { openPalette: () => void; openMenu: () => void };

/** Provided by `ConsoleShell`. */
export const ShellContext = createContext<Shell | null>(null);

/** The shell around this page. @throws outside of a `ConsoleShell`. */
export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error("a page of the console stands inside ConsoleShell");
  return shell;
}
