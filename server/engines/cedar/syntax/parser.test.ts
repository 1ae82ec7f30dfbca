import { describe, expect, it } from "vitest";
import { parseExpression, parsePolicies } from "./parser";
import { locationOf, type Problem } from "./problem";

const WHEN = "permit (principal, action, resource) when { ";

/** `code line:column suggestion` of each problem. */
const summary = (text: string, problems: readonly Problem[]) =>
  problems.map(({ code, range, suggestion }) => {
    const { line, column } = locationOf(text, range.start);
    return `${code} ${line}:${column}${suggestion === null ? "" : ` ${suggestion}`}`;
  });

const problemsOf = (text: string) => summary(text, parsePolicies(text).problems);

describe("policies", () => {
  it("have annotations, an effect, a scope and conditions, each with its place", () => {
    const text = `@id("one") @note\nforbid (principal is A::User in ?principal, action in [Action::"r"], resource) unless { true };`;
    const [policy] = parsePolicies(text).policies;
    expect(policy).toMatchObject({
      annotations: [
        { name: "id", value: "one" },
        { name: "note", value: null, valueRange: null },
      ],
      effect: "forbid",
      principal: { operator: "is in", entityType: "A::User", target: { value: null } },
      action: { operator: "in list", targets: [{ value: { type: "Action", id: "r" } }] },
      resource: { operator: "any" },
      conditions: [{ kind: "unless", body: { kind: "bool", value: true } }],
      isBroken: false,
      start: 0,
      end: text.length,
    });
    expect(text.slice(policy?.principal.start, policy?.principal.end)).toBe("principal is A::User in ?principal");
    expect(text.slice(policy?.conditions[0]?.start, policy?.conditions[0]?.end)).toBe("unless { true }");
  });

  it.each([
    "",
    "// nothing but a comment",
    "permit(principal,action,resource,);",
    'permit(principal == (User::"a"),action in ([(Action::"x"),]),resource in ?resource);',
    '@if @then("x") permit(principal is permit::when,action in [],resource);',
    `${WHEN}{"if": context.permit.when, forbid: [1,],}["if"].contains(-9223372036854775808,) };`,
    `${WHEN}context has a . b && context has "a b" && context like "\\*\\u{2a}*" };`,
    `${WHEN}if if true then true else false then 1 else if false then 2 else ----3 };`,
    `${WHEN}ip() < ip(1, 2).isInRange(3, 4) };`,
    `${WHEN}principal is A in [resource] || !!!!(1 < 2) == true };`,
    `${WHEN}-00009223372036854775808 + 00 * --1 == "a\n\\x41\\u{1F_600}\\'" };`,
    "permit\u00a0(principal,\u2028action,\vresource);// the end",
  ])("are read without a problem: %j", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  const cases: readonly [text: string, ...problems: string[]][] = [
    ["permit (prinicpal, action, resource);", "syntax.scope_variable 1:9 principal"],
    ["permit (principal, action, resource)", "syntax.missing 1:37 ;"],
    ["permit (principal, action, resource;", "syntax.missing 1:36 )"],
    ["permit (principal action, resource);", "syntax.missing 1:18 ,"],
    ["permit (principal, action);", "syntax.scope_variable 1:26 resource"],
    ["permit (principal, resource);", "syntax.scope_variable 1:20 action"],
    ["permit (principal, action, resource, context);", "syntax.scope_variable 1:38"],
    ["allow (principal, action, resource);", "syntax.effect 1:1 permit"],
    ["deny (principal, action, resource);", "syntax.effect 1:1 forbid"],
    ["Permit (principal, action, resource);", "syntax.effect 1:1 permit"],
    ["permit (principal: User, action, resource);", "syntax.operator 1:18 is"],
    ['permit (principal = User::"a", action, resource);', "syntax.operator 1:19 =="],
    ['permit (principal != User::"a", action, resource);', "syntax.operator 1:19"],
    ["permit (principal in User, action, resource);", 'syntax.scope_target 1:22 User::"…"'],
    ["permit (principal in User::alice, action, resource);", 'syntax.scope_target 1:22 User::"alice"'],
    ["permit (principal == ?resource, action, resource);", "syntax.slot 1:22 ?principal"],
    ['permit (principal is User::"a", action, resource);', 'syntax.entity_type 1:22 == User::"a"'],
    ['permit (principal, action == [Action::"x"], resource);', "syntax.scope_target 1:30 in"],
    ['permit (principal, action == Acton::"x", resource);', "syntax.action_type 1:30 Action"],
    ['permit (principal, action in [Action::"x" Action::"y"], resource);', "syntax.unexpected 1:43 ,"],
    ["permit (principal, action, resource) where { true };", "syntax.condition 1:38 when"],
    ["permit (principal, action, resource) unles { true };", "syntax.condition 1:38 unless"],
    ["permit (principal, action, resource) when true;", "syntax.unexpected 1:43 {"],
    ["permit (principal, action, resource) when { };", "syntax.empty_condition 1:45"],
    ["permit (principal, action, resource) when { true; };", "syntax.missing 1:49 }"],
    ["permit (principal, action, resource);}", "syntax.unexpected 1:38"],
    ["permit (principal, /* who */ action, resource) /* ; */;", "syntax.unexpected 1:20", "syntax.unexpected 1:48"],
    ["permit (principal, action, resource);;", "syntax.unexpected 1:38"],
    ["@a @a permit (principal, action, resource);", "syntax.duplicate_annotation 1:5"],
    ["@a(b) permit (principal, action, resource);", 'syntax.unexpected 1:4 "b"'],
    [`${WHEN}prinicpal == resource };`, "syntax.unknown_variable 1:45 principal"],
    [`${WHEN}True };`, "syntax.unknown_variable 1:45 true"],
    [`${WHEN}User::alice == principal };`, 'syntax.unknown_variable 1:45 User::"alice"'],
    [`${WHEN}User"alice" == principal };`, 'syntax.unexpected 1:49 User::"alice"'],
    [
      `${WHEN}true and not false or true };`,
      "syntax.operator 1:50 &&",
      "syntax.operator 1:54 !",
      "syntax.operator 1:64 ||",
    ],
    [`${WHEN}true & true | true };`, "syntax.operator 1:50 &&", "syntax.operator 1:57 ||"],
    [`${WHEN}1 = 1 };`, "syntax.operator 1:47 =="],
    [`${WHEN}1 === 1 };`, "syntax.operator 1:49 =="],
    [`${WHEN}1 / 2 };`, "syntax.operator 1:47"],
    [`${WHEN}1 < 2 < 3 };`, "syntax.chained_relation 1:51"],
    [`${WHEN}!!!!!true };`, "syntax.unary_chain 1:49"],
    [`${WHEN}!-1 };`, "syntax.unexpected 1:46"],
    [`${WHEN}true && if true then 1 else 2 };`, "syntax.unexpected 1:53"],
    [`${WHEN}if true then 1 };`, "syntax.missing 1:59 else"],
    [`${WHEN}(1 + 2 };`, "syntax.missing 1:51 )"],
    [`${WHEN}[1, 2 };`, "syntax.missing 1:50 ]"],
    [`${WHEN}{a: 1, "a": 2} };`, "syntax.duplicate_key 1:52"],
    [`${WHEN}{a = 1} };`, "syntax.unexpected 1:48 :"],
    [`${WHEN}context.if };`, "syntax.reserved 1:53"],
    [`${WHEN}context."a b" };`, 'syntax.unexpected 1:53 ["a b"]'],
    [`${WHEN}context[a] };`, 'syntax.unexpected 1:53 "a"'],
    [`${WHEN}context has -1 };`, "syntax.unexpected 1:57"],
    [`${WHEN}context.contians(1) };`, "syntax.unknown_method 1:53 contains"],
    [`${WHEN}context.contains() };`, "syntax.argument_count 1:53"],
    [`${WHEN}context.isEmpty(1) };`, "syntax.argument_count 1:53"],
    [`${WHEN}context.ip("1") };`, "syntax.unknown_method 1:53 ip(…)"],
    [`${WHEN}decimel("1.0") };`, "syntax.unknown_function 1:45 decimal"],
    [`${WHEN}a::ip("1") };`, "syntax.unknown_function 1:45"],
    [`${WHEN}9223372036854775808 };`, "syntax.integer_range 1:45"],
    [`${WHEN}-9223372036854775809 };`, "syntax.integer_range 1:46"],
    [`${WHEN}-9223372036854775808.a };`, "syntax.integer_range 1:46"],
    [`${WHEN}"a\\*" };`, "syntax.invalid_escape 1:47 *"],
    [
      `${WHEN}"\\xff\\u{d800}\\q" };`,
      "syntax.invalid_escape 1:46 \\u{ff}",
      "syntax.invalid_escape 1:50",
      "syntax.invalid_escape 1:58 \\\\q",
    ],
    [`${WHEN}"a\rb" };`, "syntax.carriage_return 1:47 \\r"],
    [`${WHEN}"\ud83d\ude00\ud83d" };`, "syntax.unknown_character 1:48"],
    [`${WHEN}'a' };`, 'syntax.unexpected 1:45 "a"'],
    [`${WHEN}principal == ?principal };`, "syntax.slot 1:58"],
    [`${WHEN}context.é };`, "syntax.unknown_character 1:53"],
    [`${WHEN}"open };`, 'syntax.unterminated_string 1:45 "open };"', "syntax.missing 1:53 }"],
  ];

  it.each(cases)("that are wrong say where and what was likely meant: %j", (text, ...problems) => {
    expect(problemsOf(text)).toEqual(problems);
    expect(parsePolicies(text).policies.some(({ isBroken }) => isBroken)).toBe(true);
  });

  it("are all read, and all their problems found, past those that are wrong", () => {
    const text = `permit (principal, action, resource) when { 1 + }
@id("second")
allow (principal, action, resource);
forbid (principal, action, resourse) when { [1 2, context.if] == } unless { foo(1, bar) };
permit (principal, action, resource);`;
    const { policies } = parsePolicies(text);
    expect(problemsOf(text)).toEqual([
      "syntax.unexpected 1:49",
      "syntax.missing 1:50 ;",
      "syntax.effect 3:1 permit",
      "syntax.scope_variable 4:28 resource",
      "syntax.unexpected 4:48 ,",
      "syntax.reserved 4:59",
      "syntax.unexpected 4:66",
      "syntax.unknown_function 4:77",
      "syntax.unknown_variable 4:84",
    ]);
    expect(policies.map(({ isBroken }) => isBroken)).toEqual([true, true, true, false]);
  });
});

describe("expressions", () => {
  it("bind by precedence, to the left", () => {
    const { expression, problems } = parseExpression("false || 1 - 2 - 3 * 4 < 5 && !true");
    expect(problems).toEqual([]);
    expect(expression).toMatchObject({
      operator: "||",
      left: { value: false },
      right: {
        operator: "&&",
        left: {
          operator: "<",
          left: { operator: "-", left: { operator: "-" }, right: { operator: "*" } },
          right: { value: 5n },
        },
        right: { kind: "not" },
      },
    });
  });

  it("take a sign into the number right after it, unless something is reached in that number", () => {
    const kinds = ["-1", "--1", "-(1)", "-1.a"].map((text) => parseExpression(text).expression);
    expect(kinds).toMatchObject([
      { kind: "long", value: -1n, start: 0, end: 2 },
      { kind: "negate", operand: { kind: "long", value: -1n } },
      { kind: "negate", operand: { kind: "paren" } },
      { kind: "negate", operand: { kind: "attribute", target: { kind: "long", value: 1n } } },
    ]);
  });

  it("end where the text does", () => {
    expect(summary("1 2", parseExpression("1 2").problems)).toEqual(["syntax.unexpected 1:3"]);
    expect(summary("", parseExpression("").problems)).toEqual(["syntax.unexpected 1:1"]);
  });
});

describe("limits", () => {
  const chain = (operator: string, count: number) => `1${`${operator}1`.repeat(count)}`;
  const nested = (count: number) => `${"(".repeat(count)}1${")".repeat(count)}`;

  it.each([
    ["nesting", nested(64), nested(65)],
    ["nesting", `${"if ".repeat(64)}1`, `${"if ".repeat(65)}1`],
    ["chain", chain("||", 128), chain("||", 129)],
    ["chain", chain("+", 128), chain("+", 129)],
    ["chain", `1${".a".repeat(128)}`, `1${".a".repeat(129)}`],
    ["chain", `${"if 1 then 2 else ".repeat(129)}3`, `${"if 1 then 2 else ".repeat(130)}3`],
    ["chain", `${"!".repeat(128)}1`, `${"!".repeat(129)}1`],
    ["depth", chain("*", 100), `(((((${[..."12345"].map(() => chain("*", 110)).join(")+")}`],
    ["policy_bytes", `"${"é".repeat(32_767)}"`, `"${"é".repeat(32_768)}"`],
  ])("of %s refuse an expression unread", (name, within, beyond) => {
    const limitsOf = (text: string) =>
      parseExpression(text).problems.flatMap(({ code }) => (code.startsWith("limit.") ? [code] : []));
    expect(limitsOf(within)).toEqual([]);
    expect(limitsOf(beyond)).toEqual([`limit.${name}`]);
  });

  it("are each policy's own", () => {
    const one = `${WHEN}${nested(65)} };`;
    const tree = parsePolicies(`${one}\nforbid (principal, action, resource);\n${one}`);
    expect(tree.problems.map(({ code }) => code)).toEqual(["limit.nesting", "limit.nesting"]);
    expect(tree.policies.map(({ effect, isBroken }) => [effect, isBroken])).toEqual([
      ["permit", true],
      ["forbid", false],
      ["permit", true],
    ]);
  });
});
