/** A comment as it is written, without the end of its line. */
export interface Comment {
  readonly text: string;
  /** Whether something else stands before it in its line. */
  readonly isTrailing: boolean;
  /** Whether an empty line stands before it. */
  readonly hasBlankBefore: boolean;
}

/** What a token's trivia says to people. */
export interface Trivia {
  readonly comments: readonly Comment[];
  /** Whether an empty line stands between the last comment and the token. */
  readonly hasBlankAfter: boolean;
}

/** The comments before a token. https://docs.cedarpolicy.com/policies/syntax-grammar.html (`//`, to the end of its line) */
export function readTrivia(trivia: string): Trivia {
  if (!trivia.includes("//")) return { comments: [], hasBlankAfter: false };
  const comments: Comment[] = [];
  let breaks = 0;
  for (const [piece] of trivia.matchAll(/\/\/[^\n\r]*|\r\n?|\n|[^\n\r/]+/g)) {
    if (piece.startsWith("//")) {
      const isTrailing = breaks === 0 && comments.length === 0;
      comments.push({ text: piece.trimEnd(), isTrailing, hasBlankBefore: breaks > 1 });
      breaks = 0;
    } else if (piece === "\n" || piece.startsWith("\r")) breaks += 1;
  }
  return { comments, hasBlankAfter: breaks > 1 };
}
