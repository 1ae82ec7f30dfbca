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

/** Writes what expressions are made of. `uid` writes some entity. */
export class LeafWriter {
  constructor(
    readonly dice: Dice,
    readonly uid: () => string,
  ) {}

  /** A literal, a variable, an attribute or a tag. */
  leaf(kind: Kind): Written {
    const { dice } = this;
    if (dice.chance(0.45)) return this.#attribute(kind);
    switch (kind) {
      case "bool":
        return member(dice.pick(["true", "false"]));
      case "long": {
        const text = dice.pick(INTEGERS);
        return { level: text.startsWith("-") ? UNARY : MEMBER, text };
      }
      case "string":
        return member(this.string(dice.pick(STRINGS)));
      case "entity":
        return member(dice.chance(0.5) ? dice.pick(["principal", "resource", "action"]) : this.uid());
      case "longs":
        return member(`[${dice.several(0, 3, () => dice.pick(INTEGERS)).join(", ")}]`);
      case "strings":
        return member(`[${dice.several(0, 3, () => this.string(dice.pick(STRINGS))).join(", ")}]`);
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
    return `${kind}(${this.string(dice.pick(dice.chance(0.97) ? GOOD[kind] : BAD[kind]))})`;
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

  /** A string literal, with escapes that need not be. */
  string(value: string): string {
    const escaped = [...value].map((character) => {
      if (character === '"' || character === "\\") return `\\${character}`;
      if (character === "\0") return "\\0";
      if (character === "\n") return "\\n";
      return this.dice.chance(0.03) ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}` : character;
    });
    return `"${escaped.join("")}"`;
  }
}
