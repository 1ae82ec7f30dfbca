import { STRINGS } from "./cedar-edges";
import {
  ADD,
  AND,
  IF,
  isPlain,
  LeafWriter,
  MEMBER,
  MULT,
  member,
  OR,
  RELATION,
  UNARY,
  type Written,
} from "./cedar-leaves";
import { law } from "./cedar-laws";
import { ATTRIBUTES, DETAILS, INNER, type Kind, TYPES } from "./cedar-vocabulary";

const KINDS: readonly Kind[] = [...new Set([...Object.values(ATTRIBUTES), ...Object.values(INNER)])];

/** How many expressions are of another type than is asked for, and so an error when they are evaluated. */
const [MISTAKE, CLOSED_MISTAKE] = [0.015, 0.04];

/** Writes expressions, mostly of the right types, with as few parentheses as the grammar needs and sometimes more. */
export class ExpressionWriter extends LeafWriter {
  /** An expression of a kind, at most so deep. */
  write(kind: Kind, depth: number): string {
    return this.#of(kind, depth).text;
  }

  /** A question whose answer depends on how operators work, down to their edges, and on little else. */
  question(): string {
    const { dice } = this;
    const operand = (kind: Kind) => this.#inside(kind, dice.chance(0.2) ? 1 : 0, MEMBER);
    switch (dice.weighted({ law: 12, like: 2, text: 1, other: 6 })) {
      case "law":
        return law(dice, operand);
      case "like":
        return this.#like(0);
      case "text": {
        const text = this.palette(STRINGS);
        return `${this.string(text, 0.4)} == ${this.string(text, 0.4)}`;
      }
      case "other":
        return this.write("bool", 1 + dice.below(2));
    }
  }

  #of(wanted: Kind, depth: number): Written {
    const { dice } = this;
    const kind = dice.chance(this.isClosed ? CLOSED_MISTAKE : MISTAKE) ? dice.pick(KINDS) : wanted;
    if (depth <= 0 || dice.chance(0.12)) return this.leaf(kind);
    if (dice.chance(0.05)) {
      const [condition, yes, no] = [this.#of("bool", depth - 1), this.#of(kind, depth - 1), this.#of(kind, depth - 1)];
      return { level: IF, text: `if ${condition.text} then ${yes.text} else ${no.text}` };
    }
    if (dice.chance(0.03)) {
      const name = dice.pick(["a", "b c", "if"]);
      const other = `${JSON.stringify(dice.pick(["x", "é"]))}: ${this.write("long", 0)}`;
      const record = `{${JSON.stringify(name)}: ${this.write(kind, depth - 1)}, ${other}}`;
      return { level: MEMBER, text: `${record}${this.access(name)}` };
    }
    return this.#operation(kind, depth - 1);
  }

  #operation(kind: Kind, depth: number): Written {
    const { dice } = this;
    switch (kind) {
      case "bool":
        return this.#boolean(depth);
      case "long":
        return this.#long(depth);
      case "longs":
        return this.#set("long", depth);
      case "strings":
        return this.#set("string", depth);
      case "entities":
        return this.#set("entity", depth);
      case "record":
        return dice.chance(0.4) ? this.#record(depth) : this.leaf(kind);
      case "datetime": {
        const value = this.#inside("datetime", depth, MEMBER);
        return member(dice.chance(0.6) ? `${value}.offset(${this.write("duration", depth)})` : `${value}.toDate()`);
      }
      case "duration": {
        const value = this.#inside("datetime", depth, MEMBER);
        const since = `${value}.durationSince(${this.write("datetime", depth)})`;
        return member(dice.chance(0.6) ? since : `${value}.toTime()`);
      }
      default:
        return this.leaf(kind);
    }
  }

  #boolean(depth: number): Written {
    const { dice } = this;
    const operator = dice.weighted({
      and: 5,
      or: 5,
      not: 2,
      equal: 4,
      order: 4,
      in: 4,
      is: 3,
      has: 4,
      guarded: this.isClosed ? 0 : 4,
      like: 2,
      sets: 4,
      nested: 1,
      tags: 2,
      decimal: 1,
      ip: 1,
      law: this.isClosed ? 10 : 3,
    });
    switch (operator) {
      case "and":
        return this.#between("bool", "&&", "bool", depth, AND, RELATION);
      case "or":
        return this.#between("bool", "||", "bool", depth, OR, AND);
      case "not":
        return { level: UNARY, text: "!".repeat(1 + dice.below(4)) + this.#inside("bool", depth, MEMBER) };
      case "equal": {
        const kind = dice.pick(KINDS);
        const other = dice.chance(0.9) ? kind : dice.pick(KINDS);
        return this.#between(kind, dice.pick(["==", "!="]), other, depth, RELATION, ADD, ADD);
      }
      case "order": {
        const kind = dice.weighted({ long: 6, datetime: 2, duration: 2 });
        return this.#between(kind, dice.pick(["<", "<=", ">", ">="]), kind, depth, RELATION, ADD, ADD);
      }
      case "in":
        return this.#between("entity", "in", dice.pick(["entity", "entities"]), depth, RELATION, ADD, ADD);
      case "is": {
        const target = this.#inside("entity", depth, ADD);
        const parent = dice.chance(0.4) ? ` in ${this.#inside(dice.pick(["entity", "entities"]), depth, ADD)}` : "";
        return { level: RELATION, text: `${target} is ${dice.pick([...TYPES, "Color", "Nobody"])}${parent}` };
      }
      case "law": {
        const operand = (kind: Kind) => this.#inside(kind, Math.min(depth, dice.below(2)), MEMBER);
        return { level: IF, text: law(dice, operand) };
      }
      case "has":
        return { level: RELATION, text: this.#has(depth) };
      case "guarded":
        return this.#guarded(depth);
      case "like":
        return { level: RELATION, text: this.#like(depth) };
      case "sets":
        return member(this.#setQuestion(depth));
      case "nested": {
        const kind = dice.pick(["longs", "strings", "entities", "record"] as const);
        const inner = dice.several(0, 3, () => this.write(kind, depth)).join(", ");
        return member(`[${inner}].contains(${this.write(kind, depth)})`);
      }
      case "tags":
        return member(`${this.#inside("entity", depth, MEMBER)}.hasTag(${this.tag()})`);
      case "decimal": {
        const method = dice.pick(["lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"]);
        return member(`${this.#inside("decimal", depth, MEMBER)}.${method}(${this.write("decimal", depth)})`);
      }
      case "ip": {
        const method = dice.pick(["isIpv4()", "isIpv6()", "isLoopback()", "isMulticast()", "isInRange"]);
        const range = method === "isInRange" ? `(${this.write("ip", depth)})` : "";
        return member(`${this.#inside("ip", depth, MEMBER)}.${method}${range}`);
      }
    }
  }

  #long(depth: number): Written {
    const { dice } = this;
    switch (dice.weighted({ add: 4, multiply: 2, negate: 2, units: 2 })) {
      case "add":
        return this.#between("long", dice.pick(["+", "-"]), "long", depth, ADD, MULT);
      case "multiply":
        return this.#between("long", "*", "long", depth, MULT, UNARY);
      case "negate": {
        const operand = this.#inside("long", depth, MEMBER);
        // A minus before digits belongs to the integer.
        const [least, most] = /^\d/.test(operand) ? [1, 1] : [1, 4];
        return { level: UNARY, text: "-".repeat(least + dice.below(most)) + operand };
      }
      case "units": {
        const method = dice.pick(["toMilliseconds", "toSeconds", "toMinutes", "toHours", "toDays"]);
        return member(`${this.#inside("duration", depth, MEMBER)}.${method}()`);
      }
    }
  }

  #setQuestion(depth: number): string {
    const { dice } = this;
    const [set, element] = dice.pick([
      ["longs", "long"],
      ["strings", "string"],
      ["entities", "entity"],
    ] as const);
    const target = this.#inside(set, depth, MEMBER);
    switch (dice.weighted({ contains: 4, containsAll: 3, containsAny: 3, isEmpty: 1 })) {
      case "contains":
        return `${target}.contains(${this.write(element, depth)})`;
      case "containsAll":
        return `${target}.containsAll(${this.write(set, depth)})`;
      case "containsAny":
        return `${target}.containsAny(${this.write(set, depth)})`;
      case "isEmpty":
        return `${target}.isEmpty()`;
    }
  }

  #like(depth: number): string {
    if (this.dice.chance(0.5)) return `${this.#inside("string", depth, ADD)} like "${this.pattern()}"`;
    const text = this.palette(STRINGS);
    return `${this.string(text)} like "${this.patternOf(text)}"`;
  }

  /** `x has a`, or a path of names. */
  #has(depth: number): string {
    const { dice } = this;
    const target = this.#inside(dice.chance(0.8) ? "entity" : "record", depth, ADD);
    if (dice.chance(0.4)) {
      const path = dice.pick([
        "details.count",
        "details.inner.ok",
        "owner.level",
        "owner.details.inner.owner.flag",
        "__proto__.x",
      ]);
      return `${target} has ${path}`;
    }
    const name = dice.pick([...Object.keys(ATTRIBUTES), "nothing", "toString"]);
    return `${target} has ${isPlain(name) && dice.chance(0.7) ? name : JSON.stringify(name)}`;
  }

  /** An attribute or a tag that is asked for before it is used. */
  #guarded(depth: number): Written {
    const { dice } = this;
    const target = dice.pick(["principal", "resource", "context", "principal", "resource", this.uid()]);
    if (target !== "context" && dice.chance(0.2)) {
      const tag = this.tag();
      const use = dice.chance(0.5) ? `== ${this.#inside("string", depth, ADD)}` : `like "${this.pattern()}"`;
      return { level: AND, text: `${target}.hasTag(${tag}) && ${target}.getTag(${tag}) ${use}` };
    }
    const kind = dice.pick(KINDS);
    const name = dice.pick(Object.keys(ATTRIBUTES).filter((one) => ATTRIBUTES[one] === kind));
    const guard = `${target} has ${isPlain(name) ? name : JSON.stringify(name)}`;
    const use = `${target}${this.access(name)}`;
    if (kind === "bool") return { level: AND, text: `${guard} && ${use}` };
    const operator = kind === "long" ? dice.pick(["<", "<=", ">", "==", "!="]) : dice.pick(["==", "!="]);
    return { level: AND, text: `${guard} && ${use} ${operator} ${this.#inside(kind, depth, ADD)}` };
  }

  #set(element: Kind, depth: number): Written {
    if (this.dice.chance(0.3))
      return this.leaf(element === "entity" ? "entities" : element === "long" ? "longs" : "strings");
    return member(`[${this.dice.several(0, 3, () => this.write(element, depth)).join(", ")}]`);
  }

  #record(depth: number): Written {
    const names = Object.entries(DETAILS).filter(() => this.dice.chance(0.5));
    return member(`{${names.map(([name, kind]) => `${name}: ${this.write(kind, depth)}`).join(", ")}}`);
  }

  #between(
    left: Kind,
    operator: string,
    right: Kind,
    depth: number,
    level: number,
    above: number,
    first = level,
  ): Written {
    const operands = [this.#inside(left, depth, first), this.#inside(right, depth, above)];
    return { level, text: operands.join(` ${operator} `) };
  }

  /** An expression where one that binds less tightly needs parentheses. */
  #inside(kind: Kind, depth: number, level: number): string {
    const written = this.#of(kind, depth);
    return written.level < level || this.dice.chance(0.05) ? `(${written.text})` : written.text;
  }
}
