/** What somebody searches for: text in lower case, and hexadecimal digits when it can be read as some. */
export interface SearchText {
  readonly words: string;
  /** Digits of a serial or fingerprint without colons and spaces, or null. */
  readonly digits: string | null;
}

/** Reads a search; undefined when it asks for nothing. Letters are folded as SQLite folds them: ASCII alone. */
export function readSearch(query: string | undefined): SearchText | undefined {
  const words = (query ?? "").trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (words === "") return undefined;
  const digits = words.replace(/^0x/, "").replace(/[:\s]/g, "");
  return { words, digits: /^[0-9a-f]{1,64}$/.test(digits) ? digits : null };
}
