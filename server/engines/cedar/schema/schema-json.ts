import { type Located, LocatedJson, type Member } from "./located-json";
import type { Range } from "../syntax/problem";
import { resolveSchema } from "./resolve-schema";
import type { ExtensionName, Type } from "../values/type";
import type {
  ActionReference,
  ActionSource,
  AppliesToSource,
  CommonTypeSource,
  EntityTypeSource,
  NamespaceSource,
  SchemaResult,
  TypeSource,
} from "./schema-source";
import { isTypeName } from "../syntax/identifiers";
import type { Annotation, Name } from "../syntax/syntax";

/**
 * Reads a schema in its JSON form. https://docs.cedarpolicy.com/schema/json-schema.html
 * The range of a problem with something declared is that of its value, not of its name.
 */
export function parseSchemaJson(text: string): SchemaResult {
  const json = new LocatedJson(text);
  const namespaces = json.root ? new Reader(json).schema(json.root) : [];
  if (json.problems.length > 0) return { schema: null, problems: json.problems };
  return resolveSchema({ namespaces });
}

const EXTENSIONS: ReadonlySet<string> = new Set<ExtensionName>(["decimal", "ipaddr", "datetime", "duration"]);
const PRIMITIVES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["Boolean", { kind: "bool" }],
  ["Long", { kind: "long" }],
  ["String", { kind: "string" }],
]);
const NAMED: ReadonlySet<string> = new Set(["Entity", "EntityOrCommon", "Extension"]);

class Reader {
  constructor(readonly json: LocatedJson) {}

  schema(root: Located): NamespaceSource[] {
    return this.json.members(root, "a schema").map((member) => this.namespace(member));
  }

  namespace(member: Member): NamespaceSource {
    const optional = ["commonTypes", "annotations"];
    const fields = this.json.fields(member, "a namespace", ["entityTypes", "actions"], optional);
    const annotations = this.annotations(fields);
    if (member.name === "" && annotations.length > 0) {
      this.json.report(fields.get("annotations") ?? member, "schema.annotation", "no namespace is there to annotate");
    }
    const each = <T>(field: string, read: (one: Member) => T) => {
      const found = fields.get(field);
      return found ? this.json.members(found, field).map(read) : [];
    };
    return {
      name: nameOf(member),
      annotations,
      entityTypes: each("entityTypes", (one) => this.entityType(one)),
      commonTypes: each("commonTypes", (one) => this.commonType(one)),
      actions: each("actions", (one) => this.action(one)),
    };
  }

  entityType(member: Member): EntityTypeSource {
    const isEnumerated = member.value instanceof Map && member.value.has("enum");
    const fields = isEnumerated
      ? this.json.fields(member, "an enumerated entity type", ["enum"], ["annotations"])
      : this.json.fields(member, "an entity type", [], ["memberOfTypes", "shape", "tags", "annotations"]);
    const [shape, tags, ids] = [fields.get("shape"), fields.get("tags"), fields.get("enum")];
    return {
      name: nameOf(member),
      annotations: this.annotations(fields),
      memberOf: this.names(fields.get("memberOfTypes"), "memberOfTypes"),
      shape: shape ? this.type(shape, []) : null,
      tags: tags ? this.type(tags, []) : null,
      ids: ids ? this.ids(ids) : null,
    };
  }

  ids(array: Located): Name[] {
    const ids = this.json.elements(array, "enum");
    if (Array.isArray(array.value) && ids.length === 0) {
      this.json.report(array, "schema.empty_list", "an enumerated type has at least one id");
    }
    return ids.map((id) => ({ value: this.json.text(id, "an id") ?? "", ...rangeOf(id) }));
  }

  commonType(member: Member): CommonTypeSource {
    const annotations = member.value instanceof Map ? this.annotationsIn(member) : [];
    return { name: nameOf(member), annotations, type: this.type(member, ["annotations"]) };
  }

  action(member: Member): ActionSource {
    const optional = ["appliesTo", "memberOf", "attributes", "annotations"];
    const fields = this.json.fields(member, "an action", [], optional);
    const [appliesTo, memberOf, attributes] = [
      fields.get("appliesTo"),
      fields.get("memberOf"),
      fields.get("attributes"),
    ];
    if (attributes && attributes.value !== null) {
      this.json.report(attributes, "schema.unsupported", "actions have no attributes");
    }
    const groups = memberOf && memberOf.value !== null ? this.json.elements(memberOf, "memberOf") : [];
    return {
      name: nameOf(member),
      annotations: this.annotations(fields),
      memberOf: groups.map((group) => this.actionReference(group)),
      appliesTo: appliesTo && appliesTo.value !== null ? this.appliesTo(appliesTo) : null,
    };
  }

  actionReference(group: Located): ActionReference {
    const fields = this.json.fields(group, "an action group", ["id"], ["type"]);
    const [id, type] = [fields.get("id"), fields.get("type")];
    const hasType = type !== undefined && type.value !== null;
    return {
      id: id ? (this.json.text(id, "the id of an action group") ?? "") : "",
      type: hasType ? this.typeName(type, "the type of an action group").value : null,
      ...rangeOf(group),
    };
  }

  appliesTo(of: Located): AppliesToSource {
    const fields = this.json.fields(of, "appliesTo", ["principalTypes", "resourceTypes"], ["context"]);
    const context = fields.get("context");
    return {
      principals: this.names(fields.get("principalTypes"), "principalTypes"),
      resources: this.names(fields.get("resourceTypes"), "resourceTypes"),
      context: context ? this.type(context, []) : null,
    };
  }

  /** A type, which may have some members more where it stands. */
  type(of: Located, more: readonly string[]): TypeSource {
    const kind = of.value instanceof Map ? (of.value as ReadonlyMap<string, unknown>).get("type") : undefined;
    const known = (...members: string[]) => this.json.fields(of, "a type", ["type"], [...members, ...more]);
    const wrong: TypeSource = { kind: "record", attributes: [], ...rangeOf(of) };
    if (kind === "Set") {
      const element = known("element").get("element");
      if (!element) this.json.report(of, "schema.missing_member", "a set must have the member element", ["element"]);
      return element ? { kind: "set", element: this.type(element, []), ...rangeOf(of) } : wrong;
    }
    if (kind === "Record") return this.record(of, known("attributes", "additionalAttributes"));
    if (typeof kind === "string" && NAMED.has(kind)) return this.named(of, kind, known("name").get("name")) ?? wrong;
    const written = known().get("type");
    const builtin = typeof kind === "string" ? PRIMITIVES.get(kind) : undefined;
    if (builtin) return { kind: "builtin", type: builtin, ...rangeOf(of) };
    if (!written) return wrong;
    return { kind: "name", among: "common", name: this.typeName(written, "type").value, ...rangeOf(written) };
  }

  record(of: Located, fields: ReadonlyMap<string, Located>): TypeSource {
    const [attributes, isOpen] = [fields.get("attributes"), fields.get("additionalAttributes")];
    if (!attributes)
      this.json.report(of, "schema.missing_member", "a record must have the member attributes", ["attributes"]);
    if (isOpen && isOpen.value !== false) {
      this.json.report(isOpen, "schema.unsupported", "a record has only the attributes that are listed", ["false"]);
    }
    const members = attributes ? this.json.members(attributes, "attributes") : [];
    return {
      kind: "record",
      attributes: members.map((member) => ({
        name: nameOf(member),
        annotations: member.value instanceof Map ? this.annotationsIn(member) : [],
        type: this.type(member, ["required", "annotations"]),
        isRequired: this.isRequired(member),
      })),
      ...rangeOf(of),
    };
  }

  isRequired(attribute: Located): boolean {
    if (!(attribute.value instanceof Map)) return true;
    const required: unknown = attribute.value.get("required");
    if (required !== undefined && typeof required !== "boolean") {
      this.json.report(attribute, "schema.json_type", "required must be true or false", ["true", "false"]);
    }
    return required !== false;
  }

  named(of: Located, kind: string, name: Located | undefined): TypeSource | null {
    if (!name) {
      this.json.report(of, "schema.missing_member", `the type ${kind} must have the member name`, ["name"]);
      return null;
    }
    const { value } = this.typeName(name, "name");
    if (kind !== "Extension") {
      return { kind: "name", among: kind === "Entity" ? "entity" : "any", name: value, ...rangeOf(name) };
    }
    if (EXTENSIONS.has(value)) {
      return { kind: "builtin", type: { kind: "extension", name: value as ExtensionName }, ...rangeOf(of) };
    }
    this.json.report(name, "schema.undeclared_type", `there is no extension type ${value}`, [...EXTENSIONS]);
    return null;
  }

  names(of: Located | undefined, what: string): Name[] {
    return of ? this.json.elements(of, what).map((name) => this.typeName(name, `each of ${what}`)) : [];
  }

  typeName(of: Located, what: string): Name {
    const value = this.json.text(of, what);
    const isName = value === null || isTypeName(value.replace(/^__cedar::/, ""));
    if (!isName) this.json.report(of, "schema.invalid_name", `${what} must be the name of a type`);
    return { value: value ?? "", ...rangeOf(of) };
  }

  annotationsIn(member: Member): Annotation[] {
    const found = this.json.members(member, member.name).find(({ name }) => name === "annotations");
    return this.annotations(new Map(found ? [["annotations", found]] : []));
  }

  annotations(fields: ReadonlyMap<string, Located>): Annotation[] {
    const of = fields.get("annotations");
    if (!of) return [];
    return this.json.members(of, "annotations").map((member) => {
      if (!/^[A-Za-z_][A-Za-z_0-9]*$/.test(member.name)) {
        this.json.report(member, "schema.invalid_name", `\`${member.name}\` cannot be the name of an annotation`);
      }
      const range = rangeOf(member);
      const value = member.value === null ? null : this.json.text(member, "an annotation");
      return { name: member.name, nameRange: range, value, valueRange: range, ...range };
    });
  }
}

const rangeOf = ({ start, end }: Range): Range => ({ start, end });
const nameOf = ({ name, start, end }: Member): Name => ({ value: name, start, end });
