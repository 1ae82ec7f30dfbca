import { encode, implicit, sequence } from "./der";
import { DerReader } from "./der-reader";
import type { DerElement } from "./der-reader";
import { ia5Octets } from "./der-primitives";
import { asciiText, oidText } from "./der-values";
import { DerError, NameRefused } from "./errors";
import { formatIp, parseIp } from "./ip";
import { isDnsName, isEmail, isUri } from "./name-syntax";
import { decodeNameElement, formatName } from "./names";

/**
 * One alternative name in text. `other` is a form that is read but never written (a directory name, an otherName,
 * a registered OID), its value in words.
 */
export interface GeneralName {
  type: "dns" | "ip" | "uri" | "email" | "other";
  value: string;
}

/** The context tags of `GeneralName` (RFC 5280 section 4.2.1.6). */
export const generalNameTags = {
  otherName: 0xa0,
  email: 0x81,
  dns: 0x82,
  x400Address: 0xa3,
  directoryName: 0xa4,
  ediPartyName: 0xa5,
  uri: 0x86,
  ip: 0x87,
  registeredId: 0x88,
} as const;

/** `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName`, each checked for its syntax. @throws NameRefused */
export function encodeGeneralNames(names: readonly GeneralName[]): Uint8Array {
  if (names.length === 0) throw new NameRefused("name.empty", "a list of alternative names needs at least one name");
  return encode(sequence(names.map(encodeGeneralName)));
}

/** One `GeneralName` of a form that this product writes. @throws NameRefused */
export function encodeGeneralName(name: GeneralName): Uint8Array {
  assertGeneralName(name);
  switch (name.type) {
    case "email":
      return implicit(1, ia5Octets(name.value));
    case "dns":
      return implicit(2, ia5Octets(name.value));
    case "uri":
      return implicit(6, ia5Octets(name.value));
    case "ip":
      return implicit(7, parseIp(name.value) ?? new Uint8Array());
    case "other":
      throw new NameRefused("name.kind", `a name of this kind cannot be written: ${name.value}`);
  }
}

/** Asserts that a name is well formed for its kind. @throws NameRefused */
export function assertGeneralName(name: GeneralName): void {
  const shown = `"${name.value.slice(0, 100)}"`;
  switch (name.type) {
    case "dns":
      if (!isDnsName(name.value, "wildcard")) throw new NameRefused("name.dns", `${shown} is not a DNS name`);
      return;
    case "email":
      if (!isEmail(name.value)) throw new NameRefused("name.email", `${shown} is not an e-mail address`);
      return;
    case "uri":
      if (!isUri(name.value)) throw new NameRefused("name.uri", `${shown} is not an absolute URI`);
      return;
    case "ip":
      if (parseIp(name.value) === null) throw new NameRefused("name.ip", `${shown} is not an IP address`);
      return;
    case "other":
      throw new NameRefused("name.kind", `a name of this kind cannot be written: ${shown}`);
  }
}

/** The names of an encoded `GeneralNames`. @throws DerError when it is malformed, empty, or holds NUL or non-ASCII characters. */
export function decodeGeneralNames(der: Uint8Array): GeneralName[] {
  const outer = DerReader.of(der);
  const names = readGeneralNames(outer.enter(0x30));
  outer.finish();
  return names;
}

/** The names that a reader over the content of a `GeneralNames` still holds. @throws DerError */
export function readGeneralNames(reader: DerReader): GeneralName[] {
  const names: GeneralName[] = [];
  if (reader.isDone) throw new DerError("der.value", reader.position, "an empty list of names");
  while (!reader.isDone) names.push(readGeneralName(reader.readAny()));
  return names;
}

/** One `GeneralName`. @throws DerError */
export function readGeneralName(element: DerElement): GeneralName {
  switch (element.tag) {
    case generalNameTags.dns:
      return { type: "dns", value: nonEmpty(element) };
    case generalNameTags.email:
      return { type: "email", value: nonEmpty(element) };
    case generalNameTags.uri:
      return { type: "uri", value: nonEmpty(element) };
    case generalNameTags.ip:
      return { type: "ip", value: readIp(element) };
    default:
      return { type: "other", value: otherName(element) };
  }
}

function nonEmpty(element: DerElement): string {
  const text = asciiText(element);
  if (text === "") throw new DerError("der.value", element.start, "an empty name");
  return text;
}

function readIp(element: DerElement): string {
  const text = formatIp(element.content);
  if (text === null) throw new DerError("der.value", element.start, "an IP address has 4 or 16 octets");
  return text;
}

function otherName(element: DerElement): string {
  switch (element.tag) {
    case generalNameTags.otherName:
      return `other name ${oidText(element.reader().read(0x06))}`;
    case generalNameTags.registeredId:
      return `registered id ${oidText(element)}`;
    case generalNameTags.directoryName:
      return `directory name ${formatName(decodeNameElement(element.reader().read(0x30)))}`;
    case generalNameTags.x400Address:
      return "X.400 address";
    case generalNameTags.ediPartyName:
      return "EDI party name";
    default:
      throw new DerError("der.tag", element.start, "not a general name");
  }
}

/** One line for a name: `dns:gpu-7.swarm.local`. */
export function formatGeneralName(name: GeneralName): string {
  return `${name.type}:${name.value}`;
}

/**
 * The name of a line like `dns:gpu-7`, `IP:10.0.0.1`, `uri:spiffe://…`, `email:…`; addresses come out in their one form.
 * @throws NameRefused
 */
export function parseGeneralName(text: string): GeneralName {
  const colon = text.indexOf(":");
  const type = text.slice(0, Math.max(0, colon)).trim().toLowerCase();
  const value = text.slice(colon + 1).trim();
  if (type !== "dns" && type !== "ip" && type !== "uri" && type !== "email") {
    throw new NameRefused("name.kind", `"${text.slice(0, 100)}" does not start with dns:, ip:, uri: or email:`);
  }
  assertGeneralName({ type, value });
  return { type, value: type === "ip" ? (formatIp(parseIp(value) ?? new Uint8Array()) ?? value) : value };
}
