import type { DiffRow } from "@/components/ui/diff";

/** What changed between two texts, line by line; each row is called by its number, in the text that it stands in. */
export function diffLines(before: string, after: string): DiffRow[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, now.length) - head;
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;

  const kept = (at: number): DiffRow => ({ sign: " ", key: String(at + 1), value: now[at] ?? "" });
  return [
    ...Array.from({ length: head }, (_, at) => kept(at)),
    ...diffMiddle(old.slice(head, old.length - tail), now.slice(head, now.length - tail), head),
    ...Array.from({ length: tail }, (_, at) => kept(now.length - tail + at)),
  ];
}

/** By the longest common subsequence of lines: policies are short, and what is the same at both ends is gone. */
function diffMiddle(old: readonly string[], now: readonly string[], from: number): DiffRow[] {
  const common = commonLengths(old, now);
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  const rows: DiffRow[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      rows.push({ sign: " ", key: String(from + j + 1), value: now[j] ?? "" });
      [i, j] = [i + 1, j + 1];
    } else if (i < old.length && (j >= now.length || at(i + 1, j) >= at(i, j + 1))) {
      rows.push({ sign: "-", key: String(from + i + 1), value: old[i] ?? "" });
      i += 1;
    } else {
      rows.push({ sign: "+", key: String(from + j + 1), value: now[j] ?? "" });
      j += 1;
    }
  }
  return rows;
}

/** How many lines the rests of two texts have in common, by where the rests begin. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const common = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const [row, below] = [common[i] ?? [], common[i + 1] ?? []];
      row[j] = old[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return common;
}

/** The end of the last line is no line. */
function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}
