import { EnrollInput, RenewInput } from "@/server/certificates/machine-contract";
import { enroll } from "@/server/certificates/enroll";
import { renew } from "@/server/certificates/renew";
import { revokeOwnCertificate } from "@/server/certificates/revoke";
import { whoAmI } from "@/server/certificates/whoami";
import { AUTHZEN_ROUTES } from "./authzen";
import { json, type Route } from "./exchange";
import { HEALTH } from "./health";
import { parseInput, RevokeOwnInput } from "./input";

/** What machines may say, over TLS. */
export const MACHINE_ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/enroll",
    needsCertificate: false,
    takesBody: true,
    handle: async ({ ctx, body }) => json(201, await enroll(ctx, parseInput(EnrollInput, body))),
  },
  {
    method: "POST",
    path: "/v1/renew",
    needsCertificate: true,
    takesBody: true,
    handle: async ({ ctx, body }) => json(200, await renew(ctx, parseInput(RenewInput, body))),
  },
  {
    method: "POST",
    path: "/v1/revoke",
    needsCertificate: true,
    takesBody: true,
    handle: async ({ ctx, body }) => json(200, await revokeOwnCertificate(ctx, parseInput(RevokeOwnInput, body))),
  },
  {
    method: "GET",
    path: "/v1/whoami",
    needsCertificate: true,
    takesBody: false,
    handle: async ({ ctx }) => json(200, await whoAmI(ctx)),
  },
  ...AUTHZEN_ROUTES,
  HEALTH,
];
