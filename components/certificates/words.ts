import type { IconName } from "@/components/ui/icon";
import type { Tone } from "@/components/ui/tone";
import type { CertificateStatus, IdentityKind, RevocationReason } from "@/server/certificates/contract";

/** How a status is said and marked. */
export interface StatusWords {
  readonly word: string;
  readonly tone: Tone;
  readonly icon?: IconName;
}

/** What every status is called. */
export const STATUSES: Readonly<Record<CertificateStatus, StatusWords>> = {
  due: { word: "Late", tone: "danger" },
  active: { word: "On schedule", tone: "ok" },
  renewed: { word: "Renewed", tone: "neutral", icon: "turn" },
  expired: { word: "Ended", tone: "neutral", icon: "clock" },
  revoked: { word: "Revoked", tone: "neutral", icon: "ban" },
};

/** What certificates are for: the word, its icon, and where the identity has its page. */
export const KINDS: Readonly<
  Record<IdentityKind, { readonly word: string; readonly icon: IconName; readonly place: string }>
> = {
  node: { word: "Node", icon: "node", place: "/nodes" },
  service: { word: "Service", icon: "service", place: "/services" },
  user: { word: "Person", icon: "person", place: "/people" },
};

/** The tone of a lifeline: only what is late has a colour that asks for somebody. */
export function lifeTone(status: CertificateStatus): Tone | undefined {
  return status === "due" ? "danger" : undefined;
}

/** Reasons for a revocation (RFC 5280, 5.3.1) in words, the usual ones first. */
export const REASONS: Readonly<Record<RevocationReason, string>> = {
  keyCompromise: "Somebody else may have the private key",
  cessationOfOperation: "It is not used any more",
  superseded: "Another certificate took its place",
  affiliationChanged: "It belongs to somebody else now",
  privilegeWithdrawn: "It may no longer do what it was for",
  unspecified: "No particular reason",
};

/** A reason as it is kept, in words; an unknown one as it stands. */
export function reasonWords(reason: string | null): string {
  return Object.entries(REASONS).find(([known]) => known === reason)?.[1] ?? reason ?? REASONS.unspecified;
}

/** A subject alternative name without its type. */
export function bareName(san: string): string {
  return san.replace(/^(dns|ip|email|uri):/, "");
}

/**
 * The alternative names that people tell certificates apart by: all but the SPIFFE ID, without the trust domain that
 * all of them share.
 */
export function ownNames(sans: readonly string[]): string[] {
  const spiffe = sans.find((san) => san.startsWith("uri:spiffe://"));
  const suffix = `.${/^uri:spiffe:\/\/([^/]+)\//.exec(spiffe ?? "")?.[1] ?? ""}`;
  return sans
    .filter((san) => san !== spiffe)
    .map(bareName)
    .map((name) => (suffix.length > 1 && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name));
}

/** A count that may be a lower bound, in words: "1,284", "more than 10,000", "at least 37". */
export function countWords({ count, isExact }: { readonly count: number; readonly isExact: boolean }): string {
  const text = String(count).replace(/\B(?=(\d{3})+$)/g, ",");
  if (isExact) return text;
  return count >= 10_000 ? `more than ${text}` : `at least ${text}`;
}
