"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { type ReactElement, type ReactNode, type RefObject, useRef } from "react";
import { IconButton } from "./button";
import { cx } from "./cx";

type Controlled = {
  /** The button that opens it; or control it with `open`. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

type DialogProps = Controlled & {
  title: ReactNode;
  lead?: ReactNode;
  /** The buttons, the safe answer first. */
  foot?: ReactNode;
  size?: "s" | "m" | "l";
  initialFocus?: RefObject<HTMLElement | null>;
  /** Nothing in it takes the focus: what is longer than the screen is then scrolled with the arrow keys. */
  isOnlyRead?: boolean;
  children?: ReactNode;
};

/** A window over the page; the page stays readable behind it. On a phone it is a sheet with a foot that stays. */
export function Dialog({
  trigger,
  open,
  onOpenChange,
  title,
  lead,
  foot,
  size = "m",
  initialFocus,
  isOnlyRead = false,
  children,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="stage">
          <Base.Popup
            ref={popup}
            className={cx("dlg", size !== "m" && `dlg--${size}`)}
            initialFocus={initialFocus ?? (() => firstField(popup.current))}
          >
            <DialogHead title={title} lead={lead} />
            <div className="dlg__b" tabIndex={isOnlyRead ? 0 : undefined}>
              {children}
            </div>
            {foot && <div className="dlg__f">{foot}</div>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** The first field takes the focus; where there is none, the window itself, so that it is read from its title on. */
function firstField(popup: HTMLElement | null): HTMLElement | null {
  return popup?.querySelector<HTMLElement>("input:enabled, select:enabled, textarea:enabled") ?? popup;
}

/** Wraps a button that closes the dialog around it. */
export function DialogClose({ children }: { children: ReactElement }) {
  return <Base.Close render={children} />;
}

function DialogHead({ title, lead }: Pick<DialogProps, "title" | "lead">) {
  return (
    <div className="dlg__h">
      <div>
        <Base.Title>{title}</Base.Title>
        {lead && <Base.Description className="x2">{lead}</Base.Description>}
      </div>
      <Base.Close render={<IconButton icon="x" label="Close" tooltip="none" />} />
    </div>
  );
}

type DrawerProps = Controlled & {
  title: ReactNode;
  side?: "right" | "left";
  foot?: ReactNode;
  /** Opens at its top, where there is more to do than to fill in the first field. */
  isReadFirst?: boolean;
  children: ReactNode;
};

/** A sheet from the side, for a form or filters beside the page they act on. */
export function Drawer({
  trigger,
  open,
  onOpenChange,
  title,
  side = "right",
  foot,
  isReadFirst,
  children,
}: DrawerProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup
          ref={popup}
          className={`sheet sheet--${side}`}
          initialFocus={() => (isReadFirst ? popup.current : firstField(popup.current))}
        >
          <div className="drawer__h">
            <Base.Title>{title}</Base.Title>
            <Base.Close render={<IconButton icon="x" label="Close" tooltip="none" />} />
          </div>
          <div className="drawer__b">{children}</div>
          {foot && <div className="drawer__f">{foot}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
