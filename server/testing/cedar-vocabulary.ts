/** The names that generated policies, entities and requests are made of: few, so that they meet. */

/** What an attribute holds. Plurals are sets. */
export type Kind =
  | "bool"
  | "long"
  | "string"
  | "entity"
  | "decimal"
  | "ip"
  | "datetime"
  | "duration"
  | "longs"
  | "strings"
  | "entities"
  | "record";

/** Kinds that are written as calls with a text. */
export type Extension = Extract<Kind, "decimal" | "ip" | "datetime" | "duration">;

/** Attributes of every entity and of the context, all of them optional. The record is `DETAILS`. */
export const ATTRIBUTES: Readonly<Record<string, Kind>> = {
  flag: "bool",
  if: "bool",
  constructor: "bool" as const,
  level: "long",
  "odd name": "long",
  ["__proto__"]: "long",
  name: "string",
  größe: "string",
  owner: "entity",
  nums: "longs",
  labels: "strings",
  groups: "entities",
  details: "record",
  price: "decimal",
  addr: "ip",
  at: "datetime",
  span: "duration",
};

/** What is in `details`, all of it optional; `inner` has `ok`, `word` and `owner`. */
export const DETAILS: Readonly<Record<string, Kind>> = { count: "long", word: "string", ok: "bool", owner: "entity" };
export const INNER: Readonly<Record<string, Kind>> = { ok: "bool", word: "string", owner: "entity", left: "duration" };

export const TYPES = ["User", "Group", "Doc", "App::Node", "Lab::Node"] as const;
export const COLORS = ["red", "größe", ""] as const;

/** Actions and the groups that each is in; those of `App` are in a namespace. */
export const ACTIONS: readonly (readonly [type: string, id: string, parents: readonly string[]])[] = [
  ["Action", "read", ["some", "all"]],
  ["Action", "write", ["all"]],
  ["Action", "größe löschen", ["some"]],
  ["Action", "some", ["every\\thing"]],
  ["Action", "all", []],
  ["Action", "every\\thing", []],
  ["App::Action", "run", ["base"]],
  ["App::Action", "base", []],
];

/** The types and actions above, as a schema. */
export const SCHEMA = schemaText();

function schemaText(): string {
  const inner = "{ ok?: Bool, word?: String, owner?: User, left?: duration }";
  const shape = `{
  flag?: Bool, "if"?: Bool, constructor?: Bool, level?: Long, "odd name"?: Long, "__proto__"?: Long,
  name?: String, "größe"?: String, owner?: User, nums?: Set<Long>, labels?: Set<String>, groups?: Set<Group>,
  details?: { count?: Long, word?: String, ok?: Bool, owner?: User, inner?: ${inner} },
  price?: decimal, addr?: ipaddr, at?: datetime, span?: duration
}`;
  const parents = `in [${TYPES.join(", ")}]`;
  const entity = (name: string) => `entity ${name} ${parents} ${shape} tags String;`;
  const applies = `appliesTo { principal: [User, App::Node, Group], resource: [Doc, User, Lab::Node, Color], context: ${shape} }`;
  const actions = (type: string) =>
    ACTIONS.filter(([ofType]) => ofType === type).map(([, id, groups]) => {
      const within = groups.length > 0 ? ` in [${groups.map((group) => JSON.stringify(group)).join(", ")}]` : "";
      return `action ${JSON.stringify(id)}${within} ${applies};`;
    });
  return [
    ...["User", "Group", "Doc"].map(entity),
    `entity Color enum [${COLORS.map((color) => JSON.stringify(color)).join(", ")}];`,
    ...actions("Action"),
    "namespace App {",
    entity("Node"),
    ...actions("App::Action"),
    "}",
    `namespace Lab { ${entity("Node")} }`,
  ].join("\n");
}
