import { afterAll, expect, it } from "vitest";
import { CedarReference } from "./cedar-wasm";

const reference = new CedarReference();
afterAll(() => reference.close());

const REQUEST = {
  json: `{"principal":{"type":"U","id":"a"},"action":{"type":"Action","id":"a"},"resource":{"type":"U","id":"b"},"context":{"big":9223372036854775807}}`,
  validateRequest: false,
};
const question = (policies: string) => ({ policies, schema: null, entities: "[]", requests: [REQUEST] });

it("asks the reference, whose integers keep their 64 bits", async () => {
  const policies = `
    permit(principal, action, resource) when { context.big == 9223372036854775807 };
    permit(principal, action, resource) when { context.big + 1 > 0 };`;
  expect(await reference.ask(question(policies))).toEqual({
    results: [{ decision: "allow", reason: ["policy0"], errors: ["policy1"] }],
  });
});

it("tells policies, schemas, entities and requests that the reference refuses", async () => {
  expect(await reference.ask(question("permit(principal, action)"))).toHaveProperty("refused");
  expect(await reference.ask({ ...question(""), schema: "entity" })).toHaveProperty("refused");
  const inData = [{ refused: expect.any(String) }];
  expect(await reference.ask({ ...question(""), entities: '[{"uid":1}]' })).toEqual({ results: inData });
  const schema = "entity U; action a appliesTo { principal: U, resource: U, context: {} };";
  expect(await reference.ask({ ...question(""), schema })).toEqual({ results: inData });
});

it("asks its validator, which tells problems by policy", async () => {
  const schema = "entity U { n: Long }; action a appliesTo { principal: U, resource: U };";
  const policies = `
    permit(principal, action, resource) when { principal.n == 1 };
    permit(principal, action, resource) when { principal.m == 1 };
    permit(principal, action, resource) when { false };`;
  expect(await reference.validate({ policies, schema })).toEqual({
    errors: [{ policyId: "policy1", message: expect.stringContaining("`m`") }],
    warnings: [{ policyId: "policy2", message: expect.stringContaining("impossible") }],
  });
  expect(await reference.validate({ policies, schema: "entity" })).toHaveProperty("refused");
});

it("kills what takes too long, and asks another process the next question", async () => {
  const slow = { ...question(""), requests: new Array<typeof REQUEST>(200_000).fill(REQUEST) };
  expect(await reference.ask(slow, 300)).toBe("killed");
  expect(await reference.ask(question(""))).toEqual({ results: [{ decision: "deny", reason: [], errors: [] }] });
});
