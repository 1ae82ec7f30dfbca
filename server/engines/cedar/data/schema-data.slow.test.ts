import { schemaToJson, schemaToJsonWithResolvedTypes } from "@cedar-policy/cedar-wasm/nodejs";
import { describe, expect, it } from "vitest";
import { cedarCorpus, hasCorpus, NO_CORPUS } from "@/server/testing/cedar-corpus";
import { DataError } from "./data-error";
import { readEntities } from "./entities-json";
import { parseJson } from "../syntax/json";
import { readRequest } from "./request-json";
import { parseSchemaJson } from "../schema/schema-json";
import { parseSchemaText } from "../schema/schema-text";
import { Names } from "../values/value";

describe("the schemas and data of the conformance tests", () => {
  it("are read, every one: schemas, entities and requests", async (test) => {
    if (!hasCorpus) return test.skip(NO_CORPUS);
    const tests = (await cedarCorpus()) ?? [];
    const wrong = tests.flatMap(({ name, schema: text, entities, requests }) => {
      const { schema, problems } = parseSchemaText(text);
      if (!schema) return [`${name}: ${problems[0]?.message}`];
      const names = new Names();
      const refusals = [
        refusal(() => readEntities(parseJson(entities), { names, schema })),
        ...requests.map(({ json, validateRequest }) =>
          refusal(() => readRequest(parseJson(json), { names, schema, validate: validateRequest })),
        ),
      ];
      return refusals.filter((one) => one !== null).map((one) => `${name}: ${one}`);
    });
    expect(tests.length).toBeGreaterThan(3_900);
    expect(wrong).toEqual([]);
  });

  it("have schemas that mean the same in JSON, as it is written and with its names resolved by the reference", async (test) => {
    if (!hasCorpus) return test.skip(NO_CORPUS);
    const tests = (await cedarCorpus()) ?? [];
    const texts = [...new Set(tests.map(({ schema }) => schema))];
    let compared = 0;
    for (const text of texts) {
      const { schema } = parseSchemaText(text);
      for (const answer of [schemaToJson(text), schemaToJsonWithResolvedTypes(text)]) {
        if (answer.type === "failure") throw new Error(answer.errors[0]?.message);
        expect(parseSchemaJson(JSON.stringify(answer.json)).schema).toEqual(schema);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(1_000);
  });
});

function refusal(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
}
