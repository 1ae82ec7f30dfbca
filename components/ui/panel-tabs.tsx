"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { cx } from "./cx";

/** One view of what stands above it. */
export type PanelTab<Name extends string> = {
  name: Name;
  label: string;
  /** Part of the tab's name: "3", "4 of 5". */
  count?: ReactNode;
  countTone?: "danger" | "warn" | undefined;
  /** Keeps what is typed in it while another view is shown. */
  isKept?: boolean;
  panel: ReactNode;
};

type Props<Name extends string> = {
  label: string;
  tabs: readonly PanelTab<Name>[];
  value: Name;
  onChange: (name: Name) => void;
};

/** Views below something that stays, without addresses of their own. Arrow keys change them. */
export function PanelTabs<Name extends string>({ label, tabs, value, onChange }: Props<Name>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next)}>
      <Base.List className="tabs tabs--top" aria-label={label}>
        {tabs.map(({ name, label: word, count, countTone }) => (
          <Base.Tab key={name} className="tabs__i" value={name}>
            {word}
            {count !== undefined && <span className={cx("n", countTone && `n--${countTone}`)}>{count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map(({ name, isKept, panel }) => (
        <Base.Panel key={name} value={name} keepMounted={isKept}>
          {panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
