"use client";

import { type ReactNode, useRef } from "react";
import { useShortcuts } from "./shortcuts";

type Rows = {
  count: number;
  /** The row the keys are on; -1 for none yet. */
  active: number;
  onActive: (index: number) => void;
  onChoose?: (index: number) => void;
  onOpen?: (index: number) => void;
};

/** J and K move through rows, X chooses, Enter opens; for tables that keep their own state, such as virtual ones. */
export function useRowKeys({ count, active, onActive, onChoose, onOpen }: Rows) {
  const move = (to: number) => {
    if (count > 0) onActive(Math.min(count - 1, Math.max(0, to)));
  };
  useShortcuts({
    j: () => move(active + 1),
    k: () => move(active < 0 ? 0 : active - 1),
    x: () => {
      if (active >= 0) onChoose?.(active);
    },
    Enter: (event) => {
      if (active < 0 || !onOpen) return;
      if (event.target instanceof Element && event.target.closest("a, button, [role=button]")) return;
      onOpen(active);
    },
  });
}

/** The same keys for a plain table inside: rows are `tr[data-row]`; their first link takes the focus, so that Enter opens it. */
export function RowKeys({ children }: { children: ReactNode }) {
  const root = useRef<HTMLDivElement>(null);

  function rows(): HTMLElement[] {
    return Array.from(root.current?.querySelectorAll<HTMLElement>("tr[data-row]") ?? []);
  }
  function current(all: readonly HTMLElement[]): number {
    return all.findIndex((row) => row.contains(document.activeElement));
  }
  function move(by: 1 | -1) {
    const all = rows();
    const at = current(all);
    const row = all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    row?.querySelector<HTMLElement>("a[href], button")?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }

  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    x: () => {
      const all = rows();
      all[current(all)]?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
    },
  });

  return (
    <div className="contents" ref={root}>
      {children}
    </div>
  );
}
