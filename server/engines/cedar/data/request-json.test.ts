import { describe, expect, it } from "vitest";
import { parseJson } from "../syntax/json";
import { readRequest } from "./request-json";
import { parseSchemaText } from "../schema/schema-text";
import { Names, type RecordValue } from "../values/value";

const { schema } = parseSchemaText(`
  entity User, Team;
  entity Door enum ["front", "back"];
  action open appliesTo {
    principal: User,
    resource: [Door, Team],
    context: { from: ipaddr, by?: User, at?: { hour: Long } },
  };
  action never;
`);

const REQUEST = {
  principal: { type: "User", id: "ann" },
  action: { type: "Action", id: "open" },
  resource: { type: "Door", id: "front" },
  context: { from: "10.0.0.1" },
};

function read(change: object, options: { validate: boolean; schema?: null }) {
  const json = parseJson(JSON.stringify({ ...REQUEST, ...change }));
  return readRequest(json, { names: new Names(), schema, ...options });
}

describe("readRequest", () => {
  it("reads a request that the schema allows", () => {
    const by = { type: "User", id: "bob" };
    const request = read(
      { principal: { __entity: REQUEST.principal }, context: { from: "10.0.0.1", by } },
      { validate: true },
    );
    expect(request).toMatchObject({ ...REQUEST, context: {} });
    expect(request.context.get("from")).toMatchObject({ type: "ipaddr" });
    expect(request.context.get("by")).toMatchObject(by);
  });

  it("reads any request without a schema, and an empty context where there is none", () => {
    const request = read({ action: { type: "Any", id: "x" } }, { validate: true, schema: null });
    expect(request.context.get("from")).toBe("10.0.0.1");
    const bare = read({ context: undefined }, { validate: true, schema: null });
    expect((bare.context as RecordValue).shape.names).toEqual([]);
  });

  it.each<[string, object]>([
    ["principal", { principal: undefined }],
    ["principal", { principal: 'User::"ann"' }],
    ["principal.type", { principal: { type: "Us er", id: "ann" } }],
    ["action", { action: { type: "Action", id: "shut" } }],
    ["context", { context: [] }],
    ["context", { context: null }],
    ["context", { context: {} }],
    ["context.to", { context: { from: "10.0.0.1", to: 1 } }],
    ["context.from", { context: { from: "nowhere" } }],
    ["context.at", { context: { from: "10.0.0.1", at: {} } }],
    ["context.z", { action: { type: "Action", id: "never" }, context: { z: 1 } }],
  ])("refuses at %s whether it is asked to validate or not: %j", (path, change) => {
    for (const validate of [true, false]) {
      expect(() => read(change, { validate })).toThrow(expect.objectContaining({ name: "DataError", path }));
    }
  });

  it.each<[string, object]>([
    ["principal", { principal: { type: "Team", id: "t" } }],
    ["principal", { principal: { type: "Nobody", id: "n" } }],
    ["resource", { resource: { type: "User", id: "ann" } }],
    ["resource", { resource: { type: "Door", id: "side" } }],
    ["action", { action: { type: "Action", id: "never" }, context: {} }],
    ["context.by", { context: { from: "10.0.0.1", by: { type: "Team", id: "t" } } }],
    ["context.at.hour", { context: { from: "10.0.0.1", at: { hour: "1" } } }],
  ])("refuses at %s only when it is asked to validate: %j", (path, change) => {
    expect(() => read(change, { validate: true })).toThrow(expect.objectContaining({ name: "DataError", path }));
    expect(() => read(change, { validate: false })).not.toThrow();
  });

  it("takes no entity for a context", () => {
    const context = { __entity: { type: "User", id: "ann" } };
    expect(() => read({ context }, { validate: false, schema: null })).toThrow(
      expect.objectContaining({ name: "DataError", path: "context" }),
    );
  });
});
