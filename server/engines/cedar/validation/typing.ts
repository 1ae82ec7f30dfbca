import { type Capabilities, NOTHING } from "./capabilities";
import type { Environment, World } from "./environments";
import type { Range } from "../syntax/problem";
import type { Expression } from "../syntax/syntax";
import { type Checked, isBoolean } from "./types";
import { writeType } from "../schema/write-type";

/**
 * What became of an expression that was checked. A problem within it is told once, and the check goes on with as much as
 * is known all the same, so that one mistake is not told as many.
 */
export interface Typing {
  /** Null when none can be given. `!1` has one: it would be a boolean anyway. */
  readonly type: Checked | null;
  /** What is there when the expression evaluates to true. */
  readonly capabilities: Capabilities;
}

/** Checks expressions in one environment. The rules for each kind of expression are functions of it. */
export interface Checker {
  readonly world: World;
  readonly environment: Environment;
  /** The type of an expression where some capabilities hold. */
  check(expression: Expression, known: Capabilities): Typing;
  /** The same, of an expression that must have one of some types. */
  expect(expression: Expression, known: Capabilities, expected: Expectation, hint?: Hint): Typing;
  report(finding: Finding): void;
}

/** A problem but for its severity; what is left out is empty. */
export interface Finding {
  readonly code: `type.${string}`;
  readonly message: string;
  readonly range: Range;
  readonly expected?: readonly string[];
  /** What to write instead; asked of only one of all that are alike. */
  readonly suggest?: () => string | null;
}

/** Types that an operator takes. */
export interface Expectation {
  /** As a schema would write them. */
  readonly names: readonly string[];
  accepts(type: Checked): boolean;
}

/** What to do instead, for a type that was not expected. */
export type Hint = (type: Checked) => string | null;

export const BOOLEAN: Expectation = { names: ["Bool"], accepts: isBoolean };
export const INTEGER: Expectation = { names: ["Long"], accepts: ({ kind }) => kind === "long" };
export const TEXT: Expectation = { names: ["String"], accepts: ({ kind }) => kind === "string" };
export const ENTITY: Expectation = { names: ["an entity"], accepts: ({ kind }) => kind === "entity" };
export const SET: Expectation = { names: ["a set"], accepts: ({ kind }) => kind === "set" };
export const WITH_ATTRIBUTES: Expectation = {
  names: ["an entity", "a record"],
  accepts: ({ kind }) => kind === "entity" || kind === "record",
};
export const ENTITIES: Expectation = {
  names: ["an entity", "a set of entities"],
  accepts: (type) => type.kind === "entity" || (type.kind === "set" && type.element.kind === "entity"),
};

/** Exactly one type. */
export function only(type: Checked): Expectation {
  return {
    names: [writeType(type)],
    accepts: (other) =>
      type.kind === "extension" ? other.kind === type.kind && other.name === type.name : other.kind === type.kind,
  };
}

/** A type, and what is known when the expression is true. */
export function sound(type: Checked, capabilities: Capabilities = NOTHING): Typing {
  return { type, capabilities };
}

/** A failure, with the type that there would be anyway. */
export function failed(type: Checked | null = null): Typing {
  return { type, capabilities: NOTHING };
}
