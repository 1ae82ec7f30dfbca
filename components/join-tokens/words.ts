import { formatCount, plural } from "@/components/ui/format";
import type { IconName } from "@/components/ui/icon";
import type { Tone } from "@/components/ui/tone";
import type { JoinToken, JoinTokenPage } from "@/server/certificates/join-token-contract";

/** How the state of a join token is said and marked. */
export const TOKEN_STATES: Readonly<
  Record<JoinToken["state"], { readonly word: string; readonly tone: Tone; readonly icon?: IconName }>
> = {
  open: { word: "Open", tone: "info", icon: "clock" },
  used: { word: "Used", tone: "ok" },
  expired: { word: "Ended unused", tone: "neutral" },
  revoked: { word: "Revoked", tone: "neutral", icon: "ban" },
};

/** What needs a person now. */
export function nowLine({ counts }: Pick<JoinTokenPage, "counts">): string {
  if (counts.open === 0) return "No join token is open.";
  return counts.open === 1
    ? "1 join token is open; whoever holds it may enrol once in its name."
    : `${formatCount(counts.open)} join tokens are open; whoever holds one may enrol once in its name.`;
}

/** Why the rest can wait. */
export function leadLine({ counts }: Pick<JoinTokenPage, "counts">): string {
  const rest = [
    counts.used > 0 && `${plural(counts.used, "was", "were")} used`,
    counts.expired > 0 && `${formatCount(counts.expired)} ended unused`,
    counts.revoked > 0 && `${plural(counts.revoked, "was", "were")} revoked`,
  ].filter((part) => part !== false);
  const others = rest.length > 0 ? ` ${rest.join(", ")}.` : "";
  return `A token works once, for one name, and not for long.${others}`;
}
