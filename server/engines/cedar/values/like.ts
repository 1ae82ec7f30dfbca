/** One piece of a `like` pattern: a text, or any text (`*`). */
export type PatternPiece = string | typeof WILDCARD;
export const WILDCARD = Symbol("*");

/**
 * Whether a text matches a pattern in which `*` stands for any text, also none. Linear in the text for each piece: what
 * stands between two wildcards is taken where it comes first.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#operators-string-like
 */
export function matcherOf(pattern: readonly PatternPiece[]): (text: string) => boolean {
  const pieces: string[] = [""];
  for (const piece of pattern) {
    if (piece === WILDCARD) pieces.push("");
    else pieces[pieces.length - 1] += piece;
  }
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  const least = first.length + last.length;
  return (text) => {
    if (text.length < least || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return at <= text.length - last.length;
  };
}
