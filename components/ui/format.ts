/** A moment, however it arrives: epoch milliseconds, ISO 8601 or a Date. */
export type Instant = number | string | Date;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The moment as epoch milliseconds. @throws RangeError when it is not a moment. */
export function toMs(at: Instant): number {
  const ms = typeof at === "number" ? at : at instanceof Date ? at.getTime() : Date.parse(at);
  if (!Number.isFinite(ms)) throw new RangeError(`not a moment: ${String(at)}`);
  return ms;
}

const two = (n: number): string => String(n).padStart(2, "0");

function parts(at: Instant) {
  const date = new Date(toMs(at));
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return {
    day: `${date.getUTCDate()} ${months[date.getUTCMonth()]}`,
    year: date.getUTCFullYear(),
    weekday: weekdays[date.getUTCDay()] ?? "",
    clock,
    clockWithSeconds: `${clock}:${two(date.getUTCSeconds())}`,
  };
}

type Options = { year?: "auto" | "always"; seconds?: boolean };

/** "12 Mar 19:44" in UTC; with the year when it is not this one, or always in evidence. */
export function formatInstant(at: Instant, now: Instant, options: Options = {}): string {
  const { day: date, year, clock, clockWithSeconds } = parts(at);
  const withYear = options.year === "always" || year !== parts(now).year;
  return `${date}${withYear ? ` ${year}` : ""} ${options.seconds ? clockWithSeconds : clock}`;
}

/** "14 May", or "14 May 2027" when the year is not this one. */
export function formatDay(at: Instant, now: Instant, options: Pick<Options, "year"> = {}): string {
  const { day: date, year } = parts(at);
  return options.year === "always" || year !== parts(now).year ? `${date} ${year}` : date;
}

/** "19:44", or "19:44:07", in UTC. */
export function formatClock(at: Instant, options: Pick<Options, "seconds"> = {}): string {
  const { clock, clockWithSeconds } = parts(at);
  return options.seconds ? clockWithSeconds : clock;
}

/** "Thu 12 Mar 2026, 14:32 UTC". */
export function formatLongInstant(at: Instant): string {
  const { weekday, day: date, year, clock } = parts(at);
  return `${weekday} ${date} ${year}, ${clock} UTC`;
}

/** "12 Mar 2026 19:44:07 UTC": the whole moment, for evidence and tooltips. */
export function formatFull(at: Instant): string {
  const { day: date, year, clockWithSeconds } = parts(at);
  return `${date} ${year} ${clockWithSeconds} UTC`;
}

/** "2026-03-12": the day in UTC, as a key. */
export function dayKey(at: Instant): string {
  return new Date(toMs(at)).toISOString().slice(0, 10);
}

/**
 * A length of time, rounded down: "41 s", "42 min", "5 h 12 min", "1 d 17 h", "31 d".
 * From ten days on the hours no longer change a decision and are left out.
 */
export function formatDuration(ms: number): string {
  const left = Math.max(0, ms);
  if (left < minute) return `${Math.floor(left / second)} s`;
  if (left < hour) return `${Math.floor(left / minute)} min`;
  if (left < day) {
    const minutes = Math.floor((left % hour) / minute);
    return `${Math.floor(left / hour)} h${minutes > 0 ? ` ${two(minutes)} min` : ""}`;
  }
  const days = Math.floor(left / day);
  const hours = Math.floor((left % day) / hour);
  return `${formatCount(days)} d${days < 10 && hours > 0 ? ` ${hours} h` : ""}`;
}

/** The largest unit alone, rounded down: "12 s", "3 min", "11 h", "6 d". */
export function formatShortDuration(ms: number): string {
  const left = Math.max(0, ms);
  if (left < minute) return `${Math.floor(left / second)} s`;
  if (left < hour) return `${Math.floor(left / minute)} min`;
  if (left < day) return `${Math.floor(left / hour)} h`;
  return `${formatCount(Math.floor(left / day))} d`;
}

/** "in 5 h 12 min", "12 min ago", "now". */
export function formatRelative(at: Instant, now: Instant): string {
  const distance = toMs(at) - toMs(now);
  if (Math.abs(distance) < second) return "now";
  return distance > 0 ? `in ${formatDuration(distance)}` : `${formatDuration(-distance)} ago`;
}

/** Thousands with commas: "1,284". */
export function formatCount(count: number): string {
  const [whole = "", fraction] = String(Math.abs(count)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${count < 0 ? "−" : ""}${grouped}${fraction ? `.${fraction}` : ""}`;
}

/** "1 node", "1,284 nodes", "no nodes" is left to the sentence. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "512 B", "5.1 kB", "1.2 MB", in powers of ten. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const rounded = unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${formatCount(rounded)} ${units[unit]}`;
}

/** Both ends of a long value: "4f:1c…07:b3". Short values stay whole. */
export function shortenMiddle(text: string, head = 5, tail = 5): string {
  return text.length <= head + tail + 1 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`;
}

/** Hex in pairs: "4f1c9a" becomes "4f:1c:9a". */
export function colonHex(hex: string): string {
  const bare = hex.replace(/[^0-9a-f]/gi, "").toLowerCase();
  const even = bare.length % 2 === 0 ? bare : `0${bare}`;
  return even.match(/../g)?.join(":") ?? "";
}

/** Two letters for a person: "Priya Nair" becomes "PN", an address its first two letters. */
export function initials(name: string): string {
  const words = name
    .replace(/@.*$/, "")
    .split(/[\s._-]+/)
    .filter(Boolean);
  const first = words[0] ?? "?";
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return (last ? first.charAt(0) + last.charAt(0) : first.slice(0, 2)).toUpperCase();
}

/** "a", "a and b", "a, b and c". */
export function listWords(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}

/** A text of the log as a sentence for people: moments and serials in it as everywhere else, a capital, a full stop. */
export function sentence(text: string, now: Instant): string {
  const words = text
    .trim()
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (at) => `${formatInstant(at, now)} UTC`)
    .replace(/\b[0-9a-f]{32}\b/g, (serial) => shortenMiddle(colonHex(serial)));
  if (words === "") return "";
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;
}
