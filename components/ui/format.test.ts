import { describe, expect, it } from "vitest";
import {
  colonHex,
  dayKey,
  formatBytes,
  formatClock,
  formatCount,
  formatDay,
  formatDuration,
  formatFull,
  formatInstant,
  formatLongInstant,
  formatRelative,
  formatShortDuration,
  initials,
  listWords,
  plural,
  sentence,
  shortenMiddle,
  toMs,
} from "./format";

const s = 1_000;
const min = 60 * s;
const h = 60 * min;
const d = 24 * h;
const now = Date.UTC(2026, 2, 12, 14, 32, 5);
const end = Date.UTC(2026, 2, 12, 19, 44, 7);

describe("a length of time", () => {
  it.each([
    [-5 * s, "0 s"],
    [0, "0 s"],
    [999, "0 s"],
    [59 * s + 999, "59 s"],
    [min, "1 min"],
    [43 * min - 1, "42 min"],
    [h - 1, "59 min"],
    [h, "1 h"],
    [5 * h + 12 * min + 59 * s, "5 h 12 min"],
    [9 * h + 3 * min, "9 h 03 min"],
    [d - 1, "23 h 59 min"],
    [d, "1 d"],
    [d + 17 * h + 59 * min, "1 d 17 h"],
    [10 * d - 1, "9 d 23 h"],
    [10 * d + 23 * h, "10 d"],
    [32 * d - 1, "31 d"],
    [3_650 * d, "3,650 d"],
  ])("of %d ms rounds down to %s", (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });

  it.each([
    [12 * s + 900, "12 s"],
    [3 * min + 59 * s, "3 min"],
    [11 * h + 59 * min, "11 h"],
    [6 * d + 23 * h, "6 d"],
  ])("of %d ms is shortly %s", (ms, words) => {
    expect(formatShortDuration(ms)).toBe(words);
  });
});

describe("a moment", () => {
  it("is absolute in UTC, with the year only when it is not this one", () => {
    expect(formatInstant(end, now)).toBe("12 Mar 19:44");
    expect(formatInstant(Date.UTC(2027, 0, 1), now)).toBe("1 Jan 2027 00:00");
    expect(formatInstant(end, now, { year: "always", seconds: true })).toBe("12 Mar 2026 19:44:07");
    expect(formatDay(end, now)).toBe("12 Mar");
    expect(formatDay(Date.UTC(2027, 4, 14), now)).toBe("14 May 2027");
    expect(formatClock(end)).toBe("19:44");
    expect(formatClock(end, { seconds: true })).toBe("19:44:07");
    expect(formatLongInstant(now)).toBe("Thu 12 Mar 2026, 14:32 UTC");
    expect(formatFull(end)).toBe("12 Mar 2026 19:44:07 UTC");
    expect(dayKey(end)).toBe("2026-03-12");
  });

  it("is relative on both sides of now", () => {
    expect(formatRelative(end, now)).toBe("in 5 h 12 min");
    expect(formatRelative(now - 12 * min - 59 * s, now)).toBe("12 min ago");
    expect(formatRelative(now + 999, now)).toBe("now");
  });

  it("is read from a number, a Date and ISO 8601 alike, and nothing else", () => {
    expect(toMs(new Date(end))).toBe(end);
    expect(toMs("2026-03-12T19:44:07Z")).toBe(end);
    expect(() => toMs("soon")).toThrow(RangeError);
    expect(() => toMs(Number.NaN)).toThrow(RangeError);
  });
});

describe("words for values", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1_284, "1,284"],
    [1_000_000, "1,000,000"],
    [-1_284, "−1,284"],
    [1_234.5, "1,234.5"],
  ])("groups %d", (count, words) => {
    expect(formatCount(count)).toBe(words);
  });

  it("counts things", () => {
    expect(plural(1, "node")).toBe("1 node");
    expect(plural(0, "node")).toBe("0 nodes");
    expect(plural(1_284, "authority", "authorities")).toBe("1,284 authorities");
  });

  it.each([
    [512, "512 B"],
    [5_120, "5.1 kB"],
    [150_400, "150 kB"],
    [1_200_000, "1.2 MB"],
  ])("sizes %d bytes", (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });

  it("keeps both ends of what is long, and all of what is short", () => {
    expect(shortenMiddle("4f:1c:9a:e2:07:b3")).toBe("4f:1c…07:b3");
    expect(shortenMiddle("4f:1c:07:b3")).toBe("4f:1c:07:b3");
  });

  it("pairs hex, whatever separated it before", () => {
    expect(colonHex("4F1C9A")).toBe("4f:1c:9a");
    expect(colonHex("f1c")).toBe("0f:1c");
    expect(colonHex("4f:1c")).toBe("4f:1c");
    expect(colonHex("")).toBe("");
  });

  it.each([
    ["Priya Nair", "PN"],
    ["Noor de Vries", "NV"],
    ["admin@example.com", "AD"],
    ["ines.carvalho@swarm.local", "IC"],
    ["", "?"],
  ])("makes initials of %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });

  it("lists words", () => {
    expect(listWords([])).toBe("");
    expect(listWords(["a"])).toBe("a");
    expect(listWords(["a", "b"])).toBe("a and b");
    expect(listWords(["a", "b", "c"])).toBe("a, b and c");
  });

  it.each([
    ["", ""],
    ["lost laptop", "Lost laptop."],
    ["Why?", "Why?"],
    [
      "certificate 4be9069f09634ebd62528c01d6a556f6 was renewed at 2026-03-11T04:26:37.903Z",
      "Certificate 4b:e9…56:f6 was renewed at 11 Mar 04:26 UTC.",
    ],
  ])("makes a sentence of %j", (text, words) => {
    expect(sentence(text, Date.parse("2026-03-12T14:32:00Z"))).toBe(words);
  });
});
