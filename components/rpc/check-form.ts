import type { z } from "zod";
import { sentence } from "./failure";

/** What is wrong with a form, by field; the first problem of each, as a sentence. */
export type FieldErrors = Readonly<Record<string, string>>;

type Checked<T> =
  | { readonly data: T; readonly errors: FieldErrors }
  | { readonly data?: undefined; readonly errors: FieldErrors };

/** Checks a form by the contract's own schema before it is sent. */
export function checkForm<Schema extends z.ZodType>(schema: Schema, values: unknown): Checked<z.output<Schema>> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return { data: parsed.data, errors: {} };
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? "");
    errors[field] ??= sentence(message);
  }
  return { errors };
}
