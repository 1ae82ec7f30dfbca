import { type Json, JsonError, parseJson } from "../syntax/json";
import { type Problem, problemAt, type Range } from "../syntax/problem";

/** A JSON value and where it stands. */
export interface Located extends Range {
  readonly value: Json;
}

/** A member of an object, and the range of its value. */
export interface Member extends Located {
  readonly name: string;
}

/** Reads JSON whose form is known, and collects where it has another. */
export class LocatedJson {
  readonly problems: Problem[] = [];
  readonly #ranges = new Map<object, Map<string | number, Range>>();
  /** Null when the text is not JSON, and a problem says so. */
  readonly root: Located | null;

  constructor(text: string) {
    this.root = this.#parse(text);
  }

  #parse(text: string): Located | null {
    try {
      const value = parseJson(text, (holder, key, range) => {
        let ranges = this.#ranges.get(holder);
        if (!ranges) this.#ranges.set(holder, (ranges = new Map()));
        ranges.set(key, range);
      });
      return { value, start: 0, end: text.length };
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      const end = Math.min(text.length, error.offset + 1);
      this.report({ start: error.offset, end }, "syntax.json", error.reason);
      return null;
    }
  }

  /** Adds a problem, and goes on. */
  report(range: Range, code: string, message: string, expected: readonly string[] = []): void {
    this.problems.push(problemAt(range, code, message, { expected }));
  }

  /** Members of an object; none, with a problem, when it is no object. */
  members(of: Located, what: string): Member[] {
    const { value: object } = of;
    if (object instanceof Map) {
      const members = object as ReadonlyMap<string, Json>;
      return [...members].map(([name, value]) => ({ name, value, ...this.#rangeOf(object, name, of) }));
    }
    this.report(of, "schema.json_type", `${what} must be an object`, ["{"]);
    return [];
  }

  /** Members of an object by name; a problem for each that may not be there, and each that must and is not. */
  fields(of: Located, what: string, required: readonly string[], optional: readonly string[]): Map<string, Located> {
    const fields = new Map<string, Located>(this.members(of, what).map((member) => [member.name, member]));
    for (const [name, field] of fields) {
      if (required.includes(name) || optional.includes(name)) continue;
      this.report(field, "schema.unknown_member", `${what} has no member ${name}`, [...required, ...optional]);
    }
    for (const name of of.value instanceof Map ? required : []) {
      if (!fields.has(name)) this.report(of, "schema.missing_member", `${what} must have the member ${name}`, [name]);
    }
    return fields;
  }

  /** Elements of an array; none, with a problem, when it is no array. */
  elements(of: Located, what: string): Located[] {
    const { value: array } = of;
    if (Array.isArray(array)) {
      return array.map((value: Json, at) => ({ value, ...this.#rangeOf(array, at, of) }));
    }
    this.report(of, "schema.json_type", `${what} must be an array`, ["["]);
    return [];
  }

  /** A text; null, with a problem, when it is none. */
  text(of: Located, what: string): string | null {
    if (typeof of.value === "string") return of.value;
    this.report(of, "schema.json_type", `${what} must be a text`, ['"']);
    return null;
  }

  #rangeOf(holder: object, key: string | number, otherwise: Range): Range {
    const { start, end } = this.#ranges.get(holder)?.get(key) ?? otherwise;
    return { start, end };
  }
}
