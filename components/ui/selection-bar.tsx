"use client";

import type { ReactNode } from "react";
import { IconButton } from "./button";
import { formatCount } from "./format";

type Props = { count: number; onClear: () => void; children: ReactNode };

/** What can be done with the chosen rows; floats over the foot of the table. */
export function SelectionBar({ count, onClear, children }: Props) {
  if (count === 0) return null;
  return (
    <div className="selbar" role="toolbar" aria-label="Chosen rows">
      <span role="status">{formatCount(count)} selected</span>
      <span className="selbar__sep" />
      {children}
      <span className="selbar__sep" />
      <IconButton icon="x" label="Clear the selection" onClick={onClear} />
    </div>
  );
}
