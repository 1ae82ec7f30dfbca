// The reference implementation of Cedar in a process of its own, which may hang, trap or be killed. See cedar-wasm.ts.
import * as cedar from "@cedar-policy/cedar-wasm/nodejs";

/** The package hands every call to WebAssembly as `JSON.stringify` writes it, which would round integers beyond 2⁵³. */
class RawJson {
  constructor(/** @type {string} */ text) {
    this.text = text;
  }
}

const stringify = JSON.stringify;
JSON.stringify = (/** @type {unknown} */ value, /** @type {any[]} */ ...rest) =>
  value instanceof RawJson ? value.text : stringify(value, ...rest);

/** The one that was parsed last: many questions have the same. @type {string | null} */
let lastSchema = null;

process.on(
  "message",
  (/** @type {import("./cedar-wasm").Question | import("./cedar-wasm").ValidationQuestion} */ question) => {
    process.send?.("requests" in question ? answer(question) : validation(question));
  },
);

/** @returns {import("./cedar-wasm").ReferenceValidation} */
function validation(/** @type {import("./cedar-wasm").ValidationQuestion} */ { policies, schema }) {
  const validated = cedar.validate({
    policies: { staticPolicies: policies },
    schema,
    validationSettings: { mode: "strict" },
  });
  if (validated.type === "failure") return { refused: messageOf(validated.errors) };
  const told = (/** @type {import("@cedar-policy/cedar-wasm/nodejs").ValidationError[]} */ problems) =>
    problems.map(({ policyId, error }) => ({ policyId, message: error.message }));
  return { errors: told(validated.validationErrors), warnings: told(validated.validationWarnings) };
}

/** @returns {import("./cedar-wasm").ReferenceAnswers} */
function answer(/** @type {import("./cedar-wasm").Question} */ { policies, schema, entities, requests }) {
  const parsed = cedar.preparsePolicySet("asked", { staticPolicies: policies });
  if (parsed.type === "failure") return { refused: messageOf(parsed.errors) };
  if (schema !== null && schema !== lastSchema) {
    const resolved = cedar.preparseSchema("asked", schema);
    if (resolved.type === "failure") return { refused: messageOf(resolved.errors) };
    lastSchema = schema;
  }
  return {
    results: requests.map(({ json, validateRequest }) => {
      const bySchema = schema === null ? "" : `"preparsedSchemaName":"asked","validateRequest":${validateRequest},`;
      const call = `{${bySchema}"preparsedPolicySetId":"asked","entities":${entities},${json.trim().slice(1)}`;
      return resultOf(cedar.statefulIsAuthorized(/** @type {any} */ (new RawJson(call))));
    }),
  };
}

/** @returns {import("./cedar-wasm").ReferenceResult} */
function resultOf(/** @type {import("@cedar-policy/cedar-wasm/nodejs").AuthorizationAnswer} */ answered) {
  if (answered.type === "failure") return { refused: messageOf(answered.errors) };
  const { decision, diagnostics } = answered.response;
  const errors = diagnostics.errors.map(({ policyId }) => policyId);
  return { decision, reason: diagnostics.reason.toSorted(), errors: errors.toSorted() };
}

function messageOf(/** @type {readonly { message: string }[]} */ errors) {
  return errors.map(({ message }) => message).join("; ");
}
