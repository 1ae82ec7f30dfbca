import type { CertificateStatus, ProfileRules } from "./contract";

const HOUR = 3_600_000;

/** How far `notBefore` lies back, for clocks that are a little slow. */
export const BACKDATE_MS = 60_000;

/** How long the same key may ask again for the renewal that it already got. */
export const RETRY_MS = 5 * 60_000;

/** The facts that a certificate's status follows from. */
export interface StatusFacts {
  readonly notAfter: Date;
  readonly renewAfter: Date;
  readonly renewedBy: string | null;
  readonly revokedAt: Date | null;
}

/** What a certificate is at a time. Revoked wins over expired, expired over renewed, renewed over due. */
export function statusOf(facts: StatusFacts, now: Date): CertificateStatus {
  if (facts.revokedAt) return "revoked";
  if (facts.notAfter <= now) return "expired";
  if (facts.renewedBy) return "renewed";
  return facts.renewAfter <= now ? "due" : "active";
}

/** The times of a certificate, on whole seconds: 60 s back, its hours, and two thirds of its life. */
export interface Lifetime {
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly renewAfter: Date;
}

/** The lifetime of a certificate issued now, never beyond its issuer's. */
export function lifetimeOf(now: Date, hours: number, issuerNotAfter: Date): Lifetime {
  const start = Math.floor(now.getTime() / 1000) * 1000;
  const notBefore = start - BACKDATE_MS;
  const notAfter = Math.min(start + hours * HOUR, issuerNotAfter.getTime());
  return {
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    renewAfter: new Date(renewalDueAt(notBefore, notAfter)),
  };
}

/** Two thirds of a life, on a whole second. */
export function renewalDueAt(notBefore: number, notAfter: number): number {
  return Math.floor((notBefore + ((notAfter - notBefore) * 2) / 3) / 1000) * 1000;
}

/** From when a certificate may be renewed under its profile. */
export function renewalOpensAt(
  rules: Pick<ProfileRules, "renewalOpensAtPercent">,
  life: { readonly notBefore: Date; readonly notAfter: Date },
): Date {
  const length = life.notAfter.getTime() - life.notBefore.getTime();
  return new Date(life.notBefore.getTime() + Math.floor((length * rules.renewalOpensAtPercent) / 100));
}

/** Whole hours that a certificate was issued for, for its successor. */
export function hoursOf(life: { readonly notBefore: Date; readonly notAfter: Date }): number {
  return Math.max(1, Math.round((life.notAfter.getTime() - life.notBefore.getTime() - BACKDATE_MS) / HOUR));
}

/** The SPIFFE ID of an identity (SPIFFE ID 2). */
export function spiffeIdOf(trustDomain: string, kind: string, name: string): string {
  return `spiffe://${trustDomain}/${kind}/${name}`;
}

/**
 * The common name of an identity. A machine's is its full DNS name: where a certificate has no DNS name, verifiers check
 * the common name against DNS name constraints, OpenSSL when it is dotted and GnuTLS always. Null when it is longer than
 * the 64 characters of X.520.
 */
export function commonNameOf(kind: string, name: string, trustDomain: string): string | null {
  const full = kind === "user" ? name : `${name}.${trustDomain}`;
  return full.length <= 64 ? full : null;
}

/** Where a CRL is in its life: `due` from half of it, `late` after it. */
export function crlStateOf(
  crl: { readonly thisUpdate: Date; readonly nextUpdate: Date },
  isBehind: boolean,
  now: Date,
): "fresh" | "due" | "late" {
  if (crl.nextUpdate <= now) return "late";
  const half = (crl.thisUpdate.getTime() + crl.nextUpdate.getTime()) / 2;
  return isBehind || now.getTime() >= half ? "due" : "fresh";
}

/** The state of a join token; used wins over revoked, revoked over expired. */
export function joinTokenStateOf(
  token: { readonly usedAt: Date | null; readonly revokedAt: Date | null; readonly expiresAt: Date },
  now: Date,
): "open" | "used" | "expired" | "revoked" {
  if (token.usedAt) return "used";
  if (token.revokedAt) return "revoked";
  return token.expiresAt <= now ? "expired" : "open";
}
