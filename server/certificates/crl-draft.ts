import { assembleCrl, buildTbsCrl } from "@/server/engines/x509/crl";
import type { IssuerContext } from "@/server/engines/x509/lint";
import { lintTbsCrl } from "@/server/engines/x509/lint-crl";
import { LintFailed } from "./errors";

/** How long a CRL is good for. The next one is due at half of it. */
export const CRL_LIFE_MS = 24 * 3_600_000;

/** Everything that a new CRL says. */
export interface CrlWish {
  readonly issuer: IssuerContext;
  /** The root speaks for authorities, an issuing authority for end entities. */
  readonly scope: "user" | "authority";
  readonly number: number;
  readonly previousNumber: number | null;
  readonly entries: readonly Uint8Array[];
  readonly now: Date;
}

/** A CRL in force, before it is kept. */
export interface SignedCrl {
  readonly der: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
}

/**
 * Builds, lints and signs a CRL (RFC 5280, 5). Its issuing distribution point names its scope and no URI: a URI would
 * have to equal that of every certificate it speaks for, and those keep the address they were issued with.
 *
 * @throws {LintFailed}
 */
export async function signCrl(wish: CrlWish, sign: (tbs: Uint8Array) => Promise<Uint8Array>): Promise<SignedCrl> {
  const { issuer, number, previousNumber, entries, scope } = wish;
  const thisUpdate = new Date(Math.floor(wish.now.getTime() / 1000) * 1000);
  const nextUpdate = new Date(thisUpdate.getTime() + CRL_LIFE_MS);
  const tbs = buildTbsCrl({
    signatureAlgorithm: issuer.signatureAlgorithm,
    issuerName: issuer.name,
    issuerKeyIdentifier: issuer.keyIdentifier,
    thisUpdate,
    nextUpdate,
    number: BigInt(number),
    entries: [...entries],
    distributionPoint: { uris: [], only: scope },
  });
  const problems = lintTbsCrl(tbs, issuer, previousNumber === null ? null : BigInt(previousNumber));
  if (problems.length > 0) throw new LintFailed(problems);
  return { der: assembleCrl(tbs, issuer.signatureAlgorithm, await sign(tbs)), thisUpdate, nextUpdate };
}
