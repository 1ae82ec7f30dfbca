const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** `<prefix>_` and 26 Crockford base32 characters: 48 bits of time, then 80 random bits, so that ids sort by time. */
export function makeId(prefix: string, at: Date, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  const time = at.getTime();
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(time / 2 ** (40 - 8 * index)) & 0xff;
  bytes.set(random.subarray(0, 10), 6);

  let text = `${prefix}_`;
  // 26 characters hold 130 bits: two zeros come first.
  let held = 0;
  let bits = 2;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return text;
}
