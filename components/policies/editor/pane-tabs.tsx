"use client";

import type { KeyboardEvent } from "react";

export type PaneName = "blocks" | "cedar";

const PANES: readonly { name: PaneName; label: string }[] = [
  { name: "blocks", label: "Blocks" },
  { name: "cedar", label: "Cedar" },
];

type Props = { pane: PaneName; problems: number; onChange: (pane: PaneName) => void };

/** Which pane is shown where there is no room for both. Arrow keys change it. */
export function PaneTabs({ pane, problems, onChange }: Props) {
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const next = pane === "blocks" ? "cedar" : "blocks";
    onChange(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-pane-tab="${next}"]`)?.focus();
  }
  return (
    <div className="tabs pe-tabs" role="tablist" aria-label="Editor" tabIndex={-1} onKeyDown={onKeyDown}>
      {PANES.map(({ name, label }) => (
        <button
          key={name}
          className="tabs__i"
          type="button"
          role="tab"
          data-pane-tab={name}
          aria-selected={pane === name}
          tabIndex={pane === name ? 0 : -1}
          onClick={() => onChange(name)}
        >
          {label}
          {name === "cedar" && problems > 0 && (
            <span className="n n--warn">
              {problems}
              <span className="vh">{problems === 1 ? " problem" : " problems"}</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
