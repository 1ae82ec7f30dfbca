import type { Dice } from "./cedar-dice";
import type { Palette } from "./cedar-leaves";
import { BAD, GOOD, IDS, INTEGERS, STRINGS, TAGS } from "./cedar-edges";
import { ATTRIBUTES, DETAILS, type Extension, INNER, type Kind } from "./cedar-vocabulary";

/** An entity by its name. */
export interface Uid {
  readonly type: string;
  readonly id: string;
}

/** Writes entities and contexts as JSON. With a schema, extension values and entities are often written without a mark. */
export class DataWriter {
  constructor(
    readonly dice: Dice,
    readonly uids: readonly Uid[],
    readonly hasSchema: boolean,
    readonly ofWorld: Palette,
  ) {}

  entity(uid: Uid, parents: readonly Uid[]): string {
    const { dice } = this;
    const tags = dice.chance(0.4) ? [] : TAGS.filter(() => dice.chance(0.5));
    const ofTag = () => this.value(this.hasSchema || dice.chance(0.7) ? "string" : dice.pick(["long", "bool"]));
    const written = [
      `"uid":${this.#uid(uid)}`,
      `"attrs":${this.attributes(dice.pick([0, 0.05, 0.1, 0.2, 0.5]))}`,
      `"parents":[${parents.map((parent) => this.#uid(parent)).join(",")}]`,
    ];
    if (tags.length > 0) written.push(`"tags":{${tags.map((tag) => `${JSON.stringify(tag)}:${ofTag()}`).join(",")}}`);
    return `{${written.join(",")}}`;
  }

  /** An action has no attributes. */
  action(uid: Uid, parents: readonly Uid[]): string {
    return `{"uid":${this.#uid(uid)},"attrs":{},"parents":[${parents.map((parent) => this.#uid(parent)).join(",")}]}`;
  }

  /** A record of the attributes that there are, without some. */
  attributes(presence = this.dice.pick([0.2, 0.6, 0.9])): string {
    return this.#record(ATTRIBUTES, presence);
  }

  value(kind: Kind): string {
    const { dice } = this;
    switch (kind) {
      case "bool":
        return dice.pick(["true", "false"]);
      case "long":
        return this.ofWorld(dice, INTEGERS);
      case "string":
        return JSON.stringify(this.ofWorld(dice, STRINGS));
      case "entity":
        return this.#reference("User");
      case "longs":
        return this.#several(() => this.ofWorld(dice, INTEGERS));
      case "strings":
        return this.#several(() => JSON.stringify(this.ofWorld(dice, STRINGS)));
      case "entities":
        return this.#several(() => this.#reference("Group"));
      case "record": {
        const details = this.#record(DETAILS, 0.7).slice(1, -1);
        const inner = dice.chance(0.6) ? [`"inner":${this.#record(INNER, 0.7)}`] : [];
        return `{${[...(details === "" ? [] : [details]), ...inner].join(",")}}`;
      }
      default:
        return this.#extension(kind);
    }
  }

  #record(kinds: Readonly<Record<string, Kind>>, presence: number): string {
    const present = Object.entries(kinds).filter(() => this.dice.chance(presence));
    return `{${present.map(([name, kind]) => `${JSON.stringify(name)}:${this.value(kind)}`).join(",")}}`;
  }

  #several(one: () => string): string {
    return `[${this.dice.several(0, 4, one).join(",")}]`;
  }

  /** An entity of a type, as a schema wants it; of any, without one. */
  #reference(type: string): string {
    const { dice } = this;
    const fitting = this.uids.filter((uid) => !this.hasSchema || uid.type === type);
    const uid = fitting.length > 0 && dice.chance(0.9) ? dice.pick(fitting) : { type, id: dice.pick(IDS) };
    const isMarked = !this.hasSchema || dice.chance(0.5);
    return isMarked ? `{"__entity":${JSON.stringify(uid)}}` : JSON.stringify(uid);
  }

  #extension(kind: Extension): string {
    const { dice } = this;
    const text = JSON.stringify(dice.chance(0.9998) ? this.ofWorld(dice, GOOD[kind]) : dice.pick(BAD[kind]));
    const isMarked = !this.hasSchema || dice.chance(0.5);
    return isMarked ? `{"__extn":{"fn":"${kind}","arg":${text}}}` : text;
  }

  #uid(uid: Uid): string {
    return this.dice.chance(0.9) ? JSON.stringify(uid) : `{"__entity":${JSON.stringify(uid)}}`;
  }
}
