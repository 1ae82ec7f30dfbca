import { type Certificate, parseCertificate } from "@/server/engines/x509/certificate-reader";
import { describeCertificate } from "@/server/engines/x509/certificate-text";
import { keyName } from "@/server/engines/x509/keys";
import { encodePem } from "@/server/engines/x509/pem";
import type { Context } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import { alertsAbout, findRenewalFailure } from "./alert-store";
import { findAuthority, findProfile } from "./authority-store";
import type { CertificateDetail, SerialInput } from "./contract";
import { sha256Hex } from "./digest";
import { generationsOf } from "./generations";
import { signerOf } from "./ground";
import { renewalOpensAt } from "./model";
import { opensslProof } from "./openssl-text";
import { certificateBySerial, certificateResource } from "./revoke";
import { type CertificateRow, dateOf, findCertificate, findEncoding, summaryOf } from "./store";
import { spiffeIdIn } from "./whoami";

type Link = CertificateDetail["chain"][number];

/** Everything about one certificate: its fields in words, its chain, and its life before and after. @throws {Missing} */
export async function getCertificate(ctx: Context, input: SerialInput): Promise<CertificateDetail> {
  const row = certificateBySerial(ctx, input.serial);
  const resource = await certificateResource(ctx, row);
  await authorize(ctx, "certificate.read", resource);
  const der = findEncoding(ctx.read, row.serial);
  const identity = await ctx.findIdentity(ctx.read, row.identity_id);
  if (!der || !identity) throw new Missing("certificate", row.serial);
  const now = ctx.now();
  const summary = summaryOf(row, now);
  const certificate = parseCertificate(der);
  const { rules } = findProfile(ctx.read, row.profile_id) ?? { rules: { renewalOpensAtPercent: 0 } };
  const failure = findRenewalFailure(ctx.read, row.serial);
  const { shown: generations, older: olderGenerations } = generationsOf(ctx.read, row, now);

  return {
    ...summary,
    keyAlgorithm: certificate.publicKey ? keyName(certificate.publicKey) : summary.keyAlgorithm,
    spiffeId: spiffeIdIn(row.sans),
    identity: { id: identity.id, kind: identity.kind, name: identity.name, state: identity.state },
    teamId: identity.teamId,
    fields: describeCertificate(certificate),
    chain: [leafLink(row, summary.subject, now), ...authorityLinks(ctx, row.authority_id, now)],
    pem: encodePem("CERTIFICATE", der),
    generations,
    olderGenerations,
    keptItsKey: keptItsKey(ctx, row),
    renewalOpensAt: renewalOpensAt(rules, summary),
    renewalFailure: failure
      ? {
          failures: failure.failures,
          lastAt: new Date(failure.last_at),
          lastCode: failure.last_code,
          lastMessage: failure.last_message,
        }
      : null,
    alerts: alertsAbout(ctx.read, row.serial).map((alert) => ({
      id: alert.id,
      detail: alert.detail,
      raisedAt: new Date(alert.raised_at),
      resolvedAt: dateOf(alert.resolved_at),
    })),
    crlUrl: certificate.crlUrls[0] ?? null,
    proof: opensslProof(`${row.name}.pem`, summary),
  };
}

function leafLink(row: CertificateRow, subject: string, now: Date): Link {
  const times = { notBefore: new Date(row.not_before), notAfter: new Date(row.not_after) };
  return {
    role: "leaf",
    name: row.name,
    subject,
    serial: row.serial,
    fingerprint: row.fingerprint,
    ...times,
    keyAlgorithm: row.key_algorithm,
    authorityId: null,
    status: row.revoked_at === null ? validityOf(times, now) : "revoked",
  };
}

function authorityLinks(ctx: Context, authorityId: string, now: Date): Link[] {
  const links: Link[] = [];
  let next = findAuthority(ctx.read, authorityId);
  while (next) {
    const { row } = signerOf(ctx, next.id);
    const certificate: Certificate = parseCertificate(row.certificate);
    links.push({
      role: row.role === "root" ? "root" : "issuing",
      name: row.name,
      subject: certificate.subject.text,
      serial: row.serial,
      fingerprint: sha256Hex(row.certificate),
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      keyAlgorithm: certificate.publicKeyText,
      authorityId: row.id,
      status: validityOf(certificate, now),
    });
    next = row.parent_id === null ? undefined : findAuthority(ctx.read, row.parent_id);
  }
  return links;
}

/** Where a certificate is in its life, revocation aside. */
export function validityOf(
  life: { readonly notBefore: Date; readonly notAfter: Date },
  now: Date,
): "valid" | "not_yet_valid" | "expired" {
  if (now < life.notBefore) return "not_yet_valid";
  return life.notAfter <= now ? "expired" : "valid";
}

function keptItsKey(ctx: Context, row: CertificateRow): boolean | null {
  if (row.renews === null) return null;
  return findCertificate(ctx.read, row.renews)?.key_fingerprint === row.key_fingerprint;
}
