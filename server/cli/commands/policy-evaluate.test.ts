import { describe, expect, it } from "vitest";
import { bareTerminal } from "@/server/testing/terminal";
import { run } from "../run";
import { answerLine, readQuestion } from "./policy-line";

const SCHEMA = `
entity User { level: Long };
entity File;
action view appliesTo { principal: User, resource: File, context: { size?: Long } };
`;
const JSON_SCHEMA = JSON.stringify({
  "": {
    entityTypes: { User: { shape: { type: "Record", attributes: { level: { type: "Long" } } } }, File: {} },
    actions: { view: { appliesTo: { principalTypes: ["User"], resourceTypes: ["File"] } } },
  },
});
const ANA = `{"uid":{"type":"User","id":"ana"},"attrs":{"level":9007199254740993},"parents":[]}`;
const PERMIT = "permit (principal, action, resource);";

const request = (more = "", principal = "ana") =>
  `{"principal":{"type":"User","id":"${principal}"},"action":{"type":"Action","id":"view"},"resource":{"type":"File","id":"f"},"context":{}${more}}`;

const question = (given: Record<string, unknown> = {}) =>
  JSON.stringify({ policies: PERMIT, schema: SCHEMA, entitiesJson: `[${ANA}]`, requestsJson: [request()], ...given });

async function evaluate(...lines: readonly string[]) {
  const { code, out, err } = await bareTerminal(lines.join("\n")).run(["policy", "evaluate", "--stdin"]);
  return {
    code,
    err,
    answers: out
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  };
}

const allowed = { decision: "allow", reason: ["policy0"], errors: [] };

describe("swarm policy evaluate --stdin", () => {
  it("answers each line with a line, in order", async () => {
    const done = await evaluate(question(), question({ policies: "" }), question({ requestsJson: [] }));
    expect(done).toEqual({
      code: 0,
      err: "",
      answers: [
        { validates: true, results: [allowed] },
        { validates: true, results: [{ decision: "deny", reason: [], errors: [] }] },
        { validates: true, results: [] },
      ],
    });
  });

  it.each<[string, Record<string, unknown>, unknown]>([
    [
      "policies that do not follow the schema",
      { policies: `${PERMIT} permit (principal, action, resource) when { principal.nope };` },
      {
        validates: false,
        results: [{ decision: "allow", reason: ["policy0"], errors: ["policy1"] }],
      },
    ],
    [
      "a forbid among many, by number",
      { policies: `${PERMIT.repeat(3)} ${PERMIT.replace("permit", "forbid").repeat(9)}` },
      {
        validates: true,
        results: [{ decision: "deny", reason: Array.from({ length: 9 }, (_, at) => `policy${at + 3}`), errors: [] }],
      },
    ],
    [
      "a template, which counts and decides nothing",
      { policies: `permit (principal == ?principal, action, resource); ${PERMIT}` },
      {
        validates: true,
        results: [{ decision: "allow", reason: ["policy1"], errors: [] }],
      },
    ],
    ["a schema in JSON", { schema: JSON_SCHEMA }, { validates: true, results: [allowed] }],
    [
      "no schema",
      { schema: "", policies: `${PERMIT} permit (principal, action, resource) when { resource.nope };` },
      {
        validates: true,
        results: [{ decision: "allow", reason: ["policy0"], errors: ["policy1"] }],
      },
    ],
    ["a schema that is left out", { schema: undefined }, { validates: true, results: [allowed] }],
  ])("knows %s", async (_, given, answer) => {
    expect(await evaluate(question(given))).toEqual({ code: 0, err: "", answers: [answer] });
  });

  it.each([
    ["9007199254740993", "allow"],
    ["9007199254740992", "deny"],
    ["9007199254740994", "deny"],
  ])("does not round integers: of %s in a policy the answer is %s", async (level, decision) => {
    const policies = `permit (principal, action, resource) when { principal.level == ${level} };`;
    const { answers } = await evaluate(question({ policies }));
    expect(answers).toMatchObject([{ results: [{ decision }] }]);
  });

  it("takes the greatest integer of a context, and says where a greater one stands", async () => {
    const policies = "permit (principal, action, resource) when { context.size == 9223372036854775807 };";
    const sized = (size: string) => request().replace(`"context":{}`, `"context":{"size":${size}}`);
    const { answers } = await evaluate(
      question({ policies, requestsJson: [sized("9223372036854775807"), sized("9223372036854775808")] }),
    );
    expect(answers[0].results).toEqual([
      allowed,
      { decision: "deny", reason: [], errors: [], error: expect.stringMatching(/^context\.size: /) },
    ]);
  });

  it.each([
    ["policies", { policies: `${PERMIT}\npermit (principal, action);` }, /^policies:2:\d+ /],
    [
      "policies, with all that is wrong",
      { policies: "permit (x);".repeat(99) },
      /^policies:1:9 .*; policies:1:20 .*; and \d+ more$/,
    ],
    ["a schema", { schema: "entity User;\nentity Fil" }, /^schema:2:\d+ /],
    ["a schema in JSON", { schema: `{"":{}` }, /^schema:1:7 /],
    ["entities that are not JSON", { entitiesJson: "[{]" }, /^entities: .* at offset 2$/],
    [
      "entities that do not follow the schema",
      { entitiesJson: `[${ANA.replace("9007199254740993", '"high"')}]` },
      /^entities\[0\]\.attrs\.level: /,
    ],
  ])("says what is wrong with %s and where, and goes on", async (_, given, error) => {
    const done = await evaluate(question(given), question());
    expect(done).toMatchObject({ code: 0, err: "" });
    expect(done.answers).toEqual([
      { validates: "entitiesJson" in given, error: expect.stringMatching(error), results: [] },
      { validates: true, results: [allowed] },
    ]);
  });

  it.each([
    ["that is not JSON", "{", /^request: .* at offset 1$/],
    ["that is no object", "[]", /^request: /],
    ["without a principal", `{"action":{"type":"Action","id":"view"}}`, /^principal: /],
    ["with an action that is unknown", request().replace("view", "fly"), /^action: /],
    ["that does not follow the schema", request().replace(`"File"`, `"User"`), /^resource: /],
    ["that says so of itself", request(`,"validateRequest":true`).replace(`"File"`, `"User"`), /^resource: /],
    ["that says nothing of use of it", request(`,"validateRequest":"no"`), /^validateRequest: /],
  ])("denies a request %s, says why, and goes on", async (_, bad, error) => {
    const done = await evaluate(question({ requestsJson: [request(), bad, request("", "ben")] }));
    expect(done).toMatchObject({ code: 0, err: "" });
    const refused = { decision: "deny", reason: [], errors: [], error: expect.stringMatching(error) };
    expect(done.answers).toEqual([{ validates: true, results: [allowed, refused, allowed] }]);
  });

  it("asks a request that does not follow the schema when it is told not to mind", async () => {
    const stray = request(`,"validateRequest":false`).replace(`"File"`, `"User"`);
    expect((await evaluate(question({ requestsJson: [stray] }))).answers).toEqual([
      { validates: true, results: [allowed] },
    ]);
  });

  it.each([
    ["is not JSON", "{", /^not JSON: .* at offset 1$/],
    ["is no object", "[]", /object/],
    ["has a member twice", `{"policies":"","policies":""}`, /twice/],
    ["has no policies", question({ policies: undefined }), /^policies /],
    ["has a schema that is no text", question({ schema: {} }), /^schema /],
    ["has entities that are no text", question({ entitiesJson: [] }), /^entitiesJson /],
    ["has requests that are no array", question({ requestsJson: request() }), /^requestsJson /],
    ["has requests that are no texts", question({ requestsJson: [{}] }), /^requestsJson /],
  ])("answers a line that %s, goes on, and ends with 1", async (_, line, error) => {
    const done = await evaluate(question(), line, question());
    expect(done.code).toBe(1);
    expect(done.err).toMatch(/^swarm: line 2: [^\n]+\n$/);
    expect(done.answers).toEqual([
      { validates: true, results: [allowed] },
      { validates: false, error: expect.stringMatching(error), results: [] },
      { validates: true, results: [allowed] },
    ]);
  });

  it("writes the answer to a line before it reads the next, and reads on only when there is room", async () => {
    const order: string[] = [];
    const unused = () => Promise.reject(new Error("not here"));
    async function* input(): AsyncGenerator<Uint8Array> {
      for (const number of [1, 2, 3]) {
        order.push(`read ${number}`);
        yield Buffer.from(`${question()}\n`);
      }
    }
    const code = await run(["policy", "evaluate", "--stdin"], {
      out: async () => {
        order.push("write");
        await new Promise((resolve) => setImmediate(resolve));
        order.push("room");
      },
      err: (text) => void order.push(text),
      input,
      withContext: unused,
      withNewInstallation: unused,
      trustDomain: () => "swarm.local",
      stopSignal: () => new AbortController().signal,
    });
    expect(code).toBe(0);
    expect(order).toEqual([1, 2, 3].flatMap((number) => [`read ${number}`, "write", "room"]));
  });

  it("hands a long answer over in pieces", async () => {
    const text = question({ requestsJson: Array.from({ length: 5_000 }, () => request()) });
    const pieces = [...answerLine(readQuestion({ number: 1, text }))];
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
    expect(JSON.parse(pieces.join(""))).toEqual({
      validates: true,
      results: Array.from({ length: 5_000 }, () => allowed),
    });
  });

  it("is not understood without --stdin", async () => {
    expect(await bareTerminal().run(["policy", "evaluate"])).toMatchObject({ code: 2, out: "" });
  });
});
