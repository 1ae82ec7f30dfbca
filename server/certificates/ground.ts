import { type IssuanceTemplate, leafTemplate } from "@/server/engines/x509/certificate";
import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import { type IssuerContext, issuerContextOf } from "@/server/engines/x509/lint";
import { encodePem } from "@/server/engines/x509/pem";
import type { Context, ReadDatabase } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { type AuthorityRow, findAuthority, findProfile, hasAuthorities } from "./authority-store";
import type { Profile } from "./contract";
import { NotSetUp } from "./errors";

/** An authority with what signing in its name needs. */
export interface Signer {
  readonly row: AuthorityRow;
  readonly issuer: IssuerContext;
  readonly notAfter: Date;
  readonly pem: string;
  readonly crlUrl: string;
  readonly certificateUrl: string;
}

/** What a certificate of one profile stands on. */
export interface Ground {
  readonly profile: Profile;
  readonly signer: Signer;
  readonly template: IssuanceTemplate;
  readonly organisation: string;
  readonly trustDomain: string;
}

const grounds = new WeakMap<ReadDatabase, Map<string, Ground>>();
const signers = new WeakMap<ReadDatabase, Map<string, Signer>>();

/**
 * The ground of a profile, by its name or id. Rows of profiles and authorities never change, so what was read once
 * stays true in this process; only absence is asked again.
 *
 * @throws {Missing} @throws {NotSetUp}
 */
export async function groundOf(ctx: Context, reference: string): Promise<Ground> {
  const known = cacheOf(grounds, ctx.read);
  const found = known.get(reference);
  if (found) return found;
  const profile = profileOf(ctx.read, reference);
  const organisation = await ctx.organisation(ctx.read);
  if (!organisation) throw new NotSetUp();
  const signer = signerOf(ctx, profile.authority.id);
  const ground = {
    profile,
    signer,
    template: leafTemplate({
      issuerName: signer.issuer.name,
      issuerKeyIdentifier: signer.issuer.keyIdentifier,
      signatureAlgorithm: signer.issuer.signatureAlgorithm,
      keyUsage: ["digitalSignature"],
      extendedKeyUsage: profile.rules.extendedKeyUsage,
      crlUrls: [signer.crlUrl],
      caIssuersUrl: signer.certificateUrl,
    }),
    organisation: organisation.name,
    trustDomain: organisation.trustDomain,
  };
  known.set(reference, ground);
  return ground;
}

/** The authority, by its id or slug. @throws {Missing} */
export function signerOf(ctx: Context, reference: string): Signer {
  const known = cacheOf(signers, ctx.read);
  const found = known.get(reference);
  if (found) return found;
  const row = findAuthority(ctx.read, reference);
  if (!row) throw new Missing("authority", reference);
  const certificate = parseCertificate(row.certificate);
  const signer = {
    row,
    issuer: issuerContextOf(certificate),
    notAfter: certificate.notAfter,
    pem: encodePem("CERTIFICATE", row.certificate),
    ...placesOf(ctx, row.slug),
  };
  known.set(reference, signer);
  return signer;
}

/** Where an authority's CRL and certificate are served. */
export function placesOf(ctx: Context, slug: string): { crlUrl: string; certificateUrl: string } {
  const { pkiUrl } = ctx.addresses;
  return { crlUrl: `${pkiUrl}/crl/${slug}.crl`, certificateUrl: `${pkiUrl}/ca/${slug}.cer` };
}

function profileOf(db: ReadDatabase, reference: string): Profile {
  const profile = findProfile(db, reference);
  if (profile) return profile;
  if (!hasAuthorities(db)) throw new NotSetUp();
  throw new Missing("profile", reference);
}

function cacheOf<T>(caches: WeakMap<ReadDatabase, Map<string, T>>, db: ReadDatabase): Map<string, T> {
  const known = caches.get(db) ?? new Map<string, T>();
  caches.set(db, known);
  return known;
}
