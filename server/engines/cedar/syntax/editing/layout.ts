import { readTrivia, type Trivia } from "./comments";
import type { Token } from "../syntax";

/**
 * How tokens may be laid out: what may be one line and is broken where it does not fit, or where a comment ends a line.
 * After Philip Wadler, "A prettier printer".
 */
export type Layout = { readonly width: number; readonly starts: boolean; readonly breaks: boolean } & (
  | { readonly kind: "token"; readonly text: string; readonly trivia: Trivia }
  | { readonly kind: "space" }
  /** A space, or the end of a line in a group that is broken. */
  | { readonly kind: "line" }
  /** Nothing, or the end of a line in a group that is broken. */
  | { readonly kind: "soft" }
  /** The ends of one or two lines. */
  | { readonly kind: "hard"; readonly count: number }
  | { readonly kind: "group" | "indent" | "row"; readonly parts: readonly Layout[] }
);

const MAX_WIDTH = 80;
const INDENT = 2;

export const SPACE: Layout = { kind: "space", width: 1, starts: false, breaks: false };
export const LINE: Layout = { kind: "line", width: 1, starts: false, breaks: false };
export const SOFT: Layout = { kind: "soft", width: 0, starts: false, breaks: false };

/** Ends lines, whether what is around it fits or not. */
export const hard = (count: 1 | 2): Layout => ({ kind: "hard", count, width: 0, starts: false, breaks: true });

export function leaf({ text, trivia }: Token): Layout {
  const read = readTrivia(trivia);
  return { kind: "token", text, trivia: read, width: text.length, starts: read.comments.length > 0, breaks: false };
}

/** One after the other. */
export const row = (...parts: readonly Layout[]): Layout => composed("row", parts);
/** One line if that fits, else broken at every `LINE` and `SOFT` of its own. */
export const group = (...parts: readonly Layout[]): Layout => composed("group", parts);
/** Its lines, but for the first, further in. */
export const indent = (...parts: readonly Layout[]): Layout => composed("indent", parts);

function composed(kind: "group" | "indent" | "row", parts: readonly Layout[]): Layout {
  const width = parts.reduce((sum, part) => sum + part.width, 0);
  const breaks = parts.some((part, at) => part.breaks || (at > 0 && part.starts));
  return { kind, parts, width, starts: parts[0]?.starts ?? false, breaks };
}

/** The text of a layout. It ends with the end of a line, unless it is empty. */
export function print(layout: Layout): string {
  const printer = new Printer();
  printer.print(layout, "flat", 0);
  return printer.text === "" ? "" : `${printer.text}\n`;
}

class Printer {
  text = "";
  #column = 0;
  /** White space that comes before the next word: spaces, or ends of lines and how far in the next one starts. */
  #pending = { spaces: 0, lines: 0, indentation: 0 };

  print(layout: Layout, mode: "flat" | "broken", indentation: number): void {
    switch (layout.kind) {
      case "token":
        return this.#token(layout.text, layout.trivia, indentation);
      case "space":
        return this.#wait(1, 0, indentation);
      case "line":
      case "soft":
        return mode === "broken" ? this.#wait(0, 1, indentation) : this.#wait(layout.width, 0, indentation);
      case "hard":
        return this.#wait(0, layout.count, indentation);
      case "row":
        return this.#all(layout.parts, mode, indentation);
      case "indent":
        return this.#all(layout.parts, mode, indentation + INDENT);
      case "group":
        return this.#all(layout.parts, this.#fits(layout) ? "flat" : "broken", indentation);
    }
  }

  #all(parts: readonly Layout[], mode: "flat" | "broken", indentation: number): void {
    for (const part of parts) this.print(part, mode, indentation);
  }

  /** With room for what closes it: `};`. */
  #fits({ breaks, width }: Layout): boolean {
    const { spaces, lines, indentation } = this.#pending;
    const column = lines > 0 ? indentation : this.#column + spaces;
    return !breaks && column + width + 2 <= MAX_WIDTH;
  }

  #wait(spaces: number, lines: number, indentation: number): void {
    const pending = this.#pending;
    if (lines > 0) this.#pending = { spaces: 0, lines: Math.max(lines, pending.lines), indentation };
    else if (pending.lines === 0) this.#pending = { ...pending, spaces: pending.spaces + spaces };
  }

  #token(text: string, { comments, hasBlankAfter }: Trivia, indentation: number): void {
    for (const comment of comments) {
      if (comment.isTrailing && this.text !== "") {
        const { lines } = this.#pending;
        this.text += ` ${comment.text}`;
        if (lines === 0) this.#pending = { spaces: 0, lines: 1, indentation };
      } else {
        if (this.#pending.lines === 0) this.#pending = { spaces: 0, lines: 1, indentation };
        if (comment.hasBlankBefore) this.#wait(0, 2, indentation);
        this.#write(comment.text);
        this.#pending = { spaces: 0, lines: 1, indentation };
      }
    }
    if (hasBlankAfter && text !== "") this.#wait(0, 2, indentation);
    if (text !== "") this.#write(text);
  }

  #write(text: string): void {
    const { spaces, lines, indentation } = this.#pending;
    const isFirst = this.text === "";
    const margin = isFirst ? 0 : lines > 0 ? indentation : spaces;
    this.text += `${isFirst ? "" : "\n".repeat(lines)}${" ".repeat(margin)}${text}`;
    this.#column = (isFirst || lines > 0 ? 0 : this.#column) + margin + text.length;
    this.#pending = { spaces: 0, lines: 0, indentation: 0 };
  }
}
