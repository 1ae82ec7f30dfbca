import { formatClock, formatDay } from "@/components/ui/format";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STEPS = [
  ...[HOUR / 4, HOUR / 2, HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR],
  ...[DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 60 * DAY, 90 * DAY, 180 * DAY, 365 * DAY],
];
const MOST_MARKS = 7;

/** A stretch of time across the width of a chart. */
export interface LifeScale {
  readonly from: number;
  readonly to: number;
  /** Where a moment lies, in percent of the width, never outside. */
  percent(at: number): number;
  readonly marks: readonly { readonly at: number; readonly text: string }[];
}

/** The scale that shows some lives and the present, with a little room at both ends and seven marks at the most. */
export function lifeScale(lives: readonly { readonly start: number; readonly end: number }[], now: number): LifeScale {
  const first = Math.min(now, ...lives.map(({ start }) => start));
  const last = Math.max(now, ...lives.map(({ end }) => end));
  const room = Math.max(HOUR / 12, (last - first) * 0.03);
  const [from, to] = [first - room, last + room];
  const step = STEPS.find((candidate) => (to - from) / candidate <= MOST_MARKS) ?? 365 * DAY;
  const marks = [];
  for (let at = Math.ceil(from / step) * step; at < to; at += step) {
    marks.push({ at, text: step < DAY && at % DAY !== 0 ? formatClock(at) : formatDay(at, now) });
  }
  return {
    from,
    to,
    marks,
    percent: (at) => Math.round(Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100)) * 100) / 100,
  };
}
