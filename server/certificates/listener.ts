import { assembleCertificate, buildLeafTbs, leafTemplate } from "@/server/engines/x509/certificate";
import { parseCertificate } from "@/server/engines/x509/certificate-reader";
import { formatGeneralName, type GeneralName } from "@/server/engines/x509/general-names";
import { toHex } from "@/server/engines/x509/hex";
import { keyIdentifier, parsePublicKey } from "@/server/engines/x509/keys";
import { lintTbsCertificate } from "@/server/engines/x509/lint";
import { encodePem } from "@/server/engines/x509/pem";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import { findAuthorityFor } from "./authority-store";
import { sha256 } from "./digest";
import { LintFailed, NotSetUp } from "./errors";
import { type Signer, signerOf } from "./ground";
import { findListener, type Listener, type ListenerRow, putListener } from "./listener-store";
import { lifetimeOf, renewalDueAt } from "./model";
import { distinctNames, readTypedName } from "./name-model";

const LIFE_HOURS = 720;

/** What a TLS listener of ours starts with. `renewAt` is when to ask again. */
export interface ListenerCredentials {
  /** Leaf, then intermediates. */
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly serial: string;
  readonly notAfter: Date;
  readonly renewAt: Date;
}

/** Which listener, and the host names and addresses that it answers to. */
export interface ListenerInput {
  readonly listener: Listener;
  readonly names: readonly string[];
}

/**
 * The certificate and key of a listener of ours, from the services' authority: the kept one, or a new one when it is
 * past two thirds of its life, was made for other names, or there is none.
 *
 * @throws {NotSetUp} before the first setup.
 */
export async function listenerCredentials(ctx: Context, input: ListenerInput): Promise<ListenerCredentials> {
  const authority = findAuthorityFor(ctx.read, "service");
  if (!authority) throw new NotSetUp();
  const signer = signerOf(ctx, authority.id);
  const names = distinctNames(input.names.map(readTypedName));
  const permit = await authorize(ctx, "server_certificate.issue", {
    type: "Certificate",
    id: `listener:${input.listener}`,
    name: input.listener,
  });
  const kept = findListener(ctx.read, input.listener);
  if (kept && isGood(kept, names, ctx.now()) && kept.authority_id === authority.id)
    return credentialsOf(ctx, signer, kept);

  const key = await ctx.makeKey("P-256", `listener:${input.listener}`);
  const organisation = await ctx.organisation(ctx.read);
  const draft = draftListener(ctx, signer, { ...input, names, organisation: organisation?.name, spki: key.publicKey });
  const signature = await ctx.sign(signer.row.key_id, draft.tbs);
  const row: ListenerRow = {
    listener: input.listener,
    key_id: key.id,
    authority_id: authority.id,
    serial: draft.serial,
    certificate: assembleCertificate(draft.tbs, signer.issuer.signatureAlgorithm, signature),
    not_before: draft.notBefore.getTime(),
    not_after: draft.notAfter.getTime(),
  };

  await commit(permit, async (tx) => {
    await ctx.keepKey(tx, key, ctx.now());
    putListener(tx, row);
    return {
      value: undefined,
      event: {
        kind: "server_certificate.issued",
        detail: { serial: row.serial, sans: names.map(formatGeneralName), notAfter: draft.notAfter.toISOString() },
      },
    };
  });
  return credentialsOf(ctx, signer, row);
}

interface ListenerDraftInput {
  readonly listener: Listener;
  readonly names: readonly GeneralName[];
  readonly organisation: string | undefined;
  readonly spki: Uint8Array;
}

function draftListener(ctx: Context, signer: Signer, input: ListenerDraftInput) {
  const publicKey = parsePublicKey(input.spki);
  const serial = ctx.random(16);
  const { notBefore, notAfter } = lifetimeOf(ctx.now(), LIFE_HOURS, signer.notAfter);
  const template = leafTemplate({
    issuerName: signer.issuer.name,
    issuerKeyIdentifier: signer.issuer.keyIdentifier,
    signatureAlgorithm: signer.issuer.signatureAlgorithm,
    keyUsage: ["digitalSignature"],
    extendedKeyUsage: ["serverAuth"],
    crlUrls: [signer.crlUrl],
    caIssuersUrl: signer.certificateUrl,
  });
  const { organisation } = input;
  const tbs = buildLeafTbs(template, {
    serial,
    subject: [
      ...(organisation && organisation.length <= 64 ? [{ type: "O", value: organisation }] : []),
      { type: "CN", value: `${input.listener} listener` },
    ],
    names: input.names,
    publicKey,
    subjectKeyIdentifier: keyIdentifier(publicKey, sha256),
    notBefore,
    notAfter,
  });
  const problems = lintTbsCertificate(tbs, signer.issuer);
  if (problems.length > 0) throw new LintFailed(problems);
  return { tbs, serial: toHex(serial), notBefore, notAfter };
}

function isGood(row: ListenerRow, names: readonly GeneralName[], now: Date): boolean {
  if (renewalDueAt(row.not_before, row.not_after) <= now.getTime()) return false;
  const has = parseCertificate(row.certificate).subjectAltNames.map(formatGeneralName).sort();
  const wanted = names.map(formatGeneralName).sort();
  return has.length === wanted.length && has.every((name, index) => name === wanted[index]);
}

async function credentialsOf(ctx: Context, signer: Signer, row: ListenerRow): Promise<ListenerCredentials> {
  return {
    certificatePem: encodePem("CERTIFICATE", row.certificate) + signer.pem,
    keyPem: await ctx.listenerKey(row.key_id),
    serial: row.serial,
    notAfter: new Date(row.not_after),
    renewAt: new Date(renewalDueAt(row.not_before, row.not_after)),
  };
}
