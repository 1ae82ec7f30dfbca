import { describe, expect, it } from "vitest";
import { diffRecords } from "./diff";

describe("the difference of two records", () => {
  it("keeps what stayed, and shows the old value before the new", () => {
    expect(
      diffRecords({ role: "operator", until: "13 Mar" }, { role: "operator", until: "15 Mar", reason: "on call" }),
    ).toEqual([
      { sign: " ", key: "role", value: "operator" },
      { sign: "-", key: "until", value: "13 Mar" },
      { sign: "+", key: "until", value: "15 Mar" },
      { sign: "+", key: "reason", value: "on call" },
    ]);
  });

  it("is all new when there was nothing, and all gone when nothing is left", () => {
    expect(diffRecords(null, { a: 1 })).toEqual([{ sign: "+", key: "a", value: "1" }]);
    expect(diffRecords({ a: 1 }, undefined)).toEqual([{ sign: "-", key: "a", value: "1" }]);
    expect(diffRecords(null, null)).toEqual([]);
  });

  it("tells a missing value from null, and a list from its words", () => {
    expect(diffRecords({ a: null }, {})).toEqual([{ sign: "-", key: "a", value: "null" }]);
    expect(diffRecords({ a: ["x"] }, { a: ["x"] })).toEqual([{ sign: " ", key: "a", value: '["x"]' }]);
    expect(diffRecords("old", "new")).toEqual([
      { sign: "-", key: "value", value: "old" },
      { sign: "+", key: "value", value: "new" },
    ]);
  });
});
