const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** `<prefix>_` and 26 Crockford base32 characters: 48 bits of time, then 80 random bits, so that ids sort by time. */
export function makeId(prefix: string, at: Date, random: Uint8Array): string {
  let value = BigInt(at.getTime());
  for (let index = 0; index < 10; index++) value = (value << 8n) | BigInt(random[index] ?? 0);
  let text = "";
  for (let index = 0; index < 26; index++) {
    text = ALPHABET.charAt(Number(value & 31n)) + text;
    value >>= 5n;
  }
  return `${prefix}_${text}`;
}
