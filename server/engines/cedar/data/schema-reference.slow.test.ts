import {
  checkParseEntities,
  checkParseSchema,
  type Entities,
  isAuthorized,
  type Schema as SchemaForm,
  schemaToJson,
} from "@cedar-policy/cedar-wasm/nodejs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataError } from "./data-error";
import { readEntities } from "./entities-json";
import { parseJson } from "../syntax/json";
import { tokenize } from "../syntax/lexer";
import { readRequest } from "./request-json";
import { parseSchemaJson } from "../schema/schema-json";
import { parseSchemaText } from "../schema/schema-text";
import { Names } from "../values/value";

const TEXT = `
namespace N {
  type T = { a: Long, b?: Set<X>, c?: ipaddr };
  entity X in [Y, Z] = { t: T, u?: U } tags String;
  entity Y enum ["a", "b"];
  entity Z;
  action a, b in [g] appliesTo { principal: X, resource: [X, Y], context: T };
  action g in Action::"top";
}
action top;
@doc("x") type U = __cedar::datetime;
entity V in N::Z { y: N::Y, "long name"?: Bool };
`;

const DATA: readonly Tree[] = [
  {
    uid: { type: "N::X", id: "1" },
    attrs: {
      t: { a: 1, b: [{ type: "N::X", id: "2" }], c: "10.0.0.1" },
      u: { __extn: { fn: "datetime", arg: "2024-01-01" } },
    },
    tags: { k: "v" },
    parents: [{ type: "N::Y", id: "a" }, { __entity: { type: "N::Z", id: "z" } }],
  },
  { uid: { type: "V", id: "1" }, attrs: { y: { type: "N::Y", id: "b" }, "long name": true }, parents: [] },
  { uid: { type: "N::Z", id: "z" }, attrs: {}, parents: [] },
  { uid: { type: "N::Action", id: "g" }, attrs: {}, parents: [{ type: "Action", id: "top" }] },
];

const REQUEST: { [name: string]: Tree } = {
  principal: { type: "N::X", id: "1" },
  action: { type: "N::Action", id: "a" },
  resource: { type: "N::Y", id: "b" },
  context: { a: 1, b: [{ type: "N::X", id: "2" }], c: { fn: "ip", arg: "10.0.0.1" } },
};

type Tree = null | boolean | number | string | Tree[] | { [name: string]: Tree };

/** What happens to one of the arrays and objects of a tree; the numbers are taken by the remainder. */
interface Change {
  readonly place: number;
  readonly deed: "remove" | "replace" | "add";
  readonly word: number;
  readonly value: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  place: fc.nat(),
  deed: fc.constantFrom("remove", "replace", "add"),
  word: fc.nat(),
  value: fc.nat(),
});

describe("the reference, of what is changed at random,", () => {
  it("accepts just the same schemas in the schema language", () => {
    const tokens = tokenize(TEXT).map(({ text }) => text);
    const words = [...tokens, "Set", "enum", "?", "Action", "Bool", "__cedar", "if"];
    const edit = fc.record({
      at: fc.nat({ max: tokens.length - 1 }),
      removed: fc.nat({ max: 1 }),
      added: fc.array(fc.constantFrom(...words), { maxLength: 1 }),
    });
    const found = disagreement(fc.array(edit, { minLength: 1, maxLength: 2 }), (edits) => {
      const changed = [...tokens];
      for (const { at, removed, added } of edits) changed.splice(at, removed, ...added);
      const text = changed.join(" ");
      return [text, parseSchemaText(text).schema !== null, checkParseSchema(text).type === "success"];
    });
    expect(found).toBeNull();
  });

  it("accepts just the same schemas in JSON", () => {
    const converted = schemaToJson(TEXT);
    if (converted.type === "failure") throw new Error("the reference refuses the schema");
    const words =
      "type name element attributes required enum shape tags memberOf annotations context id X T N::X Long".split(" ");
    /** No arrays: the reference takes one for an object, its elements for the members in some order. */
    const values: readonly Tree[] = [1, null, true, {}, "X", "T", "Long", "Action", { type: "Long" }, { type: "T" }];
    const found = disagreement(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) => {
      const form = changed(converted.json as unknown as Tree, changes, words, values);
      const theirs = checkParseSchema(form as unknown as SchemaForm).type === "success";
      return [form, parseSchemaJson(JSON.stringify(form)).schema !== null, theirs];
    });
    expect(found).toBeNull();
  });

  it("accepts just the same entities", () => {
    const { schema } = parseSchemaText(TEXT);
    const words = "uid attrs parents tags type id a b c t u y k z fn".split(" ");
    const found = disagreement(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) => {
      const data = changed([...DATA], changes, words, VALUES);
      const ours = isTaken(() => readEntities(parseJson(JSON.stringify(data)), { names: new Names(), schema }));
      return [
        data,
        ours,
        checkParseEntities({ entities: data as unknown as Entities, schema: TEXT }).type === "success",
      ];
    });
    expect(found).toBeNull();
  });

  it("accepts just the same requests", () => {
    const { schema } = parseSchemaText(TEXT);
    const words = "type id a b c t fn arg".split(" ");
    const found = disagreement(
      fc.tuple(fc.array(change, { minLength: 1, maxLength: 2 }), fc.boolean()),
      ([changes, validate]) => {
        const {
          principal,
          action,
          resource,
          context = {},
        } = changed(REQUEST, changes, words, VALUES) as typeof REQUEST;
        const request = { principal, action, resource, context };
        const json = parseJson(JSON.stringify(request));
        const ours = isTaken(() => readRequest(json, { names: new Names(), schema, validate }));
        const call = { policies: { staticPolicies: "" }, entities: [], schema: TEXT, validateRequest: validate };
        const theirs = isAuthorizable({ ...(request as unknown as Call), ...call });
        return [request, ours, theirs];
      },
    );
    expect(found).toBeNull();
  });
});

/** Changed data is filled from these. Numbers that are no integers are left out: JavaScript has no other `1.0`. */
const VALUES: readonly Tree[] = [
  1,
  null,
  true,
  [],
  {},
  "x",
  "a",
  "N::X",
  "N::Y",
  "N::Z",
  "10.0.0.1",
  { type: "N::Y", id: "a" },
];

type Call = Parameters<typeof isAuthorized>[0];

/** The reference throws where a member of the call itself is missing. */
function isAuthorizable(call: Call): boolean {
  try {
    return isAuthorized(call).type === "success";
  } catch {
    return false;
  }
}

function isTaken(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}

/** On which of many inputs the two are not of one mind; null when on none. Each has some to accept and some to refuse. */
function disagreement<T>(
  inputs: fc.Arbitrary<T>,
  both: (input: T) => [what: unknown, ours: boolean, theirs: boolean],
): string | null {
  let last = "";
  const seen = new Set<boolean>();
  const agree = fc.property(inputs, (input) => {
    const [what, ours, theirs] = both(input);
    seen.add(theirs);
    last = `${ours ? "taken" : "refused"} here: ${JSON.stringify(what)}`;
    return ours === theirs;
  });
  const { failed, errorInstance, seed } = fc.check(agree, { numRuns: 2_000 });
  if (errorInstance) throw errorInstance;
  if (failed) return `${last} (seed ${seed})`;
  return seen.size === 2 ? null : "nothing was compared";
}

function changed(tree: Tree, changes: readonly Change[], words: readonly string[], values: readonly Tree[]): Tree {
  const copy = structuredClone(tree);
  for (const { place, deed, word, value } of changes) {
    const all = holdersIn(copy);
    const holder = all[place % all.length];
    const put = structuredClone(values[value % values.length] ?? null);
    if (Array.isArray(holder)) {
      if (deed === "add") holder.push(put);
      else holder.splice(word % (holder.length + 1), 1, ...(deed === "replace" ? [put] : []));
    } else if (holder) {
      const names = Object.keys(holder);
      const name = (deed === "add" ? words[word % words.length] : names[word % names.length]) ?? "";
      if (deed === "remove") delete holder[name];
      else holder[name] = put;
    }
  }
  return copy;
}

/** Every array and object of a tree. */
function holdersIn(tree: Tree): (Tree[] | { [name: string]: Tree })[] {
  if (tree === null || typeof tree !== "object") return [];
  return [tree, ...Object.values(tree).flatMap(holdersIn)];
}
