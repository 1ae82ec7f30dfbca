import type { Json as ReadJson } from "@/server/engines/cedar/syntax/json";
import { FUNCTION_OF } from "@/server/engines/cedar/values/extension-values";
import { writeDatetime, writeDuration } from "@/server/engines/cedar/values/datetime";
import { writeDecimal } from "@/server/engines/cedar/values/decimal";
import { writeIp } from "@/server/engines/cedar/values/ip";
import { EntityValue, type ExtensionValue, SetValue, type Value } from "@/server/engines/cedar/values/value";

/**
 * A JSON value as our strict reader gives it. Numbers that are no safe integers stay numbers, which no value is made of:
 * JavaScript may have read another than was written.
 */
export function asRead(value: unknown): ReadJson {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== "object" || value === null) return value as ReadJson;
  if (Array.isArray(value)) return value.map(asRead);
  return new Map(
    Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : [[name, asRead(inner)] as const])),
  );
}

/** A value in Cedar's JSON, as it is read without a schema. https://docs.cedarpolicy.com/auth/entities-syntax.html */
export function writeJson(value: Value): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  if (value instanceof EntityValue) return `{"__entity":${writeName(value)}}`;
  if (value instanceof SetValue) return `[${value.elements.map(writeJson).join(",")}]`;
  if ("amount" in value) return writeExtension(value);
  const members = value.shape.names.map(
    (name, at) => `${JSON.stringify(name)}:${writeJson(value.values[at] as Value)}`,
  );
  return `{${members.join(",")}}`;
}

/** `{"type":"Node","id":"gpu-7"}` */
export function writeName({ type, id }: { readonly type: string; readonly id: string }): string {
  return `{"type":${JSON.stringify(type)},"id":${JSON.stringify(id)}}`;
}

const WRITERS = { decimal: writeDecimal, ipaddr: writeIp, datetime: writeDatetime, duration: writeDuration };

function writeExtension({ type, amount }: ExtensionValue): string {
  return `{"__extn":{"fn":"${FUNCTION_OF[type]}","arg":${JSON.stringify(WRITERS[type](amount))}}}`;
}
