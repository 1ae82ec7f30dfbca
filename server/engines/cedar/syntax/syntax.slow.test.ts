import { describe, expect, it } from "vitest";
import { cedarCorpus, hasCorpus, NO_CORPUS } from "@/server/testing/cedar-corpus";
import { Dice } from "@/server/testing/cedar-dice";
import { PolicyDocument } from "./editing/document";
import { formatPolicies } from "./editing/format";
import { tokenize } from "./lexer";
import { parseExpression, parsePolicies } from "./parser";
import { textOf } from "./editing/print";

/** All policy texts of the corpus, each once. */
const corpusTexts = async () => [...new Set((await cedarCorpus())?.map(({ policies }) => policies))];

/** The words of a text and its comments: all that a layout must keep. */
const wordsOf = (text: string) =>
  tokenize(text).flatMap(({ text: word, trivia }) => [
    ...[...trivia.matchAll(/\/\/[^\n\r]*/g)].map(([comment]) => comment.trimEnd()),
    word,
  ]);

describe.skipIf(!hasCorpus)(`texts of the corpus${hasCorpus ? "" : `: skipped, ${NO_CORPUS}`}`, () => {
  it("are read without a problem, and come back byte for byte", async () => {
    const texts = await corpusTexts();
    expect(texts.length).toBeGreaterThan(1500);
    for (const text of texts) {
      const tree = parsePolicies(text);
      expect(tree.problems).toEqual([]);
      expect(textOf(tree)).toBe(text);
    }
  });

  it("are formatted once and for all, with every word and comment kept", async () => {
    const dice = new Dice(1);
    for (const text of await corpusTexts()) {
      const commented = tokenize(text).map(
        ({ trivia, text: word }) => `${dice.chance(0.05) ? dice.pick(GAPS) : trivia}${word}`,
      );
      for (const source of [text, commented.join("")]) {
        const formatted = formatPolicies(source);
        expect(formatPolicies(formatted)).toBe(formatted);
        expect(wordsOf(formatted)).toEqual(wordsOf(source));
        expect(parsePolicies(formatted).problems).toEqual([]);
      }
    }
  });
});

describe("hostile texts", () => {
  it("are answered, each byte kept, 200,000 times", async () => {
    const dice = new Dice(2);
    const texts = hasCorpus ? (await corpusTexts()).filter(({ length }) => length < 400) : SEEDS;
    let refused = 0;
    for (let count = 0; count < 200_000; count += 1) {
      const text = count % 4 === 0 ? noise(dice) : mutated(dice, dice.pick(texts));
      const tree = parsePolicies(text);
      if (textOf(tree) !== text) expect(textOf(tree)).toBe(text);
      const isSound = tree.problems.every(
        ({ range: { start, end } }) => 0 <= start && start <= end && end <= text.length,
      );
      if (!isSound) expect(tree.problems, text).toEqual([]);
      if (tree.problems.length > 0) refused += 1;
      if (count % 20 === 0) expect(new PolicyDocument(text).tree).toEqual(tree);
    }
    expect(refused).toBeGreaterThan(100_000);
  });

  const MANY = 200_000;
  it.each([
    ..."( [ { ! - if @a @a( a. a( a[ a:: a, a: a|| a&& a< a+ a* \" \\ ' // ; permit permit( when{ else has in is ?a ?principal 1 é".split(
      " ",
    ),
    "if a then b else ",
    "if if if if a then ",
    "/*",
    "(((((]]]]]",
    '"\\\n',
    '"\\u{',
    "permit(principal,action,resource)when{",
    "permit(principal in [(",
    "a.b(c[",
    "{a:[",
    "(a+",
    "(1*1*1*1*1*1*1*1*1+(",
    " or not ",
    "===",
    "}){(",
  ])("made of %j over and over are refused, not followed", (word) => {
    const piece = /^\w+$/.test(word) ? `${word} ` : word;
    for (const text of [
      piece.repeat(MANY / piece.length),
      `permit(principal,action,resource)when{${piece.repeat(20_000 / piece.length)}};`,
    ]) {
      expect(textOf(parsePolicies(text))).toBe(text);
      expect(parseExpression(text).problems).not.toEqual([]);
      expect(formatPolicies(text)).toBeTypeOf("string");
    }
  });
});

const SEEDS = [
  '@a("b") permit (principal is A in ?principal, action in [Action::"x"], resource) when { [1].contains(-1 + 2) };',
];
const GAPS = [" // c\n", "\n// d\n", "\n\n// e // f\n\n", "\r\n\r\n", " ", "// g\r"];
const PIECES = [
  ...'( ) [ ] { } ; , . :: : == = != < in is has like if then else true principal context A::"b" "*" 1 - ! + * && || @a permit forbid when unless'.split(
    " ",
  ),
  ..."ip( .isIpv4() .contains( ?principal ?x __cedar 9223372036854775808 \\ \" // ' é \u{1f600} & | % / \\u{ \\x not and or".split(
    " ",
  ),
  "\n",
  "\r",
  "\0",
  "\ud800",
  "((((((((((",
  "!!!!!!",
  ".a.a.a.a.a",
];

/** Not all bytes: bytes of a kind that texts have. */
function noise(dice: Dice): string {
  if (dice.chance(0.5)) return dice.several(0, 30, () => dice.pick(PIECES)).join(dice.chance(0.5) ? " " : "");
  return String.fromCharCode(...dice.several(0, 60, () => dice.below(dice.chance(0.9) ? 128 : 0x10000)));
}

function mutated(dice: Dice, text: string): string {
  let result = text;
  for (const piece of dice.several(1, 3, () => dice.pick(PIECES))) {
    const at = dice.below(result.length + 1);
    result = result.slice(0, at) + piece + result.slice(at + (dice.chance(0.5) ? dice.below(8) : 0));
  }
  return result;
}
