import { tokenize } from "@/server/engines/cedar/syntax/lexer";

/** What a piece of a policy's text is to the eye; plain where it is nothing of these. */
export type CedarClass = "comment" | "keyword" | "type" | "string" | "number" | "plain";

export interface CedarPiece {
  readonly kind: CedarClass;
  readonly text: string;
}

const KEYWORDS = new Set(
  "permit forbid when unless principal action resource context in is has like if then else true false".split(" "),
);

/** A text of the policy language in pieces, which together are the text. */
export function cedarPieces(text: string): CedarPiece[] {
  const tokens = tokenize(text);
  const pieces = tokens.flatMap((token, at): CedarPiece[] => {
    const kind = kindOf(token, tokens[at - 1]?.text, tokens[at + 1]?.text);
    return [...triviaPieces(token.trivia), { kind, text: token.text }];
  });
  return pieces.filter((piece) => piece.text !== "");
}

type Token = ReturnType<typeof tokenize>[number];

function kindOf({ kind, text }: Token, before: string | undefined, after: string | undefined): CedarClass {
  if (kind === "string") return "string";
  if (kind === "integer") return "number";
  if (kind !== "identifier") return "plain";
  if (after === "::" || before === "::" || before === "is") return "type";
  return KEYWORDS.has(text) && before !== "." ? "keyword" : "plain";
}

function triviaPieces(trivia: string): CedarPiece[] {
  return trivia
    .split(/(\/\/[^\n]*)/)
    .map((text): CedarPiece => ({ kind: text.startsWith("//") ? "comment" : "plain", text }));
}
