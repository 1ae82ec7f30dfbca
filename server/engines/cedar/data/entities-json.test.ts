import { describe, expect, it } from "vitest";
import { readEntities } from "./entities-json";
import { parseJson } from "../syntax/json";
import { parseSchemaText } from "../schema/schema-text";
import { writeUid } from "../values/uid";
import { type ExtensionValue, LONG_MAX, LONG_MIN, Names, type RecordValue, SetValue } from "../values/value";

const { schema } = parseSchemaText(`
  entity Org;
  entity Team in [Org];
  entity Color enum ["red", "blue"];
  entity User in [Team, Color] {
    age: Long,
    ip?: ipaddr,
    boss?: User,
    likes?: Color,
    seen?: Set<datetime>,
    home?: { street: String, rent?: decimal },
    may?: Action,
  } tags String;
  action all;
  action read in all;
  action open in read appliesTo { principal: User, resource: Team };
`);

function entity(type: string, id: string, more: object = {}): object {
  return { uid: { type, id }, attrs: {}, parents: [], ...more };
}

const user = (attrs: object, more: object = {}) => entity("User", "ann", { attrs: { age: 1, ...attrs }, ...more });
const extn = (fn: string, arg: unknown) => ({ __extn: { fn, arg } });

function read(entities: readonly object[], withSchema = schema) {
  return readEntities(parseJson(JSON.stringify(entities)), { names: new Names(), schema: withSchema });
}

function attributesOf(attrs: object, withSchema = schema): RecordValue {
  const found = read([user(attrs)], withSchema).find(({ uid }) => uid.id === "ann");
  if (!found) throw new Error("no entity was read");
  return found.attributes;
}

describe("readEntities", () => {
  it.each([
    ["with a schema", schema],
    ["without one", null],
  ])("reads entities in the explicit form %s", (_, withSchema) => {
    const attrs = attributesOf(
      {
        ip: extn("ip", "10.0.0.0/8"),
        boss: { __entity: { type: "User", id: "bob" } },
        seen: [extn("datetime", "2024-01-01"), extn("datetime", "2024-01-01")],
        home: { street: "High", rent: extn("decimal", "1.5") },
      },
      withSchema,
    );
    expect(attrs.get("age")).toBe(1n);
    expect(attrs.get("ip")).toMatchObject({ type: "ipaddr" });
    expect(attrs.get("boss")).toMatchObject({ type: "User", id: "bob" });
    expect((attrs.get("seen") as SetValue).elements).toMatchObject([{ type: "datetime", amount: 1704067200000n }]);
    expect((attrs.get("home") as RecordValue).get("rent")).toMatchObject({ type: "decimal", amount: 15000n });
  });

  it("reads what the schema expects from less", () => {
    const attrs = attributesOf({
      ip: "10.0.0.1",
      boss: { type: "User", id: "bob" },
      seen: ["2024-01-01", { fn: "datetime", arg: "2024-01-02" }],
      home: { street: "High", rent: "1.5" },
    });
    expect(attrs.get("ip")).toMatchObject({ type: "ipaddr" });
    expect(attrs.get("boss")).toMatchObject({ type: "User", id: "bob" });
    expect((attrs.get("seen") as SetValue).elements).toHaveLength(2);
    expect((attrs.get("home") as RecordValue).get("rent")).toMatchObject({ amount: 15000n });
  });

  it("takes texts and records for what they are where no schema says otherwise", () => {
    const attrs = attributesOf({ ip: "10.0.0.1", boss: { type: "User", id: "bob" } }, null);
    expect(attrs.get("ip")).toBe("10.0.0.1");
    expect((attrs.get("boss") as RecordValue).get("id")).toBe("bob");
  });

  it("reads instants that are too far off to be written as texts", () => {
    const args = [extn("datetime", "1970-01-01"), extn("duration", "-55819152000000ms")];
    const attrs = attributesOf({ seen: [{ __extn: { fn: "offset", args } }] });
    expect((attrs.get("seen") as SetValue).elements.map((one) => (one as ExtensionValue).amount)).toEqual([
      -55819152000000n,
    ]);
  });

  it("keeps integers of 64 bits", () => {
    for (const age of [LONG_MIN, LONG_MAX]) {
      const text = `[{"uid": {"type": "User", "id": "ann"}, "attrs": {"age": ${age}}, "parents": []}]`;
      const [found] = readEntities(parseJson(text), { names: new Names(), schema });
      expect(found?.attributes.get("age")).toBe(age);
    }
  });

  it("has the tags and the parents, each once", () => {
    const team = { type: "Team", id: "t" };
    const [found] = read([user({}, { tags: { a: "b" }, parents: [team, { __entity: team }] })]);
    expect(found?.tags?.get("a")).toBe("b");
    expect(found?.parents.map(writeUid)).toEqual(['Team::"t"']);
    expect(read([user({}, { tags: {} })])[0]?.tags).toBeNull();
  });

  it("adds the actions of the schema with their groups", () => {
    const parents = new Map(read([]).map((one) => [writeUid(one.uid), one.parents.map(writeUid)]));
    expect(parents).toEqual(
      new Map([
        ['Action::"all"', []],
        ['Action::"read"', ['Action::"all"']],
        ['Action::"open"', ['Action::"read"']],
      ]),
    );
  });

  it.each([
    ["an entity twice that says the same", [user({ home: { street: "a" } }), user({ home: { street: "a" } })]],
    ["a parent two types up", [user({}, { parents: [{ type: "Org", id: "o" }] })]],
    ["members that it does not know", [{ ...user({}), note: "x" }]],
    [
      "an action of the schema with the groups that it is in",
      [
        entity("Action", "open", {
          parents: [
            { type: "Action", id: "read" },
            { type: "Action", id: "all" },
          ],
        }),
      ],
    ],
    [
      "an action of the schema with its nearest group",
      [entity("Action", "open", { parents: [{ type: "Action", id: "read" }] })],
    ],
  ])("accepts %s", (_, entities) => {
    const uids = read(entities).map(({ uid }) => writeUid(uid));
    expect(uids).toHaveLength(new Set(uids).size);
  });

  it.each<[string, readonly object[]]>([
    ["entities[0]", [{ attrs: {}, parents: [] }]],
    ["entities[0]", [{ uid: { type: "Org", id: "o" }, parents: [] }]],
    ["entities[0]", [{ uid: { type: "Org", id: "o" }, attrs: {} }]],
    ["entities[0].uid", [{ uid: 'Org::"o"', attrs: {}, parents: [] }]],
    ["entities[0].uid", [{ uid: { type: "Org" }, attrs: {}, parents: [] }]],
    ["entities[0].uid.type", [entity("Or g", "o")]],
    ["entities[0].uid", [entity("Orc", "o")]],
    ["entities[0].uid", [entity("Color", "green")]],
    ["entities[1]", [user({}), user({ age: 2 })]],
    ["entities[0].attrs", [entity("User", "ann")]],
    ["entities[0].attrs.size", [user({ size: 1 })]],
    ['entities[0].attrs["a b"]', [user({ "a b": 1 })]],
    ["entities[0].attrs.age", [user({ age: "1" })]],
    ["entities[0].attrs.age", [user({ age: 1.5 })]],
    ["entities[0].attrs.age", [user({ age: null })]],
    ["entities[0].attrs.ip", [user({ ip: "nowhere" })]],
    ["entities[0].attrs.ip", [user({ ip: extn("decimal", "1.0") })]],
    ["entities[0].attrs.ip.__extn", [user({ ip: extn("ip", 1) })]],
    ["entities[0].attrs.boss", [user({ boss: { type: "Team", id: "t" } })]],
    ["entities[0].attrs.boss", [user({ boss: 'User::"bob"' })]],
    ["entities[0].attrs.likes", [user({ likes: { type: "Color", id: "green" } })]],
    ["entities[0].attrs.may", [user({ may: { type: "Action", id: "sleep" } })]],
    ["entities[0].attrs.seen", [user({ seen: "2024-01-01" })]],
    ["entities[0].attrs.seen[1]", [user({ seen: ["2024-01-01", "2024-13-01"] })]],
    ["entities[0].attrs.home", [user({ home: { rent: "1.0" } })]],
    ["entities[0].attrs.home.floor", [user({ home: { street: "a", floor: 1 } })]],
    ["entities[0].tags", [user({}, { tags: null })]],
    ["entities[0].tags.a", [user({}, { tags: { a: 1 } })]],
    ["entities[0].tags.a", [entity("Org", "o", { tags: { a: "b" } })]],
    ["entities[1].parents[0]", [user({}), entity("Team", "t", { parents: [{ type: "User", id: "ann" }] })]],
    ["entities[0].parents[0]", [user({}, { parents: [{ type: "Color", id: "green" }] })]],
    ["entities[0].uid", [entity("Action", "sleep")]],
    ["entities[0]", [entity("Action", "open")]],
    ["entities[0]", [entity("Action", "open", { parents: [{ type: "Action", id: "all" }] })]],
    ["entities[0]", [entity("Action", "all", { attrs: { a: 1 } })]],
    ["entities[0].parents[0]", [entity("Action", "all", { parents: [{ type: "Org", id: "o" }] })]],
  ])("refuses at %s: %j", (path, entities) => {
    expect(() => read(entities)).toThrow(expect.objectContaining({ name: "DataError", path }));
  });

  it.each<[string, readonly object[]]>([
    ["entities[0].attrs.age.__extn", [user({ age: extn("moon", "x") })]],
    ["entities[0].attrs.age.__entity", [user({ age: { __entity: "x" } })]],
    ["entities[0].attrs.age", [user({ age: { __entity: { type: "T", id: "x" }, more: 1 } })]],
    ["entities[0].attrs.age", [user({ age: { __expr: "1" } })]],
    ["entities[0].attrs.age[1]", [user({ age: [1, null] })]],
    ["entities[0].parents[0]", [entity("Action", "a", { parents: [{ type: "Org", id: "o" }] })]],
    [
      "entities[1]",
      [
        entity("A", "far", { parents: [{ type: "A", id: "loop" }] }),
        entity("A", "loop", { parents: [{ type: "A", id: "back" }] }),
        entity("A", "back", { parents: [{ type: "A", id: "loop" }] }),
      ],
    ],
    ["entities[0]", [entity("A", "a", { parents: [{ type: "A", id: "a" }] })]],
  ])("refuses without a schema at %s: %j", (path, entities) => {
    expect(() => read(entities, null)).toThrow(expect.objectContaining({ name: "DataError", path }));
  });

  it("follows a long chain of parents without recursion", () => {
    const chain = Array.from({ length: 20_000 }, (_, at) =>
      entity("A", `${at}`, { parents: [{ type: "A", id: `${at + 1}` }] }),
    );
    expect(read(chain, null)).toHaveLength(20_000);
  });
});
