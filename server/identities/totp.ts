import { Secret, TOTP } from "otpauth";
import { encode } from "uqr";

/** RFC 6238 as every authenticator app knows it: SHA-1, 6 digits, 30 s, and one step of tolerance either way. */
const SHAPE = { algorithm: "SHA1", digits: 6, period: 30 } as const;
const TOLERANCE_STEPS = 1;

/** How many random bytes a secret has (RFC 4226, 4: 160 bits recommended). */
export const TOTP_SECRET_BYTES = 20;

/** The time step that a code belongs to, or undefined when it fits none that is near. */
export function totpStepOf(secret: Uint8Array, code: string, now: Date): number | undefined {
  const token = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return undefined;
  const timestamp = now.getTime();
  const delta = TOTP.validate({ ...SHAPE, secret: secretOf(secret), token, timestamp, window: TOLERANCE_STEPS });
  return delta === null ? undefined : TOTP.counter({ period: SHAPE.period, timestamp }) + delta;
}

/** The code of a moment, as an authenticator app shows it. */
export function totpCodeAt(secret: Uint8Array, at: Date): string {
  return TOTP.generate({ ...SHAPE, secret: secretOf(secret), timestamp: at.getTime() });
}

/** What an authenticator app scans or is told: `otpauth://totp/<issuer>:<account>?secret=…`, as text and as QR modules. */
export function enrolmentOf(
  secret: Uint8Array,
  issuer: string,
  account: string,
): { secret: string; uri: string; qr: boolean[][] } {
  const totp = new TOTP({ ...SHAPE, secret: secretOf(secret), issuer, label: account });
  const uri = totp.toString();
  const base32 = secretOf(secret).base32;
  return { secret: base32.match(/.{1,4}/g)?.join(" ") ?? base32, uri, qr: encode(uri, { border: 0, ecc: "M" }).data };
}

function secretOf(bytes: Uint8Array): Secret {
  return new Secret({ buffer: new Uint8Array(bytes).buffer });
}
