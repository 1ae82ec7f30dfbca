"use client";

import { useEffect, useState } from "react";

/** Where somebody wanted to go while something was not saved. */
export interface LeaveGuard {
  readonly wanted: string | undefined;
  stay(): void;
}

/** Asks before the page is left while something on it is not saved: the browser for its own ways, and we for our links. */
export function useLeaveGuard(isChanged: boolean): LeaveGuard {
  const [wanted, setWanted] = useState<string>();

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
      setWanted(`${link.pathname}${link.search}${link.hash}`);
    }
    window.addEventListener("beforeunload", onUnload);
    // Before React's own listeners, which would follow the link.
    window.addEventListener("click", onClick, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      window.removeEventListener("click", onClick, { capture: true });
    };
  }, [isChanged]);

  return { wanted, stay: () => setWanted(undefined) };
}

/** Whether a click leads to another page in this window. */
function leaves(link: HTMLAnchorElement, event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  if (link.target === "_blank" || link.hasAttribute("download")) return false;
  return link.origin === window.location.origin && link.pathname !== window.location.pathname;
}
