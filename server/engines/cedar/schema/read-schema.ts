import { parseSchemaJson } from "./schema-json";
import type { SchemaResult } from "./schema-source";
import { parseSchemaText } from "./schema-text";

/**
 * Reads a schema in either of its forms: no text in Cedar's own starts with the brace with which JSON does.
 * https://docs.cedarpolicy.com/schema/schema.html
 */
export function readSchema(text: string): SchemaResult {
  return text.trimStart().startsWith("{") ? parseSchemaJson(text) : parseSchemaText(text);
}
