import { formatLongInstant } from "@/components/ui/format";

const [HOUR, DAY] = [3_600_000, 86_400_000];

/** Until when something is given, by its short name. */
export const PRESETS = ["8h", "friday", "30d", "date", "never"] as const;
export type Preset = (typeof PRESETS)[number];

/** What a preset is called. */
export const PRESET_WORDS: Readonly<Record<Preset, string>> = {
  "8h": "8 hours",
  friday: "Friday",
  "30d": "30 days",
  date: "A date",
  never: "No end",
};

/** When that is: the end of the working week is Friday, 18:00 UTC. Null for never; undefined where no date is given yet. */
export function endOf(preset: Preset, date: string, now: number): Date | null | undefined {
  switch (preset) {
    case "8h":
      return new Date(now + 8 * HOUR);
    case "friday":
      return nextFriday(now);
    case "30d":
      return new Date(now + 30 * DAY);
    case "date":
      return dateOf(date);
    case "never":
      return null;
  }
}

/** "Fri 13 Mar 2026, 18:00 UTC, then it ends by itself." */
export function endInWords(end: Date | null | undefined): string {
  if (end === undefined) return "Choose a day and a time, in UTC.";
  return end === null
    ? "It stays until somebody ends it. Most need less than that."
    : `${formatLongInstant(end)}, then it ends by itself.`;
}

/** The next Friday at 18:00 UTC. */
function nextFriday(now: number): Date {
  const friday = new Date(now);
  friday.setUTCHours(18, 0, 0, 0);
  const days = (5 - friday.getUTCDay() + 7) % 7;
  const found = friday.getTime() + days * DAY;
  return new Date(found > now ? found : found + 7 * DAY);
}

/** What a field for a day and a time says, read as UTC. */
function dateOf(text: string): Date | undefined {
  const date = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? new Date(`${text}:00Z`) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}
