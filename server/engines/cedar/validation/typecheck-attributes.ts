import { attributeCapability, type Capabilities, formOf, tagCapability, union } from "./capabilities";
import { nearest } from "../syntax/problem";
import type { Expression, Name } from "../syntax/syntax";
import { writeString } from "../values/uid";
import { type Checker, ENTITY, failed, type Hint, sound, TEXT, type Typing, WITH_ATTRIBUTES } from "./typing";
import { BOOL, type Checked, type CheckedAttribute, FALSE, TRUE } from "./types";
import { writeName } from "../syntax/identifiers";
import { writeType } from "../schema/write-type";

type Kind<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

/** More names than these are not listed as what would have been accepted. */
const LISTED = 12;

/** What an entity or a record of this type has. Actions have nothing. */
function attributesOf(checker: Checker, type: Checked): ReadonlyMap<string, CheckedAttribute> {
  if (type.kind === "record") return type.attributes;
  const entityType = type.kind === "entity" ? checker.world.schema.entityTypes.get(type.name) : undefined;
  return entityType?.shape.attributes ?? new Map<string, CheckedAttribute>();
}

/**
 * `e.a`: the attribute must be there, or be known to be there by a `has` before.
 * https://docs.cedarpolicy.com/policies/syntax-entity.html#entity-attribute
 */
export function checkAttribute(checker: Checker, { target, name }: Kind<"attribute">, known: Capabilities): Typing {
  const owner = checker.expect(target, known, WITH_ATTRIBUTES);
  if (!owner.type) return failed();
  const attributes = attributesOf(checker, owner.type);
  const attribute = attributes.get(name.value);
  if (!attribute) return unknownAttribute(checker, owner.type, name, attributes);
  if (!attribute.isRequired && !known.has(attributeCapability(formOf(target), name.value))) {
    checker.report({
      code: "type.unguarded_attribute",
      message: `${writeOwner(owner.type)} may lack the attribute \`${name.value}\`: ask with \`has\` first`,
      range: name,
    });
  }
  return sound(attribute.type);
}

function unknownAttribute(
  checker: Checker,
  owner: Checked,
  name: Name,
  attributes: ReadonlyMap<string, CheckedAttribute>,
): Typing {
  checker.report({
    code: "type.unknown_attribute",
    message: `${writeOwner(owner)} has no attribute \`${name.value}\``,
    range: name,
    expected: attributes.size <= LISTED ? [...attributes.keys()].map(writeName) : [],
    suggest: () => {
      const near = nearest(name.value, attributes.keys());
      return near === null ? null : rewrite(name, near);
    },
  });
  return failed();
}

function writeOwner(type: Checked): string {
  return type.kind === "entity" ? `\`${type.name}\`` : "this record";
}

/** A name in the place of another: in quotes where that one has them. */
function rewrite(old: Name, name: string): string {
  return old.end - old.start === old.value.length ? writeName(name) : writeString(name);
}

const askOtherwise: Hint = ({ kind }) => {
  if (kind === "set") return "a set is asked with `contains`";
  return kind === "string" ? "a string is asked with `like`" : null;
};

/**
 * `e has a.b.c` asks `e has a`, then `e.a has b`, then `e.a.b has c`, and makes all of them known. An entity may not
 * exist at all, so that even what its type requires is certain of records only.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-has
 */
export function checkHas(checker: Checker, { target, path }: Kind<"has">, known: Capabilities): Typing {
  const start = checker.expect(target, known, WITH_ATTRIBUTES, askOtherwise);
  if (!start.type) return failed(BOOL);
  let [owner, form, isCertain, made]: [Checked, string, boolean, Capabilities] = [
    start.type,
    formOf(target),
    true,
    new Set(),
  ];
  for (const [at, name] of path.entries()) {
    if (!WITH_ATTRIBUTES.accepts(owner)) {
      const before = path[at - 1] ?? name;
      checker.report({
        code: "type.mismatch",
        message: `expected an entity or a record, but \`${before.value}\` is ${writeType(owner)}`,
        range: before,
        expected: WITH_ATTRIBUTES.names,
      });
      return failed(BOOL);
    }
    const attribute = attributesOf(checker, owner).get(name.value);
    if (!attribute) return sound(FALSE);
    form = attributeCapability(form, name.value);
    isCertain &&= known.has(form) || (attribute.isRequired && owner.kind === "record");
    made = union(made, new Set([form]));
    owner = attribute.type;
  }
  return sound(isCertain ? TRUE : BOOL, made);
}

/**
 * `e.hasTag(t)` and `e.getTag(t)`: a tag is only there after it was asked for, by the same expression.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-hasTag
 */
export function checkTag(checker: Checker, expression: Kind<"method">, tag: Expression, known: Capabilities): Typing {
  const owner = checker.expect(expression.target, known, ENTITY);
  checker.expect(tag, known, TEXT);
  if (owner.type?.kind !== "entity") return failed();
  const type = checker.world.schema.entityTypes.get(owner.type.name)?.tags ?? null;
  const capability = tagCapability(formOf(expression.target), formOf(tag));

  if (expression.name.value === "hasTag") {
    if (!type) return sound(FALSE);
    return sound(known.has(capability) ? TRUE : BOOL, new Set([capability]));
  }
  if (type && known.has(capability)) return sound(type);
  checker.report(
    type
      ? {
          code: "type.unguarded_tag",
          message: `\`${owner.type.name}\` may lack this tag: ask with \`hasTag\` first`,
          range: expression,
        }
      : { code: "type.no_tags", message: `\`${owner.type.name}\` has no tags`, range: expression },
  );
  return failed();
}
