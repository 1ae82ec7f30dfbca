import { type DerPart, implicit, sequence } from "./der";
import { ia5Octets } from "./der-primitives";
import type { DerElement } from "./der-reader";
import { asciiText } from "./der-values";
import { DerError, NameRefused } from "./errors";
import { type GeneralName, generalNameTags } from "./general-names";
import { formatCidr, ipInCidr, parseCidr, parseIp } from "./ip";
import { isDnsName, isEmail, uriHost } from "./name-syntax";

/**
 * Subtrees by kind (RFC 5280 section 4.2.1.10): `dns` a name and everything under it ("" is every name); `uri` a host,
 * or a domain's hosts when it starts with a dot; `email` a mailbox, a host, or a domain with a leading dot; `ip` a CIDR range.
 */
export interface ConstraintSet {
  dns?: readonly string[];
  uri?: readonly string[];
  email?: readonly string[];
  ip?: readonly string[];
}

/** What an authority may name, and what it may not. */
export interface NameConstraints {
  permitted: ConstraintSet;
  excluded: ConstraintSet;
}

const kinds = ["dns", "uri", "email", "ip"] as const;

/** The encoded `GeneralSubtree`s of a set. @throws NameRefused */
export function encodeSubtrees(set: ConstraintSet): DerPart[] {
  return kinds.flatMap((kind) => (set[kind] ?? []).map((value) => sequence([encodeBase(kind, value)])));
}

function encodeBase(kind: (typeof kinds)[number], value: string): Uint8Array {
  switch (kind) {
    case "dns":
      if (value !== "" && !isDnsName(value)) throw new NameRefused("name.dns", `"${value}" is not a DNS subtree`);
      return implicit(2, ia5Octets(value));
    case "uri":
      if (!isHostOrDomain(value)) throw new NameRefused("name.uri", `"${value}" is not the host of a URI`);
      return implicit(6, ia5Octets(value));
    case "email":
      if (!isHostOrDomain(value) && !isEmail(value))
        throw new NameRefused("name.email", `"${value}" is not a mail domain`);
      return implicit(1, ia5Octets(value));
    case "ip":
      return implicit(7, encodeRange(value));
  }
}

function isHostOrDomain(value: string): boolean {
  return isDnsName(value.startsWith(".") ? value.slice(1) : value);
}

function encodeRange(value: string): Uint8Array {
  const range = parseCidr(value);
  if (range === null) throw new NameRefused("name.ip", `"${value}" is not a range like 10.0.0.0/8`);
  return Uint8Array.from([...range.address, ...range.mask]);
}

/** The constraints of an extension's value. @throws DerError when malformed, empty, or of a kind that is not known here. */
export function readNameConstraints(value: DerElement): NameConstraints {
  const reader = value.reader();
  const permitted = reader.readOptional(0xa0);
  const excluded = reader.readOptional(0xa1);
  reader.finish();
  if (permitted === null && excluded === null) throw new DerError("der.value", value.start, "empty name constraints");
  return { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) };
}

function readSubtrees(element: DerElement | null): ConstraintSet {
  const set: { dns?: string[]; uri?: string[]; email?: string[]; ip?: string[] } = {};
  if (element === null) return set;
  const reader = element.reader();
  if (reader.isDone) throw new DerError("der.value", element.start, "an empty list of subtrees");
  while (!reader.isDone) {
    const subtree = reader.enter(0x30);
    const { kind, text } = readBase(subtree.readAny());
    subtree.finish();
    set[kind] = [...(set[kind] ?? []), text];
  }
  return set;
}

function readBase(base: DerElement): { kind: (typeof kinds)[number]; text: string } {
  switch (base.tag) {
    case generalNameTags.dns:
      return { kind: "dns", text: asciiText(base) };
    case generalNameTags.uri:
      return { kind: "uri", text: asciiText(base) };
    case generalNameTags.email:
      return { kind: "email", text: asciiText(base) };
    case generalNameTags.ip:
      return { kind: "ip", text: readRange(base) };
    default:
      throw new DerError("der.tag", base.start, "a constraint on a kind of name that is not known");
  }
}

function readRange(base: DerElement): string {
  const half = base.content.length / 2;
  const text = formatCidr({ address: base.content.subarray(0, half), mask: base.content.subarray(half) });
  if (text === null || parseCidr(text) === null)
    throw new DerError("der.value", base.start, "not a range of addresses");
  return text;
}

/** Why a name is outside the constraints, or null; `other` names are never inside constraints, for they cannot be compared. */
export function constraintViolation(name: GeneralName, constraints: NameConstraints): string | null {
  if (name.type === "other") return "its kind cannot be compared with name constraints";
  const { type } = name;
  const isConstrained = constraints.permitted[type] !== undefined || constraints.excluded[type] !== undefined;
  if (type === "uri" && isConstrained && !isDnsName(uriHost(name.value) ?? "")) return "it has no host name to compare";
  const excluded = constraints.excluded[type]?.find((base) => isInSubtree(type, name.value, base));
  if (excluded !== undefined) return `it is inside the excluded ${type} subtree "${excluded}"`;
  const permitted = constraints.permitted[type];
  const isPermitted = permitted === undefined || permitted.some((base) => isInSubtree(type, name.value, base));
  return isPermitted
    ? null
    : `it is outside the permitted ${type} subtrees ${permitted.map((base) => `"${base}"`).join(", ")}`;
}

function isInSubtree(kind: (typeof kinds)[number], value: string, base: string): boolean {
  switch (kind) {
    case "dns":
      return isUnderName(value.toLowerCase(), base.toLowerCase());
    case "uri":
      return isHostIn(uriHost(value), base.toLowerCase());
    case "email":
      return isMailboxIn(value, base);
    case "ip":
      return isAddressIn(value, base);
  }
}

function isUnderName(name: string, base: string): boolean {
  return base === "" || name === base || name.endsWith(`.${base}`);
}

function isHostIn(host: string | null, base: string): boolean {
  if (host === null) return false;
  return base.startsWith(".") ? host.endsWith(base) : host === base;
}

function isMailboxIn(value: string, base: string): boolean {
  const at = value.lastIndexOf("@");
  const host = value.slice(at + 1).toLowerCase();
  const baseAt = base.lastIndexOf("@");
  if (baseAt < 0) return isHostIn(host, base.toLowerCase());
  return value.slice(0, at) === base.slice(0, baseAt) && host === base.slice(baseAt + 1).toLowerCase();
}

function isAddressIn(value: string, base: string): boolean {
  const ip = parseIp(value);
  const range = parseCidr(base);
  return ip !== null && range !== null && ipInCidr(ip, range);
}
