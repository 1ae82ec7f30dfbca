import { encodePem } from "@/server/engines/x509/pem";
import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { type AuthorityRow, allAuthorities } from "./authority-store";
import { etagOf } from "./digest";
import { signerOf } from "./ground";

/** Certificates that others are told to trust, or to build chains with. */
export interface TrustAnchors {
  readonly pem: string;
  readonly ders: readonly Uint8Array[];
  readonly etag: string;
}

/** The roots: what relying parties trust. */
export async function readTrustAnchors(ctx: Context): Promise<TrustAnchors> {
  await authorize(ctx, "trust_anchor.read", { type: "Authority", id: "*" });
  return anchorsOf(allAuthorities(ctx.read).filter((row) => row.role === "root"));
}

/** The issuing authorities: what a listener that verifies clients builds chains with. */
export async function readIssuers(ctx: Context): Promise<TrustAnchors> {
  await authorize(ctx, "trust_anchor.read", { type: "Authority", id: "*" });
  return anchorsOf(allAuthorities(ctx.read).filter((row) => row.role !== "root"));
}

/** The certificate of one authority, by its slug or id. @throws {Missing} */
export async function readAuthorityCertificate(
  ctx: Context,
  authority: string,
): Promise<{ der: Uint8Array; etag: string }> {
  await authorize(ctx, "trust_anchor.read", { type: "Authority", id: authority });
  const { row } = signerOf(ctx, authority);
  return { der: row.certificate, etag: etagOf(row.certificate) };
}

/** The bundle of trust anchors: the roots, PEM. */
export function bundleOf(authorities: readonly AuthorityRow[]): string {
  return authorities
    .filter((row) => row.role === "root")
    .map((row) => encodePem("CERTIFICATE", row.certificate))
    .join("");
}

function anchorsOf(rows: readonly AuthorityRow[]): TrustAnchors {
  const pem = rows.map((row) => encodePem("CERTIFICATE", row.certificate)).join("");
  return { pem, ders: rows.map((row) => row.certificate), etag: etagOf(Buffer.from(pem)) };
}
