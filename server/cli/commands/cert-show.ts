import { RevokeCertificateInput, SerialInput } from "@/server/certificates/contract";
import { getCertificate } from "@/server/certificates/get";
import { revokeCertificate } from "@/server/certificates/revoke";
import type { Handler } from "../terminal";
import { fields, utc } from "../text";
import { argument, check, option } from "../words";

const NAMES = { serial: "<serial>" };

/** `swarm cert show SERIAL` */
export const showCert: Handler = async (terminal, given) => {
  const input = check(SerialInput, { serial: argument(given, 0) }, NAMES);
  const certificate = await terminal.withContext((ctx) => getCertificate(ctx, input));
  terminal.say(
    certificate,
    fields([
      ["Name", certificate.name],
      ["Status", certificate.status],
      ["Kind", certificate.kind],
      ["SPIFFE ID", certificate.spiffeId],
      ["Profile", certificate.profile.name],
      ["Authority", certificate.authority.name],
      ["Issued", `${utc(certificate.issuedAt)} by ${certificate.issuedByName}`],
      ["Renewed by", certificate.renewedBy],
      ["Revoked", certificate.revokedAt && `${utc(certificate.revokedAt)}, ${certificate.revocationReason}`],
      [
        "Last seen",
        certificate.lastSeenAt ? `${utc(certificate.lastSeenAt)} from ${certificate.lastSeenAddress}` : "never",
      ],
      ["Fingerprint", certificate.fingerprint],
      ...certificate.fields.map(
        (field) => [field.critical ? `${field.label} (critical)` : field.label, field.values.join("\n")] as const,
      ),
    ]),
  );
};

/** `swarm cert revoke SERIAL --reason R` */
export const revokeCert: Handler = async (terminal, given) => {
  const input = check(RevokeCertificateInput, { serial: argument(given, 0), reason: option(given, "reason") }, NAMES);
  const revoked = await terminal.withContext((ctx) => revokeCertificate(ctx, input));
  terminal.say(
    revoked,
    fields([
      ["Revoked", revoked.name],
      ["Serial", revoked.serial],
      ["Reason", revoked.revocationReason],
      ["At", utc(revoked.revokedAt)],
    ]),
  );
};
