import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describe as describeProblem } from "../syntax/problem";
import type { Schema } from "./schema";
import { parseSchemaText } from "./schema-text";

const HOUSE = `
// who and what
@doc("a house")
namespace House {
  type Address = { street: String, "no.": Long, since?: datetime };
  type Homes = Set<{ at: Address }>;
  entity Group;
  @doc entity Person, Guest in [Group] = { home: Address, homes?: Homes, ip: __cedar::ipaddr, } tags Set<String>;
  entity Door in House::Room { isOpen: Bool };
  entity Room in Outside;
  entity Color enum ["red", "blue \\u{1F600}"];
  action all;
  action "open", close in [all, Action::"any", House::Action::"all"] appliesTo {
    principal: [Person, Guest],
    resource: Door,
    context: { reason?: String },
  };
  action ring appliesTo { resource: [Door], principal: Person, context: Address };
}
entity Outside;
action any;
`;

function schemaOf(text: string): Schema {
  const { schema, problems } = parseSchemaText(text);
  if (!schema) throw new Error(problems.map((problem) => describeProblem(text, problem)).join("\n"));
  return schema;
}

describe("parseSchemaText", () => {
  it("resolves entity types, with common types in their places", () => {
    const { entityTypes } = schemaOf(HOUSE);
    expect([...entityTypes.keys()].sort()).toEqual([
      "House::Color",
      "House::Door",
      "House::Group",
      "House::Guest",
      "House::Person",
      "House::Room",
      "Outside",
    ]);
    const address = {
      kind: "record",
      attributes: new Map([
        ["street", { type: { kind: "string" }, isRequired: true }],
        ["no.", { type: { kind: "long" }, isRequired: true }],
        ["since", { type: { kind: "extension", name: "datetime" }, isRequired: false }],
      ]),
    };
    const home = { kind: "record", attributes: new Map([["at", { type: address, isRequired: true }]]) };
    expect(entityTypes.get("House::Guest")).toEqual({
      name: "House::Guest",
      memberOf: new Set(["House::Group"]),
      shape: {
        kind: "record",
        attributes: new Map([
          ["home", { type: address, isRequired: true }],
          ["homes", { type: { kind: "set", element: home }, isRequired: false }],
          ["ip", { type: { kind: "extension", name: "ipaddr" }, isRequired: true }],
        ]),
      },
      tags: { kind: "set", element: { kind: "string" } },
      ids: null,
    });
    expect(entityTypes.get("House::Room")?.memberOf).toEqual(new Set(["Outside"]));
    expect(entityTypes.get("House::Color")?.ids).toEqual(new Set(["red", "blue 😀"]));
  });

  it("resolves actions, and the groups that they are in", () => {
    const { actions } = schemaOf(HOUSE);
    expect(actions.get('House::Action::"close"')).toEqual({
      uid: { type: "House::Action", id: "close" },
      memberOf: [
        { type: "House::Action", id: "all" },
        { type: "Action", id: "any" },
      ],
      appliesTo: {
        principals: new Set(["House::Person", "House::Guest"]),
        resources: new Set(["House::Door"]),
        context: { kind: "record", attributes: new Map([["reason", { type: { kind: "string" }, isRequired: false }]]) },
      },
    });
    expect([...(actions.get('House::Action::"ring"')?.appliesTo?.context.attributes.keys() ?? [])]).toEqual([
      "street",
      "no.",
      "since",
    ]);
    expect(actions.get('Action::"any"')?.appliesTo).toBeNull();
  });

  it.each([
    ["nothing", ""],
    ["an empty namespace", "namespace N {}"],
    [
      "words of the schema language as names",
      "entity entity; type type = Long; action action in appliesTo; action appliesTo;",
    ],
    [
      "attributes named like words",
      'entity A { in_: Long, type: Long, Set: Set<Long>, tags: Long, __cedar: Bool, "if": Long } tags Long;',
    ],
    ["an entity type in the place of a type that is built in", "entity Long; entity A { x: Long };"],
    ["types that contain themselves by entities", "entity A in A { next?: A }; entity B in C; entity C in B;"],
    ["the type of actions as that of an attribute", "entity A { x: Action }; action a;"],
    ["attributes of actions, which may be none", "action a attributes {};"],
    ["a space that is not ASCII", "entity\u00a0A;"],
    ["a namespace of many names", "namespace A::B { entity C; } entity D in A::B::C;"],
  ])("accepts %s", (_, text) => {
    expect(parseSchemaText(text).problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it.each([
    ["entity A", "syntax.unexpected", ""],
    ["entity A in [B,]; entity B;", "syntax.unexpected", "]"],
    ["entity A enum [];", "syntax.unexpected", "]"],
    ['entity A enum ["a"] tags Long;', "syntax.unexpected", "tags"],
    ["entity A = R;", "syntax.unexpected", "R"],
    ["entity A { a Long };", "syntax.unexpected", "Long"],
    ["action a in [];", "syntax.unexpected", "]"],
    ["action a appliesTo {};", "syntax.unexpected", "}"],
    ["action a in N::b;", "syntax.unexpected", ";"],
    ["namespace N { entity A;", "syntax.unexpected", ""],
    ["namespace N {};", "syntax.unexpected", ";"],
    ["entity A; }", "syntax.unexpected", "}"],
    ["@a(1) entity A;", "syntax.unexpected", "1"],
    ["@a", "syntax.unexpected", ""],
    ["entity É;", "syntax.unexpected", "É"],
    ["entity A 1;", "syntax.unexpected", "1"],
    ["entity if;", "syntax.reserved_word", "if"],
    ["entity A { in: Long };", "syntax.reserved_word", "in"],
    ['action "a\\q";', "syntax.invalid_escape", "\\q"],
    ["entity __cedar;", "schema.reserved_name", "__cedar"],
    ["namespace __cedar::N { entity A; }", "schema.reserved_name", "__cedar::N"],
    ["type Long = String;", "schema.reserved_name", "Long"],
    ["namespace N { entity Action; }", "schema.reserved_name", "Action"],
    ["entity A, A;", "schema.declared_twice", "A"],
    ["type T = Long; type T = Long;", "schema.declared_twice", "T"],
    ['action a; action "a";', "schema.declared_twice", '"a"'],
    ["namespace N { entity A; } namespace N { entity B; }", "schema.declared_twice", "N"],
    ['@a @a("x") entity A;', "schema.declared_twice", '@a("x")'],
    ["entity P; action a appliesTo { principal: P, resource: P, principal: P };", "schema.declared_twice", "principal"],
    ["entity P; action a appliesTo { principal: P };", "schema.missing_part", "appliesTo { principal: P }"],
    ["entity P; action a appliesTo { principal: [], resource: P };", "schema.empty_list", "principal: []"],
    ["entity X; namespace N { type X = Long; }", "schema.shadowed", "X"],
    ["action x; namespace N { action x; }", "schema.shadowed", "x"],
    ["entity A { x: Strin };", "schema.undeclared_type", "Strin"],
    ["entity A { x: Set };", "schema.undeclared_type", "Set"],
    ["entity A { x: __cedar::Foo };", "schema.undeclared_type", "__cedar::Foo"],
    ["namespace N::M { entity A; } namespace N { entity B in M::A; }", "schema.undeclared_type", "M::A"],
    ["type P = Long; action a appliesTo { principal: P, resource: P };", "schema.undeclared_type", "P"],
    ["action a appliesTo { principal: Action, resource: Action };", "schema.undeclared_type", "Action"],
    ["action a in b;", "schema.undeclared_action", "b"],
    ['entity F enum ["b"]; action a in F::"b";', "schema.undeclared_action", 'F::"b"'],
    ["action a in b; action b in a;", "schema.action_cycle", "a"],
    ["type A = Set<B>; type B = { a?: A };", "schema.type_cycle", "A"],
    ["entity P; action a appliesTo { principal: P, resource: P, context: Long };", "schema.not_a_record", "Long"],
  ])("refuses %s", (text, code, place) => {
    const { schema, problems } = parseSchemaText(text);
    expect(schema).toBeNull();
    const [first] = problems.filter(({ severity }) => severity === "error");
    expect([first?.code, text.slice(first?.range.start, first?.range.end)]).toEqual([code, place]);
  });

  it("refuses types that are nested too deep", () => {
    const text = `type T = ${"Set<".repeat(65)}Long${">".repeat(65)};`;
    expect(parseSchemaText(text).problems).toMatchObject([{ code: "limit.nesting" }]);
  });

  it("suggests what was likely meant", () => {
    const text = "namespace N { entity Person; entity A in Persn { x: Lon }; action b; action a in B; }";
    const { problems } = parseSchemaText(text);
    expect(problems.map(({ suggestion }) => suggestion)).toEqual(["Person", "Long", "b"]);
  });

  it("finds several problems in one reading", () => {
    const text =
      'entity A { x Long };\nentity B\naction a appliesTo { };\nnamespace N { type T Long; entity 1; }\nentity "C";';
    const places = parseSchemaText(text).problems.map(({ range }) => text.slice(0, range.start).split("\n").length);
    expect(places).toEqual([1, 3, 3, 4, 4, 5]);
  });

  it("reads any text to its end", () => {
    const words =
      'namespace N { } entity A ; action "a" type T = Set < > [ ] , : :: ? @ ( ) in enum tags appliesTo principal " é'.split(
        " ",
      );
    const word = fc.constantFrom(...words, "\n");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (text) => {
        const { schema, problems } = parseSchemaText(text.join(" "));
        expect(schema === null).toBe(problems.some(({ severity }) => severity === "error"));
      }),
      { numRuns: 500 },
    );
  });

  it("warns where a name hides another, or an attribute is here twice", () => {
    const { schema, problems } = parseSchemaText("entity X { a: Long, a: String }; type X = Long; entity ipaddr;");
    expect(problems.map(({ code }) => code)).toEqual(["schema.shadows", "schema.shadows", "schema.repeated_attribute"]);
    expect(schema?.entityTypes.get("X")?.shape.attributes.get("a")?.type.kind).toBe("string");
  });

  it("refuses common types that are too deep together, in whatever order they stand", () => {
    const declarations = Array.from(
      { length: 200 },
      (_, at) => `type T${at} = ${at === 0 ? "Long" : `Set<T${at - 1}>`};`,
    );
    for (const text of [declarations.join(" "), declarations.toReversed().join(" ")]) {
      expect(parseSchemaText(text).problems[0]?.code).toBe("limit.nesting");
    }
    expect(parseSchemaText(declarations.slice(0, 60).join(" ")).schema).not.toBeNull();
  });

  it("reads a long chain of action groups, and a long ring of types, without recursion", () => {
    const chain = Array.from({ length: 5_000 }, (_, at) => `action a${at}${at === 0 ? "" : ` in a${at - 1}`};`).join(
      "\n",
    );
    expect(parseSchemaText(chain).schema?.actions.size).toBe(5_000);
    const ring = Array.from({ length: 5_000 }, (_, at) => `type T${at} = T${(at + 1) % 5_000};`).join("\n");
    expect(parseSchemaText(ring).problems.map(({ code }) => code)).toContain("schema.type_cycle");
  });
});
