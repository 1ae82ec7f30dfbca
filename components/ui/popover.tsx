"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

type Props = {
  trigger: ReactElement;
  title?: ReactNode;
  align?: "start" | "center" | "end";
  children: ReactNode;
};

/** A small window at the thing it belongs to. */
export function Popover({ trigger, title, align = "start", children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="pos" align={align} sideOffset={4} collisionPadding={8}>
          <Base.Popup className="pop pop--pad">
            {title && <Base.Title className="w6">{title}</Base.Title>}
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
