import { authenticateCertificate, noteSeen } from "@/server/certificates/authenticate";
import { type Context, withActor } from "@/server/kernel/context";
import type { Exchange } from "./exchange";
import { HttpRefusal } from "./problem";

const CHALLENGE = { "www-authenticate": "ClientCertificate" };

/**
 * Establishes who holds the client certificate of a request: OpenSSL has decided the chain, the database decides the
 * rest, each time anew: the serial is known, unexpired, unrevoked and its identity active.
 *
 * @throws {HttpRefusal} 401 without a certificate that chains; {DomainError} when it is not in force.
 */
export async function authenticatePeer({ ctx, peer }: Exchange): Promise<Context> {
  if (peer.kind === "none") {
    throw new HttpRefusal(
      401,
      "gateway.certificate_required",
      "present a client certificate of this authority",
      CHALLENGE,
    );
  }
  if (peer.kind === "refused") {
    throw new HttpRefusal(
      401,
      "gateway.certificate_refused",
      `the client certificate is refused: ${peer.why}`,
      CHALLENGE,
    );
  }
  const actor = await authenticateCertificate(ctx, peer.certificate);
  noteSeen(ctx, peer.certificate.serial);
  return withActor(ctx, actor);
}
