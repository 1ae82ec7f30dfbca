import { encode, sequence, setOf } from "./der";
import { ia5String, isOid, isPrintable, oid, printableString, utf8String } from "./der-primitives";
import type { DerPart } from "./der";
import type { DerElement } from "./der-reader";
import { readSingle } from "./der-reader";
import { oidText, setElements, stringText } from "./der-values";
import { DerError, NameRefused } from "./errors";

/** One attribute of a distinguished name: a short name of RFC 4519 or a dotted object identifier, and its text. */
export interface NameAttribute {
  type: string;
  value: string;
}

interface AttributeKind {
  oid: string;
  /** RFC 5280 appendix A.1 upper bound, in characters. */
  longest: number;
  string: "utf8" | "printable" | "ia5";
}

const kinds = new Map<string, AttributeKind>([
  ["CN", { oid: "2.5.4.3", longest: 64, string: "utf8" }],
  ["SN", { oid: "2.5.4.4", longest: 32_768, string: "utf8" }],
  ["serialNumber", { oid: "2.5.4.5", longest: 64, string: "printable" }],
  ["C", { oid: "2.5.4.6", longest: 2, string: "printable" }],
  ["L", { oid: "2.5.4.7", longest: 128, string: "utf8" }],
  ["ST", { oid: "2.5.4.8", longest: 128, string: "utf8" }],
  ["street", { oid: "2.5.4.9", longest: 128, string: "utf8" }],
  ["O", { oid: "2.5.4.10", longest: 64, string: "utf8" }],
  ["OU", { oid: "2.5.4.11", longest: 64, string: "utf8" }],
  ["title", { oid: "2.5.4.12", longest: 64, string: "utf8" }],
  ["givenName", { oid: "2.5.4.42", longest: 32_768, string: "utf8" }],
  ["dnQualifier", { oid: "2.5.4.46", longest: 64, string: "printable" }],
  ["UID", { oid: "0.9.2342.19200300.100.1.1", longest: 256, string: "utf8" }],
  ["DC", { oid: "0.9.2342.19200300.100.1.25", longest: 63, string: "ia5" }],
  ["emailAddress", { oid: "1.2.840.113549.1.9.1", longest: 255, string: "ia5" }],
]);

const typeOfOid = new Map(Array.from(kinds, ([type, kind]) => [kind.oid, type]));
const unknownKind = { longest: 32_768, string: "utf8" } as const;

/** C0 and C1 controls, line separators, and the bidirectional and zero-width characters that make one name look like another. */
const deceptive = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/u;

/**
 * `Name ::= SEQUENCE OF SET OF AttributeTypeAndValue`, one attribute a set (RFC 5280 section 4.1.2.4); no attributes
 * give the empty name `30 00`. @throws NameRefused
 */
export function encodeName(attributes: readonly NameAttribute[]): Uint8Array {
  return encode(sequence(attributes.map((attribute) => setOf([encodeAttribute(attribute)]))));
}

function encodeAttribute(attribute: NameAttribute): DerPart {
  const kind = kinds.get(attribute.type) ?? { ...unknownKind, oid: attribute.type };
  if (!isOid(kind.oid)) throw new NameRefused("name.attribute", `"${attribute.type}" is not a name attribute`);
  assertAttributeValue(attribute.type, attribute.value, kind.longest);
  return sequence([oid(kind.oid), encodeValue(attribute, kind.string)]);
}

function encodeValue(attribute: NameAttribute, string: AttributeKind["string"]): Uint8Array {
  switch (string) {
    case "utf8":
      return utf8String(attribute.value);
    case "printable":
      if (!isPrintable(attribute.value)) {
        throw new NameRefused("name.characters", `${attribute.type} may hold letters, digits and '()+,-./:=? only`);
      }
      return printableString(attribute.value);
    case "ia5":
      if (!/^[ -~]*$/.test(attribute.value)) {
        throw new NameRefused("name.characters", `${attribute.type} may hold ASCII characters only`);
      }
      return ia5String(attribute.value);
  }
}

function assertAttributeValue(type: string, value: string, longest: number): void {
  if (value.trim() === "") throw new NameRefused("name.empty", `${type} is empty`);
  if (deceptive.test(value) || /[\ud800-\udfff]/u.test(value)) {
    throw new NameRefused("name.characters", `${type} holds a control or an invisible character`);
  }
  if (value.length > longest && Array.from(value).length > longest) {
    throw new NameRefused("name.length", `${type} is longer than ${longest} characters`);
  }
}

/** The attributes of an encoded `Name`, in order. @throws DerError, NameRefused when a value hides characters. */
export function decodeName(der: Uint8Array): NameAttribute[] {
  return decodeNameElement(readSingle(der, 0x30));
}

/** The attributes of a `Name` element. @throws DerError, NameRefused */
export function decodeNameElement(element: DerElement): NameAttribute[] {
  const reader = element.reader();
  const attributes: NameAttribute[] = [];
  while (!reader.isDone) {
    const members = setElements(reader.read(0x31));
    if (members.length === 0) throw new DerError("der.value", reader.position, "a relative name without attributes");
    for (const member of members) attributes.push(decodeAttribute(member));
  }
  return attributes;
}

function decodeAttribute(element: DerElement): NameAttribute {
  if (element.tag !== 0x30) throw new DerError("der.tag", element.start, "expected a name attribute");
  const reader = element.reader();
  const type = attributeType(oidText(reader.read(0x06)));
  const value = stringText(reader.readAny());
  reader.finish();
  assertAttributeValue(type, value, kinds.get(type)?.longest ?? unknownKind.longest);
  return { type, value };
}

function attributeType(dotted: string): string {
  return typeOfOid.get(dotted) ?? dotted;
}

/** The text of RFC 4514 section 2: last attribute first, separators escaped. */
export function formatName(attributes: readonly NameAttribute[]): string {
  return Array.from(attributes)
    .reverse()
    .map(({ type, value }) => `${type}=${escapeValue(value)}`)
    .join(",");
}

function escapeValue(value: string): string {
  return value.replace(/["+,;<>\\]|^[ #]| $/g, (character) => `\\${character}`);
}
