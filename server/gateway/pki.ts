import { readCrl } from "@/server/certificates/crl";
import { readAuthorityCertificate, readTrustAnchors } from "@/server/certificates/trust";
import { cacheable } from "./cache";
import type { Route } from "./exchange";
import { HEALTH } from "./health";

/** A CRL may be superseded at any moment, so nobody keeps one longer than this without asking again. */
const CRL_SECONDS = 60;
/** Authorities live for years; a day lets a mistake be mended. */
const AUTHORITY_SECONDS = 86_400;
const BUNDLE_SECONDS = 3_600;

/** What relying parties fetch, over plain HTTP: everything here is public and signed (RFC 5280, 4.2.1.13 and 4.2.2.1). */
export const PKI_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/crl/{issuer}.crl",
    needsCertificate: false,
    takesBody: false,
    handle: async ({ ctx, headers, params }) => {
      const crl = await readCrl(ctx, params.issuer ?? "");
      const left = Math.floor((crl.nextUpdate.getTime() - ctx.now().getTime()) / 1000);
      return cacheable(headers, {
        type: "application/pkix-crl",
        etag: crl.etag,
        maxAgeSeconds: Math.max(0, Math.min(CRL_SECONDS, left)),
        lastModified: crl.thisUpdate,
        body: crl.der,
      });
    },
  },
  {
    method: "GET",
    path: "/ca/{issuer}.cer",
    needsCertificate: false,
    takesBody: false,
    handle: async ({ ctx, headers, params }) => {
      const { der, etag } = await readAuthorityCertificate(ctx, params.issuer ?? "");
      return cacheable(headers, { type: "application/pkix-cert", etag, maxAgeSeconds: AUTHORITY_SECONDS, body: der });
    },
  },
  {
    method: "GET",
    path: "/ca/bundle.pem",
    needsCertificate: false,
    takesBody: false,
    handle: async ({ ctx, headers }) => {
      const { pem, etag } = await readTrustAnchors(ctx);
      return cacheable(headers, { type: "application/x-pem-file", etag, maxAgeSeconds: BUNDLE_SECONDS, body: pem });
    },
  },
  HEALTH,
];
