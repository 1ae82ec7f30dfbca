/** A range of IP addresses: the base address and its mask, 4 or 16 octets each (RFC 5280 section 4.2.1.10, RFC 4632). */
export interface IpRange {
  address: Uint8Array;
  mask: Uint8Array;
}

/** The 4 or 16 octets of an IP address in text, or null: no leading zeros, no zone, no port. */
export function parseIp(text: string): Uint8Array | null {
  return text.includes(":") ? parseIp6(text) : parseIp4(text);
}

function parseIp4(text: string): Uint8Array | null {
  const parts = text.split(".");
  if (parts.length !== 4) return null;
  const octets = new Uint8Array(4);
  for (const [index, part] of parts.entries()) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return null;
    octets[index] = Number(part);
  }
  return octets;
}

function parseIp6(text: string): Uint8Array | null {
  if (text.length > 45) return null;
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const head = parseGroups(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? "", true) : [];
  if (head === null || tail === null) return null;
  const missing = 16 - head.length - tail.length;
  const isWhole = halves.length === 1 ? missing === 0 : missing >= 2;
  if (!isWhole) return null;
  return Uint8Array.from([...head, ...new Array<number>(missing).fill(0), ...tail]);
}

function parseGroups(text: string, mayEndInIp4: boolean): number[] | null {
  if (text === "") return [];
  const octets: number[] = [];
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (group.includes(".")) {
      const embedded = mayEndInIp4 && index === groups.length - 1 ? parseIp4(group) : null;
      if (embedded === null) return null;
      octets.push(...embedded);
      continue;
    }
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null;
    const value = Number.parseInt(group, 16);
    octets.push(value >> 8, value & 0xff);
  }
  return octets;
}

/** The text of 4 or 16 octets, IPv6 in the one form of RFC 5952 section 4; other lengths give null. */
export function formatIp(octets: Uint8Array): string | null {
  if (octets.length === 4) return octets.join(".");
  if (octets.length !== 16) return null;
  const groups = Array.from(
    { length: 8 },
    (_, index) => ((octets[index * 2] ?? 0) << 8) | (octets[index * 2 + 1] ?? 0),
  );
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${octets.subarray(12).join(".")}`;
  }
  const { start, length } = longestZeros(groups);
  const words = groups.map((group) => group.toString(16));
  if (length < 2) return words.join(":");
  return `${words.slice(0, start).join(":")}::${words.slice(start + length).join(":")}`;
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) continue;
    if (index - start > best.length) best = { start, length: index - start };
    start = index + 1;
  }
  return best;
}

/** The range of a text like `10.0.0.0/8` or `fd00::/8`, or null; bits behind the prefix must be zero. */
export function parseCidr(text: string): IpRange | null {
  const [base = "", prefix = "", ...rest] = text.split("/");
  const address = parseIp(base);
  if (address === null || rest.length > 0 || !/^(0|[1-9][0-9]{0,2})$/.test(prefix)) return null;
  const bits = Number(prefix);
  if (bits > address.length * 8) return null;
  const mask = Uint8Array.from(address, (_, index) => (0xff00 >> Math.min(8, Math.max(0, bits - index * 8))) & 0xff);
  const hasHostBits = address.some((octet, index) => (octet & ~(mask[index] ?? 0) & 0xff) !== 0);
  return hasHostBits ? null : { address, mask };
}

/** The text of a range, `10.0.0.0/8`; null when the mask has gaps or the lengths do not fit. */
export function formatCidr(range: IpRange): string | null {
  const address = formatIp(range.address);
  if (address === null || range.mask.length !== range.address.length) return null;
  const bits = Array.from(range.mask, (octet) => octet.toString(2).padStart(8, "0")).join("");
  if (!/^1*0*$/.test(bits)) return null;
  return `${address}/${bits.replaceAll("0", "").length}`;
}

/** Whether an address (4 or 16 octets) lies in a range of the same family. */
export function ipInCidr(ip: Uint8Array, range: IpRange): boolean {
  if (ip.length !== range.address.length || ip.length !== range.mask.length) return false;
  return ip.every((octet, index) => {
    const mask = range.mask[index] ?? 0;
    return (octet & mask) === ((range.address[index] ?? 0) & mask);
  });
}
