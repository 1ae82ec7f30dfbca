"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

type Props = { text: ReactNode; side?: "top" | "bottom" | "left" | "right"; children: ReactElement };

/** Words beside what is pointed at or focused. It repeats or lengthens what is there, and never carries the only label. */
export function Tooltip({ text, side = "top", children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={400} />
      <Base.Portal>
        <Base.Positioner className="pos" side={side} sideOffset={6}>
          <Base.Popup className="tip">{text}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
