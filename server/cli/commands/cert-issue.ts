import { IssueCertificateInput } from "@/server/certificates/contract";
import { issueCertificate } from "@/server/certificates/issue";
import { joinPem } from "../node/enroll";
import { type Handler, UsageError } from "../terminal";
import { fields, utc } from "../text";
import { check, minutesOf, option, readText, writeText } from "../words";

/** `swarm cert issue`: leaf, then intermediates, PEM. */
export const issueCert: Handler = async (terminal, given) => {
  const out = option(given, "out") ?? "-";
  const ttl = option(given, "ttl");
  const input = check(
    IssueCertificateInput,
    {
      profile: option(given, "profile"),
      name: option(given, "name"),
      csr: await readText(terminal, option(given, "csr") ?? "-"),
      names: given.options.san,
      hours: ttl === undefined ? undefined : hoursOf(ttl),
    },
    { csr: "--csr", names: "--san", hours: "--ttl" },
  );

  const issued = await terminal.withContext((ctx) => issueCertificate(ctx, input));
  const pem = joinPem(issued.certificatePem, issued.chainPem);
  if (out !== "-") await writeText(out, pem);
  terminal.say(
    issued,
    out === "-"
      ? pem.trimEnd()
      : fields([
          ["Issued", issued.name],
          ["SPIFFE ID", issued.spiffeId],
          ["Serial", issued.serial],
          ["Ends", utc(issued.notAfter)],
          ["Names", issued.sans.join("\n")],
          ["File", out],
        ]),
  );
};

function hoursOf(text: string): number {
  const hours = minutesOf(text, "--ttl", "h") / 60;
  if (!Number.isInteger(hours)) throw new UsageError("--ttl takes whole hours, such as 12h or 30d");
  return hours;
}
