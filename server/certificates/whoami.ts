import type { Context } from "@/server/kernel/context";
import { Missing, Unauthenticated } from "@/server/kernel/errors";
import { authorize } from "@/server/kernel/permit";
import type { WhoAmI } from "./machine-contract";
import { certificateBySerial, certificateResource } from "./revoke";

/** Who the caller is by the certificate it came with. @throws {Unauthenticated} when it came with none. */
export async function whoAmI(ctx: Context): Promise<WhoAmI> {
  const { certificateSerial } = ctx.actor;
  if (!certificateSerial) throw new Unauthenticated("come with a client certificate");
  const row = certificateBySerial(ctx, certificateSerial);
  await authorize(ctx, "certificate.read", await certificateResource(ctx, row));
  const spiffeId = spiffeIdIn(row.sans);
  if (spiffeId === null) throw new Missing("SPIFFE ID in certificate", row.serial);
  return {
    kind: row.kind,
    name: row.name,
    identityId: row.identity_id,
    spiffeId,
    serial: row.serial,
    notAfter: new Date(row.not_after),
    renewAfter: new Date(row.renew_after),
  };
}

/** The SPIFFE ID among the names of a certificate, which are kept as JSON. */
export function spiffeIdIn(sans: string): string | null {
  const names = JSON.parse(sans) as string[];
  return names.find((name) => name.startsWith("uri:spiffe://"))?.slice("uri:".length) ?? null;
}
