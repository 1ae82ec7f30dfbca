import { writeString } from "../values/uid";

/** The namespace of what is built in; no other name may have it in it. */
export const CEDAR = "__cedar";

/** Words of the language. https://docs.cedarpolicy.com/policies/syntax-grammar.html#grammar-reserved */
const RESERVED: ReadonlySet<string> = new Set(["true", "false", "if", "then", "else", "in", "is", "like", "has"]);

/**
 * Whether something can be named by a text as it is, without quotes.
 * https://docs.cedarpolicy.com/policies/syntax-grammar.html#grammar-ident
 */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z_0-9]*$/.test(text) && !RESERVED.has(text);
}

/** Whether a text is the name of a type with its namespace, written without spaces: `A`, `N::M::A`. */
export function isTypeName(text: string): boolean {
  return text.split("::").every((part) => isIdentifier(part) && part !== CEDAR);
}

/** The name of an attribute, in quotes where it needs them. */
export function writeName(name: string): string {
  return isIdentifier(name) ? name : writeString(name);
}
