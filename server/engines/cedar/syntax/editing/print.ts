import type { Tree } from "../syntax";

/** The text of a tree, byte for byte as it was read: from its tokens, with whatever stands between them. */
export function textOf(tree: Tree): string {
  return tree.tokens.map(({ trivia, text }) => trivia + text).join("");
}
