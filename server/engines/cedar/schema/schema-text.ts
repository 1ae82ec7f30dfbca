import { LIMITS } from "../syntax/limits";
import type { Range } from "../syntax/problem";
import { resolveSchema } from "./resolve-schema";
import { Cursor } from "./schema-cursor";
import type {
  ActionReference,
  ActionSource,
  AppliesToSource,
  AttributeSource,
  CommonTypeSource,
  EntityTypeSource,
  NamespaceSource,
  SchemaResult,
  TypeSource,
} from "./schema-source";
import { isIdentifier } from "../syntax/identifiers";
import type { Annotation, Name } from "../syntax/syntax";

/**
 * Reads a schema in the schema language. What can be read is read, so that one problem does not hide the next.
 * https://docs.cedarpolicy.com/schema/human-readable-schema-grammar.html
 */
export function parseSchemaText(text: string): SchemaResult {
  const cursor = new Cursor(text);
  const namespaces = new Parser(cursor).schema();
  if (cursor.problems.length > 0) return { schema: null, problems: cursor.problems };
  return resolveSchema({ namespaces });
}

type Declarations = {
  entityTypes: EntityTypeSource[];
  commonTypes: CommonTypeSource[];
  actions: ActionSource[];
};

const DECLARATIONS = ["entity", "action", "type"] as const;
const [IDENTIFIER, NAME, TYPE] = ["an identifier", "a name", "a type"];

class Parser {
  constructor(readonly cursor: Cursor) {}

  schema(): NamespaceSource[] {
    const nowhere: Declarations = { entityTypes: [], commonTypes: [], actions: [] };
    const namespaces: NamespaceSource[] = [{ name: { value: "", start: 0, end: 0 }, annotations: [], ...nowhere }];
    while (this.cursor.token.kind !== "end") {
      /** Behind a problem, a brace that closes nothing only follows from it. */
      if (this.cursor.problems.length > 0 && this.cursor.take("}")) continue;
      this.cursor.recovering(() => {
        const annotations = this.annotations();
        if (this.cursor.isAt("namespace")) namespaces.push(this.namespace(annotations));
        else this.declaration(nowhere, annotations, ["namespace"]);
      });
    }
    return namespaces;
  }

  /** `namespace Path { … }` */
  namespace(annotations: readonly Annotation[]): NamespaceSource {
    this.cursor.require("namespace");
    const declarations: Declarations = { entityTypes: [], commonTypes: [], actions: [] };
    const name = this.path();
    this.cursor.require("{");
    while (!this.cursor.take("}")) {
      if (this.cursor.token.kind === "end") this.cursor.refuseToken(["a declaration", "}"]);
      this.cursor.recovering(() => this.declaration(declarations, this.annotations(), []));
    }
    return { name, annotations, ...declarations };
  }

  declaration(into: Declarations, annotations: readonly Annotation[], others: readonly string[]): void {
    if (this.cursor.take("entity")) into.entityTypes.push(...this.entities(annotations));
    else if (this.cursor.take("action")) into.actions.push(...this.actions(annotations));
    else if (this.cursor.take("type")) into.commonTypes.push(this.commonType(annotations));
    else this.cursor.refuseToken([...DECLARATIONS, ...others]);
  }

  /** `A, B in [C] = { … } tags T;` or `A enum ["x"];`, behind `entity` */
  entities(annotations: readonly Annotation[]): EntityTypeSource[] {
    const names = this.list(() => this.identifier());
    const common = { annotations, memberOf: [] as readonly Name[], shape: null, tags: null };
    if (this.cursor.take("enum")) {
      this.cursor.require("[");
      const ids = this.list(() => this.cursor.string());
      this.cursor.require("]", ",");
      this.cursor.require(";");
      return names.map((name) => ({ name, ...common, ids }));
    }
    const memberOf = this.cursor.take("in") ? this.entityTypes() : [];
    const shape = this.cursor.take("=") || this.cursor.isAt("{") ? this.record(0) : null;
    const tags = this.cursor.take("tags") ? this.type(0) : null;
    this.cursor.require(";", ...(tags ? [] : shape ? ["tags"] : ["in", "=", "{", "tags"]));
    return names.map((name) => ({ name, ...common, memberOf, shape, tags, ids: null }));
  }

  /** `a, "b" in [G, N::Action::"g"] appliesTo { … };`, behind `action` */
  actions(annotations: readonly Annotation[]): ActionSource[] {
    const names = this.list(() => this.name());
    const memberOf = this.cursor.take("in") ? this.bracketed(() => this.actionReference()) : [];
    const appliesTo = this.cursor.isAt("appliesTo") ? this.appliesTo() : null;
    if (this.cursor.take("attributes")) {
      this.cursor.require("{");
      this.cursor.require("}");
    }
    this.cursor.require(";", ...(appliesTo ? [] : ["in", "appliesTo"]));
    return names.map((name) => ({ name, annotations, memberOf, appliesTo }));
  }

  /** `Name = Type;`, behind `type` */
  commonType(annotations: readonly Annotation[]): CommonTypeSource {
    const name = this.identifier();
    this.cursor.require("=");
    const type = this.type(0);
    this.cursor.require(";");
    return { name, annotations, type };
  }

  /** `appliesTo { principal: …, resource: …, context: … }` */
  appliesTo(): AppliesToSource {
    const { start } = this.cursor.require("appliesTo");
    this.cursor.require("{");
    const parts = new Map<string, readonly Name[]>();
    let context: TypeSource | null = null;
    do {
      const word = this.cursor.token;
      if (parts.has(word.text) || (context && this.cursor.isAt("context"))) {
        this.cursor.report(word, "schema.declared_twice", `${word.text} is declared twice`);
      }
      if (this.cursor.take("context")) {
        this.cursor.require(":");
        context = this.cursor.isAt("{") ? this.record(0) : { kind: "name", among: "common", ...named(this.path()) };
      } else if (this.cursor.take("principal") || this.cursor.take("resource")) {
        this.cursor.require(":");
        parts.set(word.text, this.entityTypes());
        if (parts.get(word.text)?.length === 0) {
          const message = `no type is listed; leave out appliesTo when no request can be made with the action`;
          this.cursor.report(this.cursor.since(word.start), "schema.empty_list", message);
        }
      } else this.cursor.refuseToken(["principal", "resource", "context"]);
    } while (this.cursor.take(",") && !this.cursor.isAt("}"));
    this.cursor.require("}", ",");
    for (const word of ["principal", "resource"]) {
      if (parts.has(word)) continue;
      this.cursor.report(this.cursor.since(start), "schema.missing_part", `appliesTo has no ${word}`, {
        expected: [`${word}:`],
      });
    }
    return { principals: parts.get("principal") ?? [], resources: parts.get("resource") ?? [], context };
  }

  /** `T` or `[A, B]`, which may be empty */
  entityTypes(): Name[] {
    if (!this.cursor.take("[")) return [this.path()];
    if (this.cursor.take("]")) return [];
    const names = this.list(() => this.path());
    this.cursor.require("]", ",");
    return names;
  }

  /** `Path`, `Set<Type>` or `{ … }`, at some depth of nesting */
  type(depth: number): TypeSource {
    if (this.cursor.isAt("{")) return this.record(depth);
    if (this.cursor.token.kind !== "identifier") this.cursor.refuseToken([TYPE]);
    const path = this.path();
    if (path.value !== "Set" || !this.cursor.isAt("<")) return { kind: "name", among: "any", ...named(path) };
    this.assertShallow(depth);
    this.cursor.require("<");
    const element = this.type(depth + 1);
    this.cursor.require(">");
    return { kind: "set", element, ...this.cursor.since(path.start) };
  }

  record(depth: number): TypeSource {
    this.assertShallow(depth);
    const { start } = this.cursor.require("{");
    const attributes: AttributeSource[] = [];
    while (!this.cursor.isAt("}")) {
      attributes.push(this.attribute(depth));
      if (!this.cursor.take(",")) break;
    }
    this.cursor.require("}", ",");
    return { kind: "record", attributes, ...this.cursor.since(start) };
  }

  attribute(depth: number): AttributeSource {
    const annotations = this.annotations();
    const name = this.name();
    const isRequired = !this.cursor.take("?");
    this.cursor.require(":", ...(isRequired ? ["?"] : []));
    return { name, annotations, type: this.type(depth + 1), isRequired };
  }

  assertShallow(depth: number): void {
    if (depth < LIMITS.nesting) return;
    this.cursor.refuse(this.cursor.token, "limit.nesting", `types are nested deeper than ${LIMITS.nesting}`);
  }

  /** `@name` and `@name("value")`, as many as there are */
  annotations(): Annotation[] {
    const annotations: Annotation[] = [];
    while (this.cursor.isAt("@")) {
      const { start } = this.cursor.next();
      if (this.cursor.token.kind !== "identifier") this.cursor.refuseToken([IDENTIFIER]);
      const { text, ...name } = this.cursor.next();
      let value: Name | null = null;
      if (this.cursor.take("(")) {
        value = this.cursor.string();
        this.cursor.require(")");
      }
      const range = this.cursor.since(start);
      if (annotations.some((annotation) => annotation.name === text)) {
        this.cursor.report(range, "schema.declared_twice", `the annotation @${text} is here twice`);
      }
      annotations.push({
        name: text,
        nameRange: rangeOf(name),
        value: value?.value ?? null,
        valueRange: value && rangeOf(value),
        ...range,
      });
    }
    return annotations;
  }

  /** `"id"`, `name`, or `Path::"id"` */
  actionReference(): ActionReference {
    const { start } = this.cursor.token;
    if (this.cursor.isAtString) {
      const { value } = this.cursor.string();
      return { type: null, id: value, ...this.cursor.since(start) };
    }
    const parts = [this.identifier().value];
    while (this.cursor.take("::")) {
      if (this.cursor.isAtString) {
        const { value } = this.cursor.string();
        return { type: parts.join("::"), id: value, ...this.cursor.since(start) };
      }
      parts.push(this.identifier().value);
    }
    const [id = ""] = parts;
    if (parts.length > 1) this.cursor.refuseToken(["::"]);
    return { type: null, id, ...this.cursor.since(start) };
  }

  /** `A::B::C` */
  path(): Name {
    const { start } = this.cursor.token;
    const parts = [this.identifier().value];
    while (this.cursor.take("::")) parts.push(this.identifier().value);
    return { value: parts.join("::"), ...this.cursor.since(start) };
  }

  name(): Name {
    if (this.cursor.isAtString) return this.cursor.string();
    return this.identifier(NAME);
  }

  identifier(expected = IDENTIFIER): Name {
    const { token } = this.cursor;
    if (token.kind !== "identifier") this.cursor.refuseToken([expected]);
    if (!isIdentifier(token.text)) {
      this.cursor.refuse(token, "syntax.reserved_word", `\`${token.text}\` is a word of the language`, [expected]);
    }
    this.cursor.next();
    return { value: token.text, start: token.start, end: token.end };
  }

  list<T>(read: () => T): T[] {
    const items = [read()];
    while (this.cursor.take(",")) items.push(read());
    return items;
  }

  /** One, or some in brackets. */
  bracketed<T>(read: () => T): T[] {
    if (!this.cursor.take("[")) return [read()];
    const items = this.list(read);
    this.cursor.require("]", ",");
    return items;
  }
}

const rangeOf = ({ start, end }: Range): Range => ({ start, end });
const named = ({ value, start, end }: Name): { name: string } & Range => ({ name: value, start, end });
