import { CEDAR, isIdentifier } from "./identifiers";
import { readString } from "./literals";
import type { Range } from "./problem";
import type { Name } from "./syntax";
import type { TokenStream } from "./token-stream";

/** Names with `::` between them, and the id in quotes that may follow: `A::B` or `A::B::"id"`. */
export interface Path extends Range {
  readonly names: readonly Name[];
  /** The names, written together. */
  readonly text: string;
  readonly id: Name | null;
}

/** `Path ::= IDENT {'::' IDENT}` or `Entity ::= Path '::' STR`, at a word. https://docs.cedarpolicy.com/policies/syntax-grammar.html#grammar-path */
export function parsePath(stream: TokenStream): Path {
  const { start } = stream.token;
  const names = [nameOf(stream)];
  let id: Name | null = null;
  while (stream.accept("::")) {
    if (stream.token.kind === "string") {
      id = parseString(stream);
      break;
    }
    if (stream.token.kind !== "identifier") {
      stream.reportUnexpected("a name or an id in double quotes");
      break;
    }
    names.push(nameOf(stream));
  }
  const last = id ?? names.at(-1);
  return { names, text: names.map(({ value }) => value).join("::"), id, start, end: last?.end ?? start };
}

/** Reports the names in a path that no type can have. */
export function checkTypeName(stream: TokenStream, path: Path): void {
  for (const name of path.names) checkName(stream, name);
}

/** `IDENT`, as a name of an attribute or a key. Words that name nothing may be keys and attributes in quotes. */
export function parseAttributeName(stream: TokenStream): Name {
  const name = nameOf(stream);
  checkName(stream, name);
  return name;
}

/** `STR`, as the name that it means. */
export function parseString(stream: TokenStream): Name {
  const token = stream.next();
  return { value: readString(token, stream.problems), start: token.start, end: token.end };
}

function nameOf(stream: TokenStream): Name {
  const { text, start, end } = stream.next();
  return { value: text, start, end };
}

function checkName(stream: TokenStream, { value, start, end }: Name): void {
  if (isIdentifier(value) && value !== CEDAR) return;
  const message = `\`${value}\` is a word of the language and names nothing`;
  stream.report("syntax.reserved", message, { start, end });
}
