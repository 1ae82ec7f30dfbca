import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Line, linesOf } from "./lines";

async function* chunksOf(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function linesIn(maxBytes: number, ...chunks: readonly (string | Uint8Array)[]): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(chunksOf(...chunks), maxBytes)) lines.push(line);
  return lines;
}

describe("lines of an input", () => {
  it.each<[string, (string | Uint8Array)[], Line[]]>([
    ["nothing", [], []],
    ["a line that nothing ends", ["a"], [{ number: 1, text: "a" }]],
    [
      "a line in pieces",
      ["a", "", "b\nc", "\n"],
      [
        { number: 1, text: "ab" },
        { number: 2, text: "c" },
      ],
    ],
    ["blank lines, which count and are left out", ["\n \r\na\n\n"], [{ number: 3, text: "a" }]],
    ["a character in two pieces", [Buffer.from([0xc3]), Buffer.from([0xa9, 10])], [{ number: 1, text: "é" }]],
    [
      "bytes that are no text",
      [Buffer.from([0xff, 10, 97])],
      [
        { number: 1, refused: "the line is not UTF-8" },
        { number: 2, text: "a" },
      ],
    ],
    ["a line as long as one may be", ["12345678\n"], [{ number: 1, text: "12345678" }]],
    [
      "a line that is too long",
      ["a\n12345", "6789", "0\nb"],
      [
        { number: 1, text: "a" },
        { number: 2, refused: "the line is longer than 8 bytes" },
        { number: 3, text: "b" },
      ],
    ],
    ["a last line that is too long", ["123456789"], [{ number: 1, refused: "the line is longer than 8 bytes" }]],
  ])("are read from %s", async (_, chunks, lines) => {
    expect(await linesIn(8, ...chunks)).toEqual(lines);
  });

  it("do not depend on where the input is cut", async () => {
    const cut = fc.tuple(fc.string({ unit: fc.constantFrom("é", "\n", "a", "😀") }), fc.integer({ min: 1, max: 5 }));
    await fc.assert(
      fc.asyncProperty(cut, async ([text, size]) => {
        const bytes = Buffer.from(text);
        const count = Math.ceil(bytes.length / size);
        const chunks = Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
        const wanted = text.split("\n").map((line, at) => ({ number: at + 1, text: line }));
        expect(await linesIn(1_000, ...chunks)).toEqual(wanted.filter((line) => line.text !== ""));
      }),
    );
  });

  it("are handed over one at a time: no more is read while somebody works on one", async () => {
    let read = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for (; read < 3; read += 1) yield Buffer.from(`${read}\n`);
    }
    const seen: number[] = [];
    for await (const _ of linesOf(counted(), 8)) seen.push(read);
    expect(seen).toEqual([0, 1, 2]);
  });
});
