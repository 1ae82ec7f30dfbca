import { describe, expect, it } from "vitest";
import { parsePolicies } from "./parser";
import { parseSchemaText } from "./schema-text";
import { validatePolicies } from "./validate";

const { schema } = parseSchemaText(`
  entity Guild;
  entity Team in [Team, Guild];
  entity User in Team {
    name: String, level: Long, isActive: Bool, nickname?: String, manager?: User, friends: Set<User>, "full name": String,
    home: { city: String, zip?: Long, street?: { no: Long } },
    address: ipaddr, score: decimal, born: datetime, leave: duration
  } tags String;
  entity Folder in Folder;
  entity File in Folder { owner: User, labels: Set<String> };
  entity Color enum ["red", "green"];
  action Access;
  action Read in Access appliesTo { principal: User, resource: File, context: { ip: ipaddr, hasMfa?: Bool } };
  action Write in Access appliesTo { principal: [User, Team], resource: [File, Folder] };
  action Sweep;
  action Move in [Shop::Action::"Trade"];
  namespace Shop {
    entity Clerk { till: Long };
    entity Item;
    action Trade;
    action Sell appliesTo { principal: Clerk, resource: Item };
  }
`);

/** The policy with its problems, each as `code at what it is about`; the text between « and » is where one should be. */
function problemsOf(marked: string) {
  const text = marked.replace(/[«»]/g, "");
  const tree = parsePolicies(text);
  expect(tree.problems).toEqual([]);
  if (!schema) throw new Error("the schema of this test cannot be read");
  return validatePolicies(tree, schema);
}

function rangesIn(marked: string): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  const open: number[] = [];
  for (const [count, mark] of [...marked.matchAll(/[«»]/g)].entries()) {
    if (mark[0] === "«") open.push(mark.index - count);
    else ranges.push({ start: open.pop() ?? 0, end: mark.index - count });
  }
  return ranges.sort((one, other) => one.start - other.start);
}

const reading = (condition: string) => `permit (principal, action == Action::"Read", resource) when { ${condition} };`;

type Row = readonly [condition: string, ...codes: string[]];

function eachIsRight(rows: readonly Row[], policyOf: (text: string) => string) {
  it.each(rows)("%s %s", (text, ...codes) => {
    const policy = policyOf(text);
    const ranges = rangesIn(policy);
    expect(problemsOf(policy).map(({ code, range }) => ({ code, range }))).toEqual(
      codes.map((code, at) => ({ code: `type.${code}`, range: ranges[at] })),
    );
  });
}

describe("attributes", () => {
  eachIsRight(
    [
      ['principal.name == "Ada"'],
      ['principal["full name"] == "Ada"'],
      ['principal.home.city == "Rome"'],
      ["context.ip.isLoopback()"],
      ["{ a: 1 }.a == 1"],
      ['principal.«nme» == "Ada"', "unknown_attribute"],
      ['principal[«"fullname"»] == "Ada"', "unknown_attribute"],
      ["resource.owner.home.«town» == 1", "unknown_attribute"],
      ["context.«mfa»", "unknown_attribute"],
      ["{ a: 1 }.«b» == 1", "unknown_attribute"],
      ["action.«name» == 1", "unknown_attribute"],
      ['principal.«nickname» == "Ada"', "unguarded_attribute"],
      ["«principal.«nickname» == 1»", "incompatible", "unguarded_attribute"],
      ["context.«hasMfa»", "unguarded_attribute"],
      ["«principal.name».size == 1", "mismatch"],
      ["«principal.friends».level == 1", "mismatch"],
      ["«1».a == 1", "mismatch"],
    ],
    reading,
  );
});

describe("has", () => {
  eachIsRight(
    [
      ['principal has nickname && principal.nickname == "Ada"'],
      ['(principal) has nickname && (principal.nickname) == "Ada"'],
      ['principal has nickname && principal["nickname"] == "Ada"'],
      ['principal has nickname && principal.isActive && principal.nickname == "Ada"'],
      ['if principal has nickname then principal.nickname == "Ada" else false'],
      ['if principal has nickname && principal.level > 1 then principal.nickname == "Ada" else false'],
      ["principal has manager.manager.level && principal.manager.manager.level == 1"],
      ["principal has home.street.no && principal.home.street.no == 1"],
      ['resource.owner has nickname && resource.owner.nickname like "A*"'],
      ['(principal has nickname || principal has nickname) && principal.nickname == "Ada"'],
      ['(false || principal has nickname) && principal.nickname == "Ada"'],
      ['(principal has nickname || false) && principal.nickname == "Ada"'],
      ['(if principal has nickname then true else principal has nickname) && principal.nickname == "Ada"'],
      ["principal.home has city || principal.nothing"],
      ["principal has name || principal.«nothing»", "unknown_attribute"],
      ["principal has nickname && (principal has nickname || principal.nothing)"],
      ['principal has nickname && principal.«nothing» && principal.nickname == "Ada"', "unknown_attribute"],
      [
        '(if principal.isActive then principal has nickname else false) && principal.«nickname» == "Ada"',
        "unguarded_attribute",
      ],
      ['!(principal has nickname) || principal.«nickname» == "Ada"', "unguarded_attribute"],
      ['principal has nickname || principal.«nickname» == "Ada"', "unguarded_attribute"],
      ['(principal has nickname || principal.isActive) && principal.«nickname» == "Ada"', "unguarded_attribute"],
      ['resource.owner has nickname && principal.«nickname» == "Ada"', "unguarded_attribute"],
      ['if principal has nickname then true else principal.«nickname» == "Ada"', "unguarded_attribute"],
      ["principal has manager && principal.manager.«manager».level == 1", "unguarded_attribute"],
      ["principal has «name».first", "mismatch"],
      ["«principal.name» has first", "mismatch"],
      ["«principal.friends» has name", "mismatch"],
    ],
    reading,
  );
});

describe("tags", () => {
  eachIsRight(
    [
      ['principal.hasTag("a") && principal.getTag("a") == "x"'],
      ['principal.hasTag("a") && (principal.hasTag("a") || principal.nothing)'],
      ['principal.hasTag(principal.name) && principal.getTag(principal.name) == "x"'],
      ['principal.hasTag("a") && «principal.getTag("b")» == "x"', "unguarded_tag"],
      ['resource.owner.hasTag("a") && «principal.getTag("a")» == "x"', "unguarded_tag"],
      ['«principal.getTag("a")» == "x"', "unguarded_tag"],
      ['«resource.getTag("a")» == "x"', "no_tags"],
      ["principal.hasTag(«1»)", "mismatch"],
      ['«"a"».hasTag("b")', "mismatch"],
      ['principal.hasTag("a") && «principal.getTag("a") == 1»', "incompatible"],
    ],
    reading,
  );
});

describe("conditions", () => {
  eachIsRight(
    [
      ["principal.isActive"],
      ["principal.isActive && !(principal.level == 1) || true"],
      ["if principal.isActive then principal.level == 1 else true"],
      ["(if principal.isActive then 1 else 2) == principal.level"],
      ["true || principal.nothing"],
      ["!false || principal.nothing"],
      ["if true then true else principal.nothing"],
      ["«principal.level»", "mismatch"],
      ["!«principal.name»", "mismatch"],
      ["«1» && true", "mismatch"],
      ["true && «1»", "mismatch"],
      ["«principal» || true", "mismatch"],
      ["if «principal.name» then true else true", "mismatch"],
      ['(«if principal.isActive then 1 else "a"») == 1', "incompatible"],
      ["«if true then 1 else true»", "mismatch"],
      ["principal.«a» || principal.«b»", "unknown_attribute", "unknown_attribute"],
    ],
    reading,
  );
});

describe("equality and order", () => {
  eachIsRight(
    [
      ["principal.level == 1"],
      ["principal.level != -1"],
      ['principal == User::"ada"'],
      ["{ a: 1, b: true } == { a: 2, b: false }"],
      ["[1] == [2]"],
      ['1 != "a"'],
      ["principal.isActive || (true && (false || true)) == false"],
      ["principal.isActive || (true || false) == 1"],
      ["principal.isActive || «(true || principal.isActive) == 1»", "incompatible"],
      ["principal != resource"],
      ["principal.level < 1 && principal.level >= -3"],
      ['principal.born < datetime("2026-01-01")'],
      ['principal.leave <= duration("1d")'],
      ['«principal.level == "1"»', "incompatible"],
      ["«principal.name != 1»", "incompatible"],
      ["«principal == principal.name»", "incompatible"],
      ["«{ a: 1 } == { b: 1 }»", "incompatible"],
      ["«{ a: 1 } == { a: 1, b: 1 }»", "incompatible"],
      ['«principal.home == { city: "Rome", zip: 1, street: { no: 1 } }»', "incompatible"],
      ['«principal.home == { city: "Rome" }»', "incompatible"],
      ['«[1] == ["a"]»', "incompatible"],
      ['«-(1) == "a"»', "incompatible"],
      ['principal.level < «"a"»', "mismatch"],
      ["«principal.name» > 1", "mismatch"],
      ['«"a"» < «"b"»', "mismatch", "mismatch"],
      ["principal.born < «principal.leave»", "mismatch"],
      ["«principal.score» < «principal.score»", "mismatch", "mismatch"],
      ["principal.born < «3»", "mismatch"],
    ],
    reading,
  );
});

describe("arithmetic and text", () => {
  eachIsRight(
    [
      ["principal.level + 1 - 2 * 3 == -principal.level"],
      ['principal.name like "A*"'],
      ["«principal.name» + 1 == 1", "mismatch"],
      ["1 - «true» == 1", "mismatch"],
      ["2 * «principal» == 1", "mismatch"],
      ["-«principal.name» == 1", "mismatch"],
      ['«principal.level» like "1*"', "mismatch"],
      ['«principal» like "A*"', "mismatch"],
    ],
    reading,
  );
});

describe("sets", () => {
  eachIsRight(
    [
      ["principal.friends.contains(principal)"],
      ['resource.labels.containsAll(["a", "b"])'],
      ['resource.labels.containsAny(["a"])'],
      ["principal.friends.isEmpty()"],
      ["[1, principal.level].contains(3)"],
      ['[User::"a", principal].contains(resource.owner)'],
      ["«[]».isEmpty()", "empty_set"],
      ["resource.labels == «[]»", "empty_set"],
      ['[1, «"a"»].isEmpty()', "incompatible"],
      ["[principal, «resource»].isEmpty()", "incompatible"],
      ["resource.labels.contains(«1»)", "incompatible"],
      ["principal.friends.contains(«resource»)", "incompatible"],
      ["resource.labels.containsAll(«[1]»)", "incompatible"],
      ["resource.labels.containsAny(«principal.friends»)", "incompatible"],
      ['resource.labels.containsAny(«"a"»)', "mismatch"],
      ['«principal.name».contains("a")', "mismatch"],
      ["«principal.home».containsAll([1])", "mismatch"],
      ["«principal.name».isEmpty()", "mismatch"],
    ],
    reading,
  );
});

describe("in and is", () => {
  eachIsRight(
    [
      ['principal in Team::"a"'],
      ['principal in [Team::"a", Team::"b"]'],
      ["principal in principal.friends"],
      ['action in Action::"Access"'],
      ['action in [Action::"Access", Action::"Write"]'],
      ["principal is User"],
      ['principal is User in Team::"a"'],
      ["!(principal is Foo::Action)"],
      ['principal in Guild::"a" && principal.«nothing»', "unknown_attribute"],
      [
        '(if principal.isActive then Action::"Read" else Action::"Move") in Shop::Action::"Trade" && principal.«nothing»',
        "unknown_attribute",
      ],
      ["!(principal is Team)"],
      ['!(principal in File::"a") && !(action in Action::"Sweep")'],
      ['«"a"» in Team::"a"', "mismatch"],
      ['principal in «"a"»', "mismatch"],
      ["principal in «resource.labels»", "mismatch"],
      ['principal in [Team::"a", «Folder::"a"»]', "incompatible"],
      ["«principal.name» is User", "mismatch"],
      ["principal is User in «principal.name»", "mismatch"],
      ["«context» is User", "mismatch"],
    ],
    reading,
  );
});

describe("extensions", () => {
  eachIsRight(
    [
      ['principal.address.isInRange(ip("10.0.0.0/8"))'],
      ['principal.score.lessThan(decimal("1.5"))'],
      ['principal.born.offset(duration("-1d")).toDate() == datetime("2026-01-31")'],
      ['principal.born.durationSince(datetime("2026-01-31T00:00:00Z")).toDays() > 3'],
      ["principal.born.toTime().toHours() < 8"],
      ['ip(«"10.0.0.0/33"»).isIpv4()', "invalid_literal"],
      ['decimal(«"1"») == decimal(«"1.23456"»)', "invalid_literal", "invalid_literal"],
      ['principal.born < datetime(«"2026-02-30"»)', "invalid_literal"],
      ['principal.leave < duration(«"1y"»)', "invalid_literal"],
      ["ip(«principal.name»).isIpv4()", "not_literal"],
      ['ip(«if true then "::1" else "::2"»).isIpv4()', "not_literal"],
      ["ip(«1»).isIpv4()", "mismatch"],
      ["«principal.name».isIpv4()", "mismatch"],
      ["principal.address.isInRange(«principal.score»)", "mismatch"],
      ["principal.score.lessThan(«1»)", "mismatch"],
      ["«principal.leave».toDate() == principal.born", "mismatch"],
    ],
    reading,
  );
});

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

it("checks no part of an expression twice, however deep it is", () => {
  let nested = "principal";
  for (let depth = 0; depth < 30; depth += 1)
    nested = `(if ${nested} is User in Team::"a" then principal else principal)`;
  expect(problemsOf(reading(`${nested} == principal`))).toEqual([]);
});
