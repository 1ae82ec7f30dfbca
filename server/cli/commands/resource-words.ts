import { UsageError } from "../terminal";

const ENTITY = /^([A-Z][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)*)::(?:"([^"]+)"|([^:"][^"]*))$/;

/** An entity as it is written at the terminal: `Pool::train`, or `Pool::"train"` as in Cedar; null for anything else. */
export function entityIn(text: string): { type: string; id: string } | null {
  const [, type, quoted, plain] = ENTITY.exec(text) ?? [];
  const id = quoted ?? plain;
  return type && id ? { type, id } : null;
}

/** A value: an entity, JSON where it is JSON, else the text itself. */
export function valueIn(text: string): unknown {
  const entity = entityIn(text);
  if (entity) return { __entity: entity };
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `key=value` of each, by key. @throws {UsageError} */
export function pairsIn(given: readonly string[], optionName: string): [string, string][] {
  return given.map((text) => {
    const at = text.indexOf("=");
    if (at < 1) throw new UsageError(`${optionName} takes key=value, not ${text}`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
}
