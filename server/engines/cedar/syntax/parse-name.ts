import { readString } from "./literals";
import type { Range } from "./problem";
import type { Name } from "./syntax";
import type { TokenStream } from "./token-stream";

/** Words that name no type, attribute or key; quoted, they may be keys and attributes. */
export const RESERVED: ReadonlySet<string> = new Set([
  ..."true false if then else in is like has".split(" "),
  "__cedar",
]);

/** Names with `::` between them, and the id in quotes that may follow: `A::B` or `A::B::"id"`. */
export interface Path extends Range {
  readonly names: readonly Name[];
  /** The names, written together. */
  readonly text: string;
  readonly id: Name | null;
}

/** A path, at a word. https://docs.cedarpolicy.com/policies/syntax-grammar.html#grammar-path */
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
      stream.unexpected("a name or an id in double quotes");
      break;
    }
    names.push(nameOf(stream));
  }
  const last = id ?? names.at(-1);
  return { names, text: names.map(({ value }) => value).join("::"), id, start, end: last?.end ?? start };
}

/** Reports the names in a path that no type can have. */
export function checkTypeName(stream: TokenStream, path: Path): void {
  for (const name of path.names) if (RESERVED.has(name.value)) reportReserved(stream, name);
}

/** A name of an attribute or a key, at a word: reserved words are refused. */
export function parseAttributeName(stream: TokenStream): Name {
  const name = nameOf(stream);
  if (RESERVED.has(name.value)) reportReserved(stream, name);
  return name;
}

/** A string token as the name that it means. */
export function parseString(stream: TokenStream): Name {
  const token = stream.next();
  return { value: readString(token, stream.problems), start: token.start, end: token.end };
}

function nameOf(stream: TokenStream): Name {
  const { text, start, end } = stream.next();
  return { value: text, start, end };
}

function reportReserved(stream: TokenStream, { value, start, end }: Name): void {
  const message = `\`${value}\` is a word of the language and names nothing`;
  stream.report("syntax.reserved", message, { start, end });
}
