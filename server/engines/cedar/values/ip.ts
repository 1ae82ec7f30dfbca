/**
 * Addresses and ranges of addresses, packed into one integer: the address, 8 bits of prefix length, and one bit that is
 * set for version 6. The address of a range is kept as it is written: `ip("192.168.0.1/24")` and `ip("192.168.0.8/24")`
 * have the same addresses in them and are different values, as in the Rust implementation.
 * https://docs.cedarpolicy.com/policies/syntax-datatypes.html#datatype-ipaddr
 */
export interface Ip {
  readonly isV6: boolean;
  readonly address: bigint;
  readonly prefix: number;
}

/** The longest text that can be one: version 6 with a prefix length. */
const LONGEST = 43;

/** The packed address or range; null when the text is none. */
export function parseIp(text: string): bigint | null {
  if (text.length > LONGEST) return null;
  const [written = "", length, ...rest] = text.split("/");
  if (rest.length > 0) return null;
  const isV6 = written.includes(":");
  const address = isV6 ? parseV6(written) : parseV4(written);
  if (address === null) return null;
  const widest = isV6 ? 128 : 32;
  if (length !== undefined && !/^(0|[1-9]\d{0,2})$/.test(length)) return null;
  const prefix = length === undefined ? widest : Number(length);
  return prefix > widest ? null : (address << 9n) | (BigInt(prefix) << 1n) | (isV6 ? 1n : 0n);
}

/** What was packed. */
export function unpackIp(packed: bigint): Ip {
  return { isV6: (packed & 1n) === 1n, prefix: Number((packed >> 1n) & 255n), address: packed >> 9n };
}

function parseV4(text: string): bigint | null {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) < 256)) {
    return null;
  }
  return octets.reduce((address, octet) => (address << 8n) | BigInt(octet), 0n);
}

function parseV6(text: string): bigint | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const groups = [...head, ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  const missing = 8 - groups.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  return all.reduce((address, group) => (address << 16n) | BigInt(`0x${group}`), 0n);
}

/** The first and the last address of a range. */
function boundsOf({ isV6, address, prefix }: Ip): [bigint, bigint] {
  const free = BigInt((isV6 ? 128 : 32) - prefix);
  const first = (address >> free) << free;
  return [first, first + (1n << free) - 1n];
}

/** Whether every address of one is in the other; of different versions, never. */
export function isInRange(one: Ip, other: Ip): boolean {
  if (one.isV6 !== other.isV6) return false;
  const [[first, last], [from, to]] = [boundsOf(one), boundsOf(other)];
  return first >= from && last <= to;
}

const LOOPBACK = { v4: range("127.0.0.0/8"), v6: range("::1/128") };
const MULTICAST = { v4: range("224.0.0.0/4"), v6: range("ff00::/8") };

function range(text: string): Ip {
  const packed = parseIp(text);
  if (packed === null) throw new Error(`${text} is a range`);
  return unpackIp(packed);
}

/** Whether all of it is loopback: 127.0.0.0/8, or ::1. */
export function isLoopback(ip: Ip): boolean {
  return isInRange(ip, ip.isV6 ? LOOPBACK.v6 : LOOPBACK.v4);
}

/** Whether all of it is multicast: 224.0.0.0/4, or ff00::/8. */
export function isMulticast(ip: Ip): boolean {
  return isInRange(ip, ip.isV6 ? MULTICAST.v6 : MULTICAST.v4);
}

/** As people write it, version 6 by RFC 5952 4; a prefix length only where it leaves something open. */
export function writeIp(packed: bigint): string {
  const { isV6, address, prefix } = unpackIp(packed);
  const suffix = prefix === (isV6 ? 128 : 32) ? "" : `/${prefix}`;
  const [count, width] = isV6 ? [8, 16n] : [4, 8n];
  const groups = Array.from({ length: count }, (_, at) => {
    return (address >> (BigInt(count - 1 - at) * width)) & ((1n << width) - 1n);
  });
  if (!isV6) return `${groups.join(".")}${suffix}`;
  const text = groups.map((group) => group.toString(16)).join(":");
  const [longest] = [...text.matchAll(/\b0(:0)+\b/g)].sort((a, b) => b[0].length - a[0].length);
  if (!longest) return `${text}${suffix}`;
  const [before, after] = [text.slice(0, longest.index), text.slice(longest.index + longest[0].length)];
  return `${before.replace(/:$/, "")}::${after.replace(/^:/, "")}${suffix}`;
}
