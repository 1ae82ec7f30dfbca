import { describe, expect, it } from "vitest";
import { parseSchemaJson } from "./schema-json";
import { parseSchemaText } from "./schema-text";

const TEXT = `
namespace N {
  type Address = { street: String, since?: datetime };
  entity Group;
  @doc("someone") entity Person in [Group] = { home: Address, tall: Bool, friends?: Set<Person>, ip: ipaddr } tags Long;
  entity Color enum ["red", "blue"];
  action all;
  action go in [all, Action::"any"] appliesTo { principal: [Person, Group], resource: Group, context: { why?: String } };
}
entity Outside { at: N::Address };
action any;
action stop appliesTo { principal: Outside, resource: Outside, context: N::Address };
`;

const JSON_FORM = {
  N: {
    commonTypes: {
      Address: {
        type: "Record",
        attributes: { street: { type: "String" }, since: { type: "Extension", name: "datetime", required: false } },
      },
    },
    entityTypes: {
      Group: {},
      Person: {
        annotations: { doc: "someone" },
        memberOfTypes: ["Group"],
        shape: {
          type: "Record",
          additionalAttributes: false,
          attributes: {
            home: { type: "Address" },
            tall: { type: "Boolean", required: true },
            friends: { type: "Set", element: { type: "Entity", name: "Person" }, required: false },
            ip: { type: "EntityOrCommon", name: "ipaddr" },
          },
        },
        tags: { type: "Long" },
      },
      Color: { enum: ["red", "blue"] },
    },
    actions: {
      all: {},
      go: {
        memberOf: [{ id: "all" }, { type: "Action", id: "any" }],
        appliesTo: {
          principalTypes: ["Person", "Group"],
          resourceTypes: ["N::Group"],
          context: { type: "Record", attributes: { why: { type: "EntityOrCommon", name: "String", required: false } } },
        },
      },
    },
  },
  "": {
    entityTypes: { Outside: { shape: { type: "Record", attributes: { at: { type: "N::Address" } } } } },
    actions: {
      any: { appliesTo: null, memberOf: null },
      stop: {
        appliesTo: { principalTypes: ["Outside"], resourceTypes: ["Outside"], context: { type: "N::Address" } },
      },
    },
  },
};

/** A schema with nothing but this in the namespace of no name. */
const only = (part: object) => JSON.stringify({ "": { entityTypes: {}, actions: {}, ...part } });
const typed = (type: unknown) => only({ commonTypes: { T: type } });
const applied = (appliesTo: unknown) => only({ entityTypes: { P: {} }, actions: { a: { appliesTo } } });

describe("parseSchemaJson", () => {
  it("resolves to the same schema as the text that says the same", () => {
    const [json, text] = [parseSchemaJson(JSON.stringify(JSON_FORM)), parseSchemaText(TEXT)];
    expect([json.problems, text.problems]).toEqual([[], []]);
    expect(json.schema).not.toBeNull();
    expect(json.schema).toEqual(text.schema);
  });

  it.each([
    ["{}"],
    [only({ entityTypes: { A: { shape: { type: "T" } } }, commonTypes: { T: { type: "Record", attributes: {} } } })],
    [only({ entityTypes: { A: { shape: { type: "Record", attributes: { "a b": { type: "Bool" } } } } } })],
    [applied({ principalTypes: [], resourceTypes: ["P"] })],
    [typed({ type: "Long", annotations: { doc: null } })],
  ])("accepts %s", (text) => {
    expect(parseSchemaJson(text).problems).toEqual([]);
  });

  it.each([
    ["{", "syntax.json", ""],
    ['{"":{},"":{}}', "syntax.json", '"'],
    ["[]", "schema.json_type", "[]"],
    ['{"":{"actions":{}}}', "schema.missing_member", '{"actions":{}}'],
    [only({ zzz: 17 }), "schema.unknown_member", "17"],
    [only({ annotations: { a: "b" } }), "schema.annotation", '{"a":"b"}'],
    ['{"A ":{"entityTypes":{},"actions":{}}}', "schema.invalid_name", '{"entityTypes":{},"actions":{}}'],
    [only({ entityTypes: { "A::B": {} } }), "schema.invalid_name", "{}"],
    [only({ entityTypes: { in: {} } }), "schema.invalid_name", "{}"],
    [only({ entityTypes: { A: { enum: [] } } }), "schema.empty_list", "[]"],
    [only({ entityTypes: { A: { enum: ["a"], tags: 5 } } }), "schema.unknown_member", "5"],
    [only({ entityTypes: { A: { shape: { type: "Long" } } } }), "schema.not_a_record", '{"type":"Long"}'],
    [only({ entityTypes: { A: { memberOfTypes: ["N::"] } } }), "schema.invalid_name", '"N::"'],
    [only({ entityTypes: { A: { memberOfTypes: ["B"] } } }), "schema.undeclared_type", '"B"'],
    [typed({ type: "Record", attributes: {}, additionalAttributes: true }), "schema.unsupported", "true"],
    [typed({ type: "Record" }), "schema.missing_member", '{"type":"Record"}'],
    [typed({ type: "Set" }), "schema.missing_member", '{"type":"Set"}'],
    [typed({ type: ["Long"] }), "schema.json_type", '["Long"]'],
    [typed({ type: "Long", name: "x" }), "schema.unknown_member", '"x"'],
    [typed({ type: "Long", required: true }), "schema.unknown_member", "true"],
    [typed({ type: "Extension", name: "nope" }), "schema.undeclared_type", '"nope"'],
    [typed({ type: "Entity", name: "T" }), "schema.undeclared_type", '"T"'],
    [typed({ type: "Entity" }), "schema.missing_member", '{"type":"Entity"}'],
    [only({ commonTypes: { Long: { type: "Long" } } }), "schema.reserved_name", '{"type":"Long"}'],
    [applied({ principalTypes: ["P"] }), "schema.missing_member", '{"principalTypes":["P"]}'],
    [applied({ principalTypes: "P", resourceTypes: ["P"] }), "schema.json_type", '"P"'],
    [only({ actions: { a: { attributes: {} } } }), "schema.unsupported", "{}"],
    [only({ actions: { a: { memberOf: ["b"] }, b: {} } }), "schema.json_type", '"b"'],
    [only({ actions: { a: { memberOf: [{ id: "a" }] } } }), "schema.action_cycle", '{"memberOf":[{"id":"a"}]}'],
    [only({ actions: { a: { annotations: { "x y": "z" } } } }), "schema.invalid_name", '"z"'],
  ])("refuses %s", (text, code, place) => {
    const { schema, problems } = parseSchemaJson(text);
    expect(schema).toBeNull();
    expect([problems[0]?.code, text.slice(problems[0]?.range.start, problems[0]?.range.end)]).toEqual([code, place]);
  });
});
