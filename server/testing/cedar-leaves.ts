import type { Dice } from "./cedar-dice";
import { BAD, GOOD, INTEGERS, STRINGS, TAGS } from "./cedar-edges";
import { ATTRIBUTES, DETAILS, type Extension, INNER, type Kind } from "./cedar-vocabulary";

/** How tightly a text binds: the rules of the grammar from `Expr` to `Member`. */
export const [IF, OR, AND, RELATION, ADD, MULT, UNARY, MEMBER] = [0, 1, 2, 3, 4, 5, 6, 7];

/** An expression as it is written, and how tightly it binds. */
export interface Written {
  readonly text: string;
  readonly level: number;
}

/** One that needs parentheses nowhere. */
export function member(text: string): Written {
  return { level: MEMBER, text };
}

const RESERVED = new Set(["true", "false", "if", "then", "else", "in", "is", "like", "has"]);

/** Whether a name needs no quotes. */
export function isPlain(name: string): boolean {
  return /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) && !RESERVED.has(name);
}

/** Chooses from many things, mostly one of a few that are the same for all writers of one world. */
export type Palette = <Item>(dice: Dice, items: readonly Item[]) => Item;

/** Kinds of which a literal is one token. */
const LITERALS: readonly Kind[] = ["bool", "long", "string", "entity"];

/** Writes what expressions are made of, and the comparisons of it that most conditions are. */
export class LeafWriter {
  constructor(
    readonly dice: Dice,
    /** Writes some entity. */
    readonly uid: () => string,
    readonly ofWorld: Palette,
    /** Whether nothing is read of entities and the context, so that hardly anything errs. */
    readonly isClosed: boolean,
  ) {}

  palette<Item>(items: readonly Item[]): Item {
    return this.ofWorld(this.dice, items);
  }

  /** A literal, a variable, an attribute or a tag. */
  leaf(kind: Kind): Written {
    const { dice } = this;
    if (!this.isClosed && dice.chance(0.45)) return this.#attribute(kind);
    switch (kind) {
      case "bool":
        return member(dice.pick(["true", "false"]));
      case "long": {
        const text = this.palette(INTEGERS);
        return { level: text.startsWith("-") ? UNARY : MEMBER, text };
      }
      case "string":
        return member(this.string(this.palette(STRINGS)));
      case "entity":
        return member(dice.chance(0.5) ? dice.pick(["principal", "resource", "action"]) : this.uid());
      case "longs":
        return member(`[${dice.several(0, 3, () => this.palette(INTEGERS)).join(", ")}]`);
      case "strings":
        return member(`[${dice.several(0, 3, () => this.string(this.palette(STRINGS))).join(", ")}]`);
      case "entities":
        return member(`[${dice.several(0, 4, this.uid).join(", ")}]`);
      case "record":
        return member(dice.pick(["context", "{}", "{count: 1}", '{"ok": true, count: 1, word: "a"}']));
      default:
        return member(this.#extension(kind));
    }
  }

  #extension(kind: Extension): string {
    const { dice } = this;
    if (dice.chance(0.06)) return `${kind}(${this.leaf("string").text})`;
    return `${kind}(${this.string(dice.chance(this.isClosed ? 0.85 : 0.95) ? this.palette(GOOD[kind]) : dice.pick(BAD[kind]))})`;
  }

  #attribute(kind: Kind): Written {
    const { dice } = this;
    const target = dice.pick(["principal", "resource", "context", "context", "principal.owner", this.uid()]);
    if (kind === "string" && target !== "context" && dice.chance(0.2)) {
      return member(`${target}.getTag(${this.tag()})`);
    }
    const within = dice.weighted({ top: 6, details: 1, inner: 1 });
    const [prefix, names] = { top: ["", ATTRIBUTES], details: [".details", DETAILS], inner: [".details.inner", INNER] }[
      within
    ] as [string, Readonly<Record<string, Kind>>];
    const fitting = Object.keys(names).filter((name) => names[name] === kind);
    if (fitting.length === 0) return this.#attribute(kind);
    return member(`${target}${prefix}${this.access(dice.pick(fitting))}`);
  }

  /** An attribute by itself, or compared with a literal or with another one: what many policies ask first. */
  comparison(): string {
    const { dice } = this;
    const comparable = Object.entries(ATTRIBUTES).filter(([, one]) => LITERALS.includes(one));
    const [name, kind] = dice.pick(dice.chance(0.6) ? comparable.slice(0, 4) : comparable);
    const attribute = this.#ofVariable(name);
    if (dice.chance(kind === "bool" ? 0.3 : 0.04)) return `${dice.pick(["", "!"])}${attribute}`;
    const others = comparable.filter(([, other]) => other === kind || dice.chance(0.03));
    const literal = kind === "entity" ? this.uid() : this.closed.leaf(kind).text;
    const other = dice.chance(0.3) ? this.#ofVariable(dice.pick(others)[0]) : literal;
    const operators = kind === "long" || dice.chance(0.08) ? ["==", "<", "<=", ">", ">=", "!="] : ["==", "!="];
    return `${attribute} ${dice.chance(0.6) ? "==" : dice.pick(operators)} ${other}`;
  }

  #ofVariable(name: string): string {
    const variables = ["principal", "resource", "context", "context", "context", "context"];
    return `${this.dice.pick(variables)}${this.access(name)}`;
  }

  /** One that reads nothing. */
  get closed(): LeafWriter {
    return new LeafWriter(this.dice, this.uid, this.ofWorld, true);
  }

  /** `.name` or `["name"]`. */
  access(name: string): string {
    return isPlain(name) && this.dice.chance(0.8) ? `.${name}` : `[${this.string(name)}]`;
  }

  tag(): string {
    return this.dice.chance(0.9) ? this.string(this.dice.pick(TAGS)) : this.leaf("string").text;
  }

  pattern(): string {
    const pieces = () => this.dice.pick(["*", "*", "*", "a", "ab", "b", "\\*", "é", "🦀", "\\n", "\\u{65}"]);
    return this.dice.several(0, 4, pieces).join("");
  }

  /** A pattern that a text nearly matches: parts of it, with wildcards for what lies between, or for less, or for more. */
  patternOf(text: string): string {
    const { dice } = this;
    const characters = [...text];
    const [first, last] = [dice.below(characters.length + 1), dice.below(characters.length + 1)];
    const middle = dice.chance(0.3) ? `*${this.#escaped(dice.pick([...characters, "a"]))}` : "";
    const [head, tail] = [characters.slice(0, first).join(""), characters.slice(last).join("")];
    return `${this.#escaped(head)}${middle}${dice.chance(0.9) ? "*" : ""}${this.#escaped(tail)}`;
  }

  #escaped(text: string): string {
    return this.string(text)
      .slice(1, -1)
      .replaceAll("*", this.dice.chance(0.8) ? "\\*" : "*");
  }

  /** A string literal, with escapes that need not be. */
  string(value: string, escaping = 0.07): string {
    const escaped = [...value].map((character) => {
      if (character === '"' || character === "\\") return `\\${character}`;
      if (character === "\0") return "\\0";
      if (character === "\n") return "\\n";
      return this.dice.chance(escaping) ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}` : character;
    });
    return `"${escaped.join("")}"`;
  }
}
