const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A line for a terminal, and the lines that it prints when a file is what a page says it is. */
export interface OpensslProof {
  readonly command: string;
  readonly expected: string[];
}

/** How `openssl x509` shows a certificate's serial, end and fingerprint. */
export function opensslProof(
  fileName: string,
  certificate: { readonly serial: string; readonly notAfter: Date; readonly fingerprint: string },
): OpensslProof {
  return {
    command: `openssl x509 -in ${fileName} -noout -serial -enddate -fingerprint -sha256`,
    expected: [
      `serial=${certificate.serial.replace(/^(00)+(?=..)/, "").toUpperCase()}`,
      `notAfter=${opensslDate(certificate.notAfter)}`,
      `sha256 Fingerprint=${(certificate.fingerprint.match(/../g) ?? []).join(":").toUpperCase()}`,
    ],
  };
}

function opensslDate(at: Date): string {
  const time = at.toISOString().slice(11, 19);
  return `${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${time} ${at.getUTCFullYear()} GMT`;
}
