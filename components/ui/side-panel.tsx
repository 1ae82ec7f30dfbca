"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { IconButton } from "./button";

type Props = {
  label: string;
  title?: ReactNode;
  headActions?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
} & ({ closeHref: string; onClose?: undefined } | { onClose: () => void; closeHref?: undefined });

/** The open row of a table, beside it. Below 1,180 px it lies over the table, on a phone it is a sheet. Escape closes. */
export function SidePanel({ label, title, headActions, foot, closeHref, onClose, children }: Props) {
  const router = useRouter();
  const close = onClose ?? (() => router.push(closeHref, { scroll: false }));

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest("input, select, textarea, [role=dialog]")) return;
      close();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  return (
    <aside className="drawer" aria-label={label}>
      <div className="drawer__h">
        {title ? <h2 className="cut">{title}</h2> : <span className="grow" />}
        {headActions}
        <IconButton icon="x" label="Close" tooltip="none" onClick={close} />
      </div>
      <div className="drawer__b" tabIndex={0}>
        {children}
      </div>
      {foot && <div className="drawer__f">{foot}</div>}
    </aside>
  );
}
