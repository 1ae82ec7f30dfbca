/** A value that has no canonical JSON. */
export class NotJson extends Error {
  override readonly name = "NotJson";
}

/**
 * The canonical JSON of a value (RFC 8785): keys sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them, what has a `toJSON` as that says. Members that are `undefined` are left out. Half a surrogate
 * pair, which RFC 8785 (3.2.2.2) would refuse, is written as its escape: nothing that somebody types may keep a deed out
 * of the log.
 *
 * @throws {NotJson} for numbers that are not finite, and for what is no JSON: functions, symbols, bigints, objects of other
 *   classes, `undefined` but as a member.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return textOf(value);
    case "number":
      if (!Number.isFinite(value)) throw new NotJson(`${value} is no JSON number`);
      return String(value);
    case "boolean":
      return String(value);
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? arrayOf(value) : objectOf(value);
    default:
      throw new NotJson(`a ${typeof value} is no JSON value`);
  }
}

function arrayOf(values: readonly unknown[]): string {
  let text = "[";
  for (let index = 0; index < values.length; index++) {
    if (index > 0) text += ",";
    text += canonicalJson(values[index]);
  }
  return `${text}]`;
}

function objectOf(value: object): string {
  const prototype = Object.getPrototypeOf(value);
  if ("toJSON" in value && typeof value.toJSON === "function") return canonicalJson(value.toJSON());
  if (prototype !== Object.prototype && prototype !== null) throw new NotJson("an object of a class is no JSON value");
  const members = value as Readonly<Record<string, unknown>>;
  let text = "{";
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ",";
    text += `${textOf(key)}:${canonicalJson(member)}`;
  }
  return `${text}}`;
}

/** Strings of these characters alone stand for themselves. */
const PLAIN = /^[ !#-[\]-~]*$/;

function textOf(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
