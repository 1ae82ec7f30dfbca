/** The name of an entity: `Type::"id"`. */
export interface EntityUid {
  /** With its namespace: `Swarm::Node`. */
  readonly type: string;
  /** Unescaped. */
  readonly id: string;
}

/** Whether entities of a type are actions, which are all declared in the schema: its last name is `Action`. */
export function isActionType(type: string): boolean {
  return type === "Action" || type.endsWith("::Action");
}

/** `Type::"id"` with the id escaped, as the language writes it. */
export function writeUid({ type, id }: EntityUid): string {
  return `${type}::${writeString(id)}`;
}

/** A string literal. */
export function writeString(value: string): string {
  let text = '"';
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    const short = ESCAPES[character];
    if (short !== undefined) text += short;
    else if (code < 0x20 || code === 0x7f) text += `\\u{${code.toString(16)}}`;
    else text += character;
  }
  return `${text}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\0": "\\0",
};
