type Ask = (href: string) => void;

let ask: Ask | undefined;

/** Lets the page that is open ask before a command leads to another one; answers how it gives that up. */
export function askBeforeLeaving(by: Ask): () => void {
  ask = by;
  return () => {
    if (ask === by) ask = undefined;
  };
}

/** Goes where a command leads, or has the open page ask first. */
export function leaveFor(href: string, go: (href: string) => void): void {
  if (ask) ask(href);
  else go(href);
}
