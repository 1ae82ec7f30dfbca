import { describe, expect, it } from "vitest";
import { fields, printable, table, utc } from "./text";

describe("text for people", () => {
  it("aligns columns by what is shown", () => {
    const rows = [
      { name: "gpu-7", state: "active" },
      { name: "übung", state: null },
    ];
    expect(
      table(
        rows,
        [
          { title: "NAME", of: (row) => row.name },
          { title: "STATE", of: (row) => row.state },
        ],
        "nothing",
      ),
    ).toBe("NAME   STATE\ngpu-7  active\nübung");
    expect(table([], [], "nothing")).toBe("nothing");
  });

  it("puts labels and values under each other, and leaves out what is not there", () => {
    expect(
      fields([
        ["Name", "gpu-7"],
        ["Renewed by", null],
        ["Names", "a\nb"],
      ]),
    ).toBe("Name   gpu-7\nNames  a\n       b");
  });

  it("writes times in UTC, to the minute", () => {
    expect(utc(new Date("2026-03-12T14:32:59Z"))).toBe("2026-03-12 14:32 UTC");
    expect(utc(Date.parse("2026-03-12T14:32:59Z"))).toBe("2026-03-12 14:32 UTC");
    expect(utc(null)).toBe("");
  });

  it.each([
    ["\u001b[31mred\u001b[0m", "\ufffd[31mred\ufffd[0m"],
    ["a\u202eb", "a\ufffdb"],
    ["a\rb", "a\ufffdb"],
    ["line\n\ttab", "line\n\ttab"],
  ])("takes out what could take over a terminal: %j", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});
