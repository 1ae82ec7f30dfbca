import { describe, expect, it } from "vitest";
import type { DecisionPage, DecisionRow } from "@/server/policies/decision-contract";
import { latencyWords, nowLine, valueWords } from "./decision-words";

/** A page of so many denials and permissions. */
function page(denied: number, allowed: number, more: Partial<DecisionPage> = {}): DecisionPage {
  const rows = Array.from(
    { length: denied + allowed },
    (_, at) => ({ seq: at + 1, decision: at < denied ? "deny" : "allow" }) as DecisionRow,
  );
  return { rows, next: null, newest: rows.length, ...more };
}

describe("the sentence above the decisions", () => {
  it.each([
    [{ filter: {} }, page(1, 2), "The gateway was asked 3 times; 1 was denied."],
    [{ filter: {} }, page(0, 1), "The gateway was asked 1 time; none was denied."],
    [
      { filter: {} },
      page(12, 88, { next: 18_303, newest: 18_402 }),
      "The gateway was asked 18,402 times; of the newest 100, 12 were denied.",
    ],
    [
      { filter: {}, before: 400 },
      page(2, 98, { next: 300, newest: 18_402 }),
      "The gateway was asked 18,402 times; of the 100 on this page, 2 were denied.",
    ],
    [{ filter: { subject: "gpu-7" } }, page(2, 3), "5 decisions fit; 2 were denied."],
    [{ filter: { subject: "gpu-7" } }, page(2, 98, { next: 7 }), "100 decisions on this page; 2 were denied."],
    [{ filter: { decision: "deny" as const } }, page(1, 0), "1 denied decision fits."],
    [{ filter: { epoch: 0 } }, page(0, 0), "No decision fits."],
    [
      { filter: { policy: "eu-only" } },
      page(0, 0, { next: 40_000, newest: 60_000 }),
      "None of the decisions that were looked through fits.",
    ],
  ])("of %j says no more than is known", (address, shown, words) => {
    expect(nowLine(address, shown)).toBe(words);
  });
});

it.each([
  [84, "84 µs"],
  [1_240, "1.2 ms"],
  [2_400_000, "2.4 s"],
])("%i µs are %s", (micros, words) => {
  expect(latencyWords(micros)).toBe(words);
});

it.each([
  ["training", "training"],
  [true, "yes"],
  [8_000, "8,000"],
  [["certificate", "totp"], "certificate, totp"],
  [[], "none"],
  [{ __entity: { type: "Provider", id: "nordwind" } }, "Provider nordwind"],
  [{ __extn: { fn: "ip", arg: "10.0.0.4" } }, "10.0.0.4"],
  [{ __extn: { fn: "offset", args: ["2026-01-01", "1h"] } }, "2026-01-01, 1h"],
  [{ kind: "training", gpus: 8 }, "kind: training; gpus: 8"],
  [{}, "empty"],
])("the value %j is read as %s", (value, words) => {
  expect(valueWords(value)).toBe(words);
});
