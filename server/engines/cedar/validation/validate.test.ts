import { describe, expect, it } from "vitest";
import { eachIsRight, problemsOf, rangesIn, reading } from "@/server/testing/cedar-validation";

describe("the scope", () => {
  eachIsRight(
    [
      ['permit (principal == User::"a", action == Action::"Read", resource == File::"b");'],
      ['permit (principal in Team::"a", action in [Action::"Access"], resource in Folder::"b");'],
      ['permit (principal is User in Team::"a", action in Action::"Access", resource is Folder);'],
      ["permit (principal == ?principal, action, resource in ?resource);"],
      ["permit (principal is Team in ?principal, action, resource);"],
      ["forbid (principal is Shop::Clerk, action, resource) when { principal.till == 1 };"],
      ['permit (principal == «Usr::"a"», action, resource);', "unknown_entity_type"],
      ["permit (principal is «Clerk», action, resource);", "unknown_entity_type"],
      ['permit (principal, action, resource is File in «Foldr::"a"»);', "unknown_entity_type"],
      ['permit (principal, action == «Action::"Reed"», resource);', "unknown_action"],
      ['permit (principal, action in [Action::"Read", «Action::"Rite"»], resource);', "unknown_action"],
      ['permit (principal, action == «Shop::Action::"Buy"», resource);', "unknown_action"],
      ['permit («principal == File::"a", action, resource»);', "never_applies"],
      ['permit («principal, action == Action::"Sweep", resource»);', "never_applies"],
      ['permit («principal is Team, action == Action::"Read", resource»);', "never_applies"],
      ['permit («principal in Folder::"a", action, resource»);', "never_applies"],
      ["permit (principal, «action in []», resource);", "empty_set"],
    ],
    (policy) => policy,
  );
});

describe("names in conditions", () => {
  eachIsRight(
    [
      ['principal != User::"a" && principal in Team::"b" && action != Action::"Write"'],
      ['!(principal == Color::"red")'],
      ['principal != «Color::"blue"»', "unknown_entity"],
      ['principal != «Teem::"a"»', "unknown_entity_type"],
      ["!(principal is «Usr»)", "unknown_entity_type"],
      ['action != «Action::"Erase"»', "unknown_action"],
      ['true || [«Usr::"a"»].contains(principal)', "unknown_entity_type"],
    ],
    reading,
  );
});

describe("conditions that no request satisfies", () => {
  const policyOf = (conditions: string) => `permit (principal, action == Action::"Read", resource) ${conditions};`;
  eachIsRight(
    [
      ["«when { false }»", "never_satisfied"],
      ["«unless { true }»", "never_satisfied"],
      ["«when { principal == resource }»", "never_satisfied"],
      ["«when { principal has nicknames && principal.nicknames == 1 }»", "never_satisfied"],
      ['«when { resource.hasTag("a") && resource.getTag("a") == "x" }»', "never_satisfied"],
      ["«when { principal is Team && principal.nothing }»", "never_satisfied"],
      ['«when { action == Action::"Write" && context.nothing }»', "never_satisfied"],
      ['«when { principal in Folder::"a" } unless { context.nothing }»', "never_satisfied"],
      ['when { principal has nickname } when { principal.nickname like "A*" }'],
      ['unless { principal has nickname } when { principal.«nickname» like "A*" }', "unguarded_attribute"],
    ],
    policyOf,
  );

  it("are told of as a warning, like a scope that none satisfies", () => {
    expect(problemsOf(policyOf("when { false }"))).toMatchObject([{ severity: "warning" }]);
    expect(problemsOf('permit (principal == File::"a", action, resource);')).toMatchObject([{ severity: "warning" }]);
  });
});

describe("messages", () => {
  it("name the environment in which a problem is, unless it is in all that the scope allows", () => {
    const messagesOf = (text: string) => problemsOf(text).map(({ message }) => message);
    expect(messagesOf("permit (principal is Shop::Clerk, action, resource) when { principal.name == 1 };")).toEqual([
      "`Shop::Clerk` has no attribute `name`",
    ]);
    expect(
      messagesOf('permit (principal, action == Action::"Write", resource) when { principal.level == 1 };'),
    ).toEqual(["`Team` has no attribute `level`, when Team does Write on File and in 1 other case"]);
    expect(messagesOf("permit (principal, action, resource) when { principal.level == 1 };")).toEqual([
      "`Team` has no attribute `level`, when Team does Write on File and in 1 other case",
      "`Shop::Clerk` has no attribute `level`, when Shop::Clerk does Sell on Shop::Item",
    ]);
  });

  it("leave an environment out in which the scope or an earlier condition never holds", () => {
    expect(problemsOf("permit (principal is User, action, resource) when { principal.level == 1 };")).toEqual([]);
    expect(
      problemsOf("permit (principal, action, resource) when { principal is User && principal.level == 1 };"),
    ).toEqual([]);
    expect(
      problemsOf(
        'permit (principal, action in Action::"Access", resource) when { principal has level && principal.level == 1 };',
      ),
    ).toEqual([]);
  });

  it.each([
    ["principal.nme == 1", "name"],
    ['principal["fullname"] == 1', '"full name"'],
    ["principal has nicknam && true || principal.nicknme == 1", "nickname"],
    ['principal in Teams::"a"', 'Team::"a"'],
    ["principal is Clerk", "Shop::Clerk"],
    ['action == Action::"read"', 'Action::"Read"'],
    ['action == Action::"Sell"', 'Shop::Action::"Sell"'],
    ['principal == Color::"rad"', 'Color::"red"'],
    ["principal.zzz == 1", null],
  ])("suggest what %s was meant to say", (condition, suggestion) => {
    const errors = problemsOf(reading(condition)).filter(({ severity }) => severity === "error");
    expect(errors.map((problem) => problem.suggestion)).toEqual([suggestion]);
  });
});

it("speaks of every policy of a text, each where it stands", () => {
  const text = `${reading("principal.«a» == 1")}\n${reading("true")}\n${reading("context.«b» == 1")}`;
  expect(problemsOf(text).map(({ range }) => range)).toEqual(rangesIn(text));
});
