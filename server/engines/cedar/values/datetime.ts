import { LONG_MAX, LONG_MIN } from "./value";

/**
 * Instants and durations in milliseconds, RFC 80 of Cedar.
 * https://docs.cedarpolicy.com/policies/syntax-datatypes.html#datatype-datetime
 */
const DATETIME = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{3}))?(?:Z|([+-])(\d{2})(\d{2})))?$/;
const DURATION = /^(-?)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** Milliseconds of each unit, by its name in a duration. */
export const UNITS = { d: 86_400_000n, h: 3_600_000n, m: 60_000n, s: 1_000n, ms: 1n } as const;

/** Milliseconds since 1970; null when the text is no instant. */
export function parseDatetime(text: string): bigint | null {
  const parts = DATETIME.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute, second, fraction] = parts.slice(1, 8).map((part) => Number(part ?? 0));
  const [sign, offsetHours, offsetMinutes] = [parts[8], Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
  if (hour === undefined || minute === undefined || second === undefined || day === undefined) return null;
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day);
  if (date.getUTCMonth() !== (month ?? 0) - 1 || date.getUTCDate() !== day) return null;
  const clock = ((hour * 60 + minute) * 60 + second) * 1_000 + (fraction ?? 0);
  const offset = (offsetHours * 60 + offsetMinutes) * 60_000;
  return BigInt(date.getTime() + clock - (sign === "-" ? -offset : offset));
}

/** Milliseconds; null when the text is no duration, or out of 64 bits. */
export function parseDuration(text: string): bigint | null {
  const parts = DURATION.exec(text);
  if (!parts || parts.slice(2).every((part) => part === undefined)) return null;
  const amount = Object.values(UNITS).reduce((sum, unit, at) => sum + BigInt(parts[at + 2] ?? 0) * unit, 0n);
  const signed = parts[1] === "-" ? -amount : amount;
  return signed < LONG_MIN || signed > LONG_MAX ? null : signed;
}

/** Midnight before an instant; null where that is out of 64 bits. */
export function dateOf(instant: bigint): bigint | null {
  const midnight = instant - timeOf(instant);
  return midnight < LONG_MIN ? null : midnight;
}

/** Milliseconds since the midnight before an instant. */
export function timeOf(instant: bigint): bigint {
  return ((instant % UNITS.d) + UNITS.d) % UNITS.d;
}

/** As `datetime` reads it where it can, else as its milliseconds. */
export function writeDatetime(instant: bigint): string {
  const date = new Date(Number(instant));
  const isWritable = !Number.isNaN(date.getTime()) && date.getUTCFullYear() >= 0 && date.getUTCFullYear() <= 9_999;
  return isWritable ? date.toISOString() : `${instant}ms`;
}

/** As `duration` reads it. */
export function writeDuration(amount: bigint): string {
  let rest = amount < 0n ? -amount : amount;
  let text = "";
  for (const [name, unit] of Object.entries(UNITS)) {
    if (rest >= unit) text += `${rest / unit}${name}`;
    rest %= unit;
  }
  return text === "" ? "0ms" : `${amount < 0n ? "-" : ""}${text}`;
}
