import { describe, expect, it } from "vitest";
import { cedarCorpus, hasCorpus, NO_CORPUS } from "@/server/testing/cedar-corpus";
import { askEngine } from "@/server/testing/cedar-run";
import { parsePolicies } from "../syntax/parser";

describe("the conformance tests of Cedar", () => {
  it("get the decision, the reasons and the errors that they ask for, every one", async (test) => {
    if (!hasCorpus) return test.skip(NO_CORPUS);
    const tests = (await cedarCorpus()) ?? [];
    const wrong = tests.flatMap(({ name, requests, ...texts }) => {
      const answers = askEngine({ ...texts, requests });
      if ("refused" in answers) return [`${name}: ${answers.refused}`];
      return requests.flatMap(({ decision, reason, errors }, at) => {
        const [wanted, got] = [{ decision, reason, errors }, answers.results[at]].map((one) => JSON.stringify(one));
        return wanted === got ? [] : [`${name}, request ${at}: wanted ${wanted}, got ${got}`];
      });
    });
    expect(tests.flatMap(({ requests }) => requests).length).toBeGreaterThan(31_000);
    expect(wrong).toEqual([]);
  });

  it("have policies of which the tree keeps every byte, and every policy its place", async (test) => {
    if (!hasCorpus) return test.skip(NO_CORPUS);
    const tests = (await cedarCorpus()) ?? [];
    const wrong = tests.flatMap(({ name, policies: text }) => {
      const { tokens, policies, problems } = parsePolicies(text);
      const written = tokens.map((token) => token.trivia + token.text).join("");
      const between = policies.map(({ end }, at) => text.slice(end, policies[at + 1]?.start ?? text.length));
      const isWhole = written === text && problems.length === 0 && policies.length > 0;
      return isWhole && between.every((gap) => parsePolicies(gap).tokens.length === 1) ? [] : [name];
    });
    expect(tests.length).toBeGreaterThan(3_900);
    expect(wrong).toEqual([]);
  });
});
