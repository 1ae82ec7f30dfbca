import { PolicyEngine } from "./evaluation/engine";
import type { Schema } from "./schema/schema";
import type { Tree } from "./syntax/syntax";
import { entitiesOf, isError, policiesOf, requestOf, schemaOf, TextRefused, treeOf } from "./texts";
import { validatePolicies } from "./validation/validate";
import { Names } from "./values/value";

/** What became of one request, in the words of Cedar's own conformance tests. */
export interface TextResult {
  readonly decision: "allow" | "deny";
  /** Ids of the policies that made the decision, in the order of their appearance. */
  readonly reason: readonly string[];
  /** Ids of the policies that erred, in the same order. */
  readonly errors: readonly string[];
  /** Why the request could not be asked; it is denied then. */
  readonly error?: string;
}

/** An engine for what is given as text: policies, a schema, entities, requests, as `texts.ts` reads them. */
export class TextEngine {
  readonly #names = new Names();
  readonly #engine = new PolicyEngine({ names: this.#names });
  readonly #tree: Tree;
  readonly #schema: Schema | null;

  /**
   * @param schema in either of its forms; blank for none
   * @throws {TextRefused} when one of the two has an error
   */
  constructor(policies: string, schema: string) {
    this.#tree = treeOf(policies);
    this.#schema = schemaOf(schema);
    this.#engine.setPolicies(policiesOf(this.#tree));
  }

  /** Whether the policies follow the schema. Without a schema there is nothing that they could fail to follow. */
  validate(): boolean {
    return this.#schema === null || !validatePolicies(this.#tree, this.#schema).some(isError);
  }

  /** Replaces the entities: a JSON array. @throws {TextRefused} when it cannot be read, or does not follow the schema */
  setEntities(json: string): void {
    this.#engine.setEntities(entitiesOf(json, { names: this.#names, schema: this.#schema }));
  }

  /** Answers a request: a JSON object. */
  answer(json: string): TextResult {
    try {
      const { epoch } = this.#engine;
      const { decision, reasons, errors } = epoch.answer(requestOf(json, { names: this.#names, schema: this.#schema }));
      return { decision, reason: inOrder(reasons), errors: inOrder(errors.map(({ policyId }) => policyId)) };
    } catch (error) {
      if (error instanceof TextRefused) return { decision: "deny", reason: [], errors: [], error: error.message };
      throw error;
    }
  }
}

/** `policy2` before `policy10`. */
function inOrder(ids: readonly string[]): readonly string[] {
  const placeOf = (id: string) => Number(id.slice("policy".length));
  return ids.toSorted((a, b) => placeOf(a) - placeOf(b));
}
