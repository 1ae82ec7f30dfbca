"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { askBeforeLeaving } from "@/components/shell/leaving";

/** Where somebody wanted to go while something was not saved: a page of ours, or back to where they came from. */
export type Wanted = { readonly href: string } | "back";

export interface LeaveGuard {
  readonly wanted: Wanted | undefined;
  stay(): void;
  /** Goes there in spite of it. */
  leave(): void;
}

/**
 * Asks before the page is left while something on it is not saved: the browser before it closes, and we before a link, a
 * command or the way back is followed.
 */
export function useLeaveGuard(isChanged: boolean): LeaveGuard {
  const router = useRouter();
  const [wanted, setWanted] = useState<Wanted>();
  const back = useWayBack(isChanged, () => setWanted("back"));

  useEffect(() => {
    if (!isChanged) return;
    function onUnload(event: BeforeUnloadEvent) {
      event.preventDefault();
    }
    function onClick(event: MouseEvent) {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      if (!link || !leaves(link, event)) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted({ href: `${link.pathname}${link.search}${link.hash}` });
    }
    const giveUp = askBeforeLeaving((href) => setWanted({ href }));
    window.addEventListener("beforeunload", onUnload);
    // Before React's own listeners, which would follow the link.
    window.addEventListener("click", onClick, { capture: true });
    return () => {
      giveUp();
      window.removeEventListener("beforeunload", onUnload);
      window.removeEventListener("click", onClick, { capture: true });
    };
  }, [isChanged]);

  return {
    wanted,
    stay: () => setWanted(undefined),
    leave: () => {
      if (wanted === "back") back.go();
      else if (wanted) router.push(wanted.href);
    },
  };
}

/**
 * While something is not saved, the page stands in the history twice: the first step back stays on it, and is asked about.
 * Once it is saved, that step goes on by itself.
 */
function useWayBack(isChanged: boolean, onBack: () => void) {
  const state = useRef<"once" | "twice" | "leaving">("once");
  const onPopState = useEffectEvent(() => {
    if (state.current !== "twice") return;
    if (isChanged) {
      standTwice();
      onBack();
    } else {
      state.current = "leaving";
      window.history.back();
    }
  });

  useEffect(() => {
    if (!isChanged || state.current !== "once") return;
    standTwice();
    state.current = "twice";
  }, [isChanged]);
  useEffect(() => {
    window.addEventListener("popstate", onPopState);
    return () => window.removeEventListener("popstate", onPopState);
  }, []);

  return {
    go: () => {
      state.current = "leaving";
      window.history.go(-2);
    },
  };
}

function standTwice(): void {
  window.history.pushState(window.history.state, "");
}

/** Whether a click leads to another page in this window. */
function leaves(link: HTMLAnchorElement, event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  if (link.target === "_blank" || link.hasAttribute("download")) return false;
  return link.origin === window.location.origin && link.pathname !== window.location.pathname;
}
