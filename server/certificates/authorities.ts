import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import { describeCertificate } from "@/server/engines/x509/certificate-text";
import type { NameConstraints } from "@/server/engines/x509/name-constraints";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import type {
  AuthorityDetail,
  AuthorityDownloadInput,
  AuthorityInput,
  AuthoritySummary,
  CrlState,
  Hierarchy,
} from "./authority-contract";
import { type AuthorityRow, allAuthorities, allProfiles } from "./authority-store";
import type { Download } from "./contract";
import { countIssued, type IssuedCounts } from "./count-issued";
import { readCrl } from "./crl";
import { crlStandings, findCrlFacts } from "./crl-store";
import { sha256Hex } from "./digest";
import { fileOf, pemFile } from "./download";
import { validityOf } from "./get";
import { signerOf } from "./ground";
import { crlStateOf } from "./model";
import { opensslProof } from "./openssl-text";

/** The hierarchy, root first, with the state of every CRL and how much each authority has issued. */
export async function listAuthorities(ctx: Context): Promise<Hierarchy> {
  await authorize(ctx, "authority.list", { type: "Authority", id: "*" });
  const issued = countIssued(ctx.read, ctx.now());
  return {
    authorities: allAuthorities(ctx.read).map((row) => summaryOf(ctx, row, issued)),
    keyProtection: ctx.keyProtection(),
    bundleUrl: `${ctx.addresses.pkiUrl}/ca/bundle.pem`,
  };
}

/** Everything about one authority, by its id or slug. @throws {Missing} */
export async function getAuthority(ctx: Context, input: AuthorityInput): Promise<AuthorityDetail> {
  const { row, pem, certificateUrl } = signerOf(ctx, input.authority);
  await authorize(ctx, "authority.read", { type: "Authority", id: row.id, name: row.name });
  const certificate = parseCertificate(row.certificate);
  const summary = summaryOf(ctx, row, countIssued(ctx.read, ctx.now()));
  return {
    ...summary,
    fields: describeCertificate(certificate),
    pem,
    certificateUrl,
    constraints: constraintsInWords(certificate.nameConstraints),
    profiles: allProfiles(ctx.read)
      .filter((profile) => profile.authority.id === row.id)
      .map(({ id, name, kind }) => ({ id, name, kind })),
    keyProtection: ctx.keyProtection(),
    proof: opensslProof(`${row.slug}.pem`, summary),
  };
}

/** An authority's certificate or CRL as a file. @throws {Missing} */
export async function downloadAuthority(ctx: Context, input: AuthorityDownloadInput): Promise<Download> {
  const { row, pem } = signerOf(ctx, input.authority);
  await authorize(ctx, "authority.read", { type: "Authority", id: row.id, name: row.name });
  switch (input.form) {
    case "pem":
      return pemFile(`${row.slug}.pem`, pem);
    case "der":
      return fileOf(`${row.slug}.cer`, "application/pkix-cert", row.certificate);
    case "crl":
      return fileOf(`${row.slug}.crl`, "application/pkix-crl", (await readCrl(ctx, row.id)).der);
  }
}

function summaryOf(ctx: Context, row: AuthorityRow, issued: IssuedCounts): AuthoritySummary {
  const certificate = parseCertificate(row.certificate);
  const now = ctx.now();
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    role: row.role,
    parentId: row.parent_id,
    subject: certificate.subject.text,
    serial: row.serial,
    fingerprint: sha256Hex(row.certificate),
    keyAlgorithm: certificate.publicKeyText,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    pathLength: certificate.basicConstraints?.authority ? certificate.basicConstraints.pathLength : null,
    status: validityOf(certificate, now),
    crl: crlStateFor(ctx, row, now),
    counts: issued.get(row.id) ?? { issued: 0, valid: 0, revoked: 0 },
  };
}

function crlStateFor(ctx: Context, row: AuthorityRow, now: Date): CrlState | null {
  const facts = findCrlFacts(ctx.read, row.id);
  const standing = crlStandings(ctx.read).find((one) => one.authority_id === row.id);
  if (!facts || !standing) return null;
  const times = { thisUpdate: new Date(facts.this_update), nextUpdate: new Date(facts.next_update) };
  const isBehind = (standing.revoked_through ?? 0) > (standing.published_through ?? 0);
  return {
    ...times,
    number: facts.number,
    entryCount: facts.entry_count,
    sizeBytes: facts.size,
    state: crlStateOf(times, isBehind, now),
    url: signerOf(ctx, row.id).crlUrl,
  };
}

function constraintsInWords(constraints: NameConstraints | null): AuthorityDetail["constraints"] {
  if (!constraints) return [];
  const sides = [
    ["Permitted", constraints.permitted],
    ["Excluded", constraints.excluded],
  ] as const;
  return sides.flatMap(([side, set]) =>
    (["dns", "ip", "uri", "email"] as const).flatMap((kind) => {
      const values = set[kind];
      return values ? [{ label: `${side} ${KIND_WORDS[kind]}`, values: [...values] }] : [];
    }),
  );
}

const KIND_WORDS = { dns: "DNS names", ip: "addresses", uri: "URI hosts", email: "mail domains" } as const;
