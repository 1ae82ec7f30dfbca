import { describe, expect, it } from "vitest";
import { eachIsRight, problemsOf, reading } from "@/server/testing/cedar-validation";

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

it("checks no part of an expression twice, however deep it is", () => {
  let nested = "principal";
  for (let depth = 0; depth < 30; depth += 1)
    nested = `(if ${nested} is User in Team::"a" then principal else principal)`;
  expect(problemsOf(reading(`${nested} == principal`))).toEqual([]);
});
