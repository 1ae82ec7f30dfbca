import { LONG_MAX, LONG_MIN } from "./value";

/** Decimals of four places at the most, https://docs.cedarpolicy.com/policies/syntax-datatypes.html#datatype-decimal */
const DECIMAL = /^(-?)(\d+)\.(\d{1,4})$/;

/** A decimal in ten-thousandths; null when the text is none, or out of 64 bits. */
export function parseDecimal(text: string): bigint | null {
  const parts = DECIMAL.exec(text);
  if (!parts) return null;
  const [, sign, whole = "", places = ""] = parts;
  const amount = BigInt(whole) * 10_000n + BigInt(places.padEnd(4, "0"));
  const signed = sign === "-" ? -amount : amount;
  return signed < LONG_MIN || signed > LONG_MAX ? null : signed;
}

/** The decimal as people write it, with no more places than it needs. */
export function writeDecimal(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(5, "0");
  const places = digits.slice(-4).replace(/0{1,3}$/, "");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -4)}.${places}`;
}
