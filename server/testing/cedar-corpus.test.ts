import { expect, it } from "vitest";
import { cedarCorpus, hasCorpus, NO_CORPUS } from "./cedar-corpus";
import { rawMembersOf, rawPartsOf } from "./raw-json";

it("cuts JSON where its own commas are, and leaves integers as they are written", () => {
  const text = String.raw`{"a":{"b,\"":[1,{"c":"]"}]}, "big" : 9223372036854775807 ,"e":[],"f":"\\"}`;
  expect([...rawMembersOf(text)]).toEqual([
    ["a", String.raw`{"b,\"":[1,{"c":"]"}]}`],
    ["big", "9223372036854775807"],
    ["e", "[]"],
    ["f", String.raw`"\\"`],
  ]);
  expect(rawPartsOf(' [ 1 , "a,b", [2,3] ] ')).toEqual(["1", '"a,b"', "[2,3]"]);
  expect(rawPartsOf("[ ]")).toEqual([]);
});

it("reads every test of the corpus, with integers that a JavaScript number cannot hold", async (test) => {
  if (!hasCorpus) return test.skip(NO_CORPUS);
  const tests = (await cedarCorpus()) ?? [];
  expect(tests).toHaveLength(3_957 + 22);
  const requests = tests.flatMap((one) => one.requests);
  expect(requests).toHaveLength(31_656 + 74);
  expect(requests.filter(({ json }) => json.includes("-8102099357864587377")).length).toBeGreaterThan(10);
  expect(requests.filter(({ errors }) => errors.length > 0)).toHaveLength(1_921);
  expect(new Set(tests.map(({ name }) => name)).size).toBe(tests.length);
}, 120_000);
