import { parseDatetime, parseDuration, writeDatetime, writeDuration } from "./datetime";
import { parseDecimal, writeDecimal } from "./decimal";
import { parseIp, writeIp } from "./ip";
import { ExtensionValue } from "./value";

const PARSERS = {
  decimal: { type: "decimal", parse: parseDecimal, write: writeDecimal },
  ip: { type: "ipaddr", parse: parseIp, write: writeIp },
  datetime: { type: "datetime", parse: parseDatetime, write: writeDatetime },
  duration: { type: "duration", parse: parseDuration, write: writeDuration },
} as const;

/** The function that makes values of an extension type. */
export const FUNCTION_OF = { decimal: "decimal", ipaddr: "ip", datetime: "datetime", duration: "duration" } as const;

/**
 * The value that a function makes of a text; null when there is no such function, or the text is nothing of its kind.
 * https://docs.cedarpolicy.com/policies/syntax-datatypes.html#datatype-extension
 */
export function extensionOf(name: string, text: string): ExtensionValue | null {
  const known = Object.hasOwn(PARSERS, name) ? PARSERS[name as keyof typeof PARSERS] : undefined;
  const amount = known?.parse(text) ?? null;
  return known && amount !== null ? new ExtensionValue(known.type, amount) : null;
}

/** The call that makes a value, as it stands in a policy: `ip("10.0.0.0/8")`. */
export function writeExtension(value: ExtensionValue): string {
  const name = FUNCTION_OF[value.type];
  return `${name}("${PARSERS[name].write(value.amount)}")`;
}
