import { expect, it } from "vitest";
import { cedarPieces } from "./cedar-tokens";

const TEXT = `// Who
@id("a")
permit (principal is Site::User in Role::"ops", action, resource)
when { context.is.has == 12 && "x // y" like "x*" }; // end`;

it("cuts a text into pieces that together are the text", () => {
  for (const text of [TEXT, "", " ", "permit(", '"open', "é // x\n// y"]) {
    const pieces = cedarPieces(text);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
  }
});

it("tells what each piece is", () => {
  const words = cedarPieces(TEXT)
    .filter(({ kind }) => kind !== "plain")
    .map(({ kind, text }) => `${kind} ${text}`);
  expect(words).toEqual([
    "comment // Who",
    'string "a"',
    "keyword permit",
    "keyword principal",
    "keyword is",
    "type Site",
    "type User",
    "keyword in",
    "type Role",
    'string "ops"',
    "keyword action",
    "keyword resource",
    "keyword when",
    "keyword context",
    "number 12",
    'string "x // y"',
    "keyword like",
    'string "x*"',
    "comment // end",
  ]);
});
