import type { Tone } from "@/components/ui/tone";
import type { AuthoritySummary, CrlState, Hierarchy } from "@/server/certificates/authority-contract";

/** What an authority signs. */
export const ROLES: Readonly<Record<AuthoritySummary["role"], string>> = {
  root: "Signs the other authorities",
  node: "Signs for nodes",
  service: "Signs for services",
  user: "Signs for people",
};

/** How the state of a revocation list is said and marked. */
export const CRL_STATES: Readonly<Record<CrlState["state"], { readonly word: string; readonly tone: Tone }>> = {
  fresh: { word: "Fresh", tone: "ok" },
  due: { word: "New one due", tone: "info" },
  late: { word: "Late", tone: "danger" },
};

/** How the validity of an authority is said and marked. */
export const VALIDITIES: Readonly<Record<AuthoritySummary["status"], { readonly word: string; readonly tone: Tone }>> =
  {
    valid: { word: "Valid", tone: "ok" },
    not_yet_valid: { word: "Not yet valid", tone: "warn" },
    expired: { word: "Ended", tone: "danger" },
  };

/** Where an authority has its page. */
export function authorityHref({ slug }: { readonly slug: string }): string {
  return `/authorities/${slug}`;
}

/** What needs a person about the hierarchy, counted. */
export function nowLine({ authorities }: Pick<Hierarchy, "authorities">): string {
  const ended = authorities.filter(({ status }) => status === "expired").length;
  const late = authorities.filter(({ crl }) => !crl || crl.state === "late").length;
  if (ended > 0) return `${ended === 1 ? "1 authority has" : `${ended} authorities have`} ended and can sign nothing.`;
  if (late > 0) {
    return late === 1
      ? "1 revocation list is late; whoever checks it may refuse everything."
      : `${late} revocation lists are late; whoever checks them may refuse everything.`;
  }
  return "Every authority is valid and every revocation list fresh.";
}

/** What keeps the private keys, in a sentence each. */
export function protectionWords({ master, besideDatabase }: Hierarchy["keyProtection"]): {
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
} {
  if (master === "passphrase") {
    return {
      ...{ tone: "ok", title: "The master key comes from a passphrase." },
      text: "It is nowhere on disk; a restart needs the passphrase again.",
    };
  }
  return besideDatabase
    ? {
        ...{ tone: "warn", title: "The master key lies beside the database." },
        text: "Whoever copies the data directory has both. Set SWARM_MASTER_KEY_FILE to a place of its own, or use a passphrase.",
      }
    : {
        ...{ tone: "ok", title: "The master key is in a file away from the database." },
        text: "Whoever copies the database alone cannot open a private key.",
      };
}
