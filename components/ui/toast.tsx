"use client";

import { Toast as Base } from "@base-ui/react/toast";
import Link from "next/link";
import { type ReactNode, useMemo } from "react";
import { IconButton } from "./button";
import { buttonClass } from "./button-class";
import { Icon } from "./icon";
import { type Tone, toneIcon } from "./tone";

type Action = { label: string } & ({ href: string; onClick?: undefined } | { onClick: () => void; href?: undefined });

type Message = {
  title: string;
  detail?: string;
  tone?: Tone;
  /** "Show" as a link, or "Undo" only where undo is true. */
  action?: Action;
};

type Payload = { tone: Tone | undefined; action: Action | undefined };

/** Says what happened, at the foot of the screen, without taking the focus. */
export function useToast() {
  const { add } = Base.useToastManager<Payload>();
  return useMemo(
    () => ({
      add({ title, detail, tone, action }: Message) {
        add({
          title,
          description: detail,
          priority: tone === "danger" ? "high" : "low",
          timeout: tone === "danger" || action ? 10_000 : 5_000,
          data: { tone, action },
        });
      },
    }),
    [add],
  );
}

/** Holds the toasts of everything inside it; mounted once, in the root layout. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport className="toasts">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Toasts() {
  const { toasts, close } = Base.useToastManager<Payload>();
  return toasts.map((toast) => {
    const { tone, action } = toast.data ?? {};
    return (
      <Base.Root key={toast.id} toast={toast} className="toast" swipeDirection={["right", "down"]}>
        {tone && tone !== "ok" && <Icon name={toneIcon[tone]} />}
        <div className="toast__t">
          <Base.Title render={<p />} />
          <Base.Description className="toast__d" render={<p />} />
        </div>
        {action?.href && (
          <Link className={buttonClass({}, "toast__a")} href={action.href} onClick={() => close(toast.id)}>
            {action.label}
          </Link>
        )}
        {action?.onClick && (
          <button
            className={buttonClass({}, "toast__a")}
            type="button"
            onClick={() => {
              action.onClick();
              close(toast.id);
            }}
          >
            {action.label}
          </button>
        )}
        <Base.Close render={<IconButton icon="x" label="Dismiss" tooltip="none" />} />
      </Base.Root>
    );
  });
}
