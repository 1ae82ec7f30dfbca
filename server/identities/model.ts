import type { Proof } from "@/server/kernel/context";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A session that is not used for this long has ended. */
export const SESSION_IDLE_MS = HOUR;
/** A session ends after this long, whatever its use. */
export const SESSION_LIMIT_MS = 12 * HOUR;
/** `lastUsedAt` is written at most this often. */
export const TOUCH_EVERY_MS = MINUTE;
/** How long an offered TOTP secret may wait for its first code. */
export const TOTP_OFFER_MS = 15 * MINUTE;

/** What a session's life depends on. */
export interface SessionFacts {
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

/** When a session ends if nobody uses or ends it before: by idleness or by its limit, whichever comes first. */
export function sessionEndsAt(session: SessionFacts): Date {
  return new Date(Math.min(session.lastUsedAt.getTime() + SESSION_IDLE_MS, session.expiresAt.getTime()));
}

/** Whether a session still opens anything. At the very moment of its end it does not. */
export function isSessionOpen(session: SessionFacts, now: Date): boolean {
  return session.endedAt === null && now < sessionEndsAt(session);
}

const PROOFS: ReadonlySet<string> = new Set<Proof>(["password", "totp", "recovery_code", "certificate"]);

/** The proofs that a kept session names. */
export function proofsOf(kept: readonly string[]): Proof[] {
  return kept.filter((proof): proof is Proof => PROOFS.has(proof));
}

/** Guesses that an account or a device has before it is slowed. */
export const FREE_FAILURES = 5;
/** Guesses that an address has, on all accounts together, before it is slowed: offices share addresses. */
export const FREE_FAILURES_OF_ADDRESS = 20;
/** The longest that a failure makes the next attempt wait, so that nobody is locked out for good. */
export const LONGEST_WAIT_MS = 15 * MINUTE;
/** Failures are forgotten when there was none for this long. */
export const FAILURES_FORGOTTEN_MS = 24 * HOUR;

/** Rows of sessions are kept for this long after their limit. */
export const SESSIONS_KEPT_MS = 90 * 24 * HOUR;

/** What is known of earlier failures. */
export interface Failures {
  readonly failures: number;
  readonly lastAt: Date;
}

/** How many failures there are with one more now. */
export function oneMoreFailure(earlier: Failures | undefined, now: Date): number {
  if (!earlier || now.getTime() - earlier.lastAt.getTime() >= FAILURES_FORGOTTEN_MS) return 1;
  return earlier.failures + 1;
}

/** How long the next attempt waits after so many failures: nothing, then 1 s, 2 s, 4 s … up to 15 minutes. */
export function waitAfter(failures: number, free: number): number {
  if (failures < free) return 0;
  return Math.min(1000 * 2 ** Math.min(failures - free, 30), LONGEST_WAIT_MS);
}

/** A name for SPIFFE IDs out of an e-mail address: `Priya.Nair+ops@swarm.local` gives `priya.nair-ops`. */
export function userNameOf(email: string): string {
  const local = email.slice(0, email.lastIndexOf("@")).toLowerCase();
  const labels = local
    .normalize("NFKD")
    .split(".")
    .map((label) => label.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, ""))
    .filter((label) => label !== "");
  const name = labels
    .join(".")
    .slice(0, 56)
    .replace(/[.-]+$/, "");
  return name === "" ? "user" : name;
}

/** A person's name as far as an e-mail address tells it: `priya.nair@…` gives `Priya Nair`. */
export function displayNameOf(email: string): string {
  const local = email.slice(0, email.lastIndexOf("@"));
  const parts = local.split(/[._+-]+/).filter((part) => part !== "");
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(" ") || email;
}

/** `spiffe://<trust domain>/<kind>/<name>` (SPIFFE ID 2). */
export function spiffeIdOf(trustDomain: string, identity: { readonly kind: string; readonly name: string }): string {
  return `spiffe://${trustDomain}/${identity.kind}/${identity.name}`;
}

/** What anybody types for a code, without what people add to read it: `ABCD-2efg` and `abcd2EFG` are one. */
export function bareCode(typed: string): string {
  return typed
    .replace(/[\s-]+/g, "")
    .toLowerCase()
    .replace(/o/g, "0")
    .replace(/[il]/g, "1");
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Crockford base32 of whole bytes, five bits a character; what is left over at the end is dropped. */
export function base32Of(bytes: Uint8Array): string {
  let text = "";
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((value >> bits) & 31);
    }
  }
  return text;
}

/** The same in groups of four, as people read and type it: `k3qx-9d2m-p7rt`. */
export function inGroups(text: string, separator = "-"): string {
  return text.match(/.{1,4}/g)?.join(separator) ?? "";
}
