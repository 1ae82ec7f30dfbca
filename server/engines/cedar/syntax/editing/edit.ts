import type { Range } from "../problem";

/** Other text in place of a stretch of it. */
export interface Edit {
  readonly range: Range;
  readonly text: string;
}

/**
 * A text with its edits made, all at once: their ranges are those of the text before.
 * @throws RangeError where two edits overlap, or one is outside of the text.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let [result, at] = ["", 0];
  for (const { range, text: replacement } of edits.toSorted((a, b) => a.range.start - b.range.start)) {
    if (range.start < at || range.end < range.start || range.end > text.length) {
      throw new RangeError(`the edit ${range.start}–${range.end} overlaps another or is outside of the text`);
    }
    result += text.slice(at, range.start) + replacement;
    at = range.end;
  }
  return result + text.slice(at);
}

/** The smallest edit that puts other text in place of a range: what both begin and end with stays. */
export function smallestEdit(text: string, { start, end }: Range, replacement: string): Edit {
  const old = text.slice(start, end);
  const most = Math.min(old.length, replacement.length);
  let before = 0;
  while (before < most && old[before] === replacement[before]) before += 1;
  let after = 0;
  while (after < most - before && old.at(-1 - after) === replacement.at(-1 - after)) after += 1;
  const range = { start: start + before, end: end - after };
  return { range, text: replacement.slice(before, replacement.length - after) };
}
