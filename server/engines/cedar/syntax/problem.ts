/** A stretch of text: UTF-16 offsets, `start` to before `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Something wrong with a text, and where. */
export interface Problem {
  /** `warning`: the text means something, though hardly what was meant. */
  readonly severity: "error" | "warning";
  /** Stable, such as `syntax.unexpected` or `type.unknown_attribute`. */
  readonly code: string;
  /** For people: lower case, no full stop. */
  readonly message: string;
  readonly range: Range;
  /** What would have been accepted there, as people would write it; empty where there is too much to name. */
  readonly expected: readonly string[];
  /** What to write instead, when there is one likely thing. */
  readonly suggestion: string | null;
}

/** A problem with what is written at a range: an error, unless more is said of it. */
export function problemAt(
  range: Range,
  code: string,
  message: string,
  more: Partial<Pick<Problem, "severity" | "expected" | "suggestion">> = {},
): Problem {
  const { start, end } = range;
  return { severity: "error", code, message, range: { start, end }, expected: [], suggestion: null, ...more };
}

/** A place as people and editors count it: both from 1, columns in UTF-16 units. */
export interface Location {
  readonly line: number;
  readonly column: number;
}

/** Where an offset is in a text. Lines end with LF, CR LF or CR. */
export function locationOf(text: string, offset: number): Location {
  let [line, start] = [1, 0];
  for (let at = 0; at < Math.min(offset, text.length); at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 10 || (unit === 13 && text.charCodeAt(at + 1) !== 10)) [line, start] = [line + 1, at + 1];
  }
  return { line, column: Math.min(offset, text.length) - start + 1 };
}

/** `line:column message` of a problem, as compilers print it. */
export function describe(text: string, problem: Problem): string {
  const { line, column } = locationOf(text, problem.range.start);
  return `${line}:${column} ${problem.message}${problem.suggestion === null ? "" : `; did you mean ${problem.suggestion}?`}`;
}

/** The candidate that a word was likely meant to be, by edit distance; null when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate, least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein distance, or `limit` where it is not smaller. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(limit, row[b.length] ?? limit);
}
