import type { PatternPiece } from "../values/like";
import type { EntityUid } from "../values/uid";
import type { Problem, Range } from "./problem";

/**
 * The tree of a policy text: what `parser.ts` makes, and everything after it reads. Every node knows its range in the
 * text, and the tokens keep every byte, so that nothing is lost between text, tree and text.
 * Grammar: https://docs.cedarpolicy.com/policies/syntax-grammar.html
 */
export interface Tree {
  readonly text: string;
  /** All tokens in order; the last is `end`. Their trivia and texts, put together, are `text`. */
  readonly tokens: readonly Token[];
  /** In the order of their appearance. One that could not be read whole is in it with `isBroken`. */
  readonly policies: readonly Policy[];
  readonly problems: readonly Problem[];
}

/** A word of the language. `trivia` is what stands before it: white space and comments. */
export interface Token extends Range {
  readonly kind: "identifier" | "integer" | "string" | "slot" | "symbol" | "unknown" | "end";
  /** As written, without its trivia. */
  readonly text: string;
  readonly trivia: string;
}

/** `@name("value")`; a name alone has the value null. */
export interface Annotation extends Range {
  readonly name: string;
  readonly nameRange: Range;
  readonly value: string | null;
  readonly valueRange: Range | null;
}

/** One policy, or a template when a slot stands in its scope. */
export interface Policy extends Range {
  readonly annotations: readonly Annotation[];
  readonly effect: "permit" | "forbid";
  readonly effectRange: Range;
  readonly principal: EntityScope;
  readonly action: ActionScope;
  readonly resource: EntityScope;
  readonly conditions: readonly Condition[];
  readonly isBroken: boolean;
}

/** An entity or a slot, where a scope names one. `value` is null for a slot. */
export interface ScopeTarget extends Range {
  readonly value: EntityUid | null;
}

/** What a scope asks of principal or resource. */
export interface EntityScope extends Range {
  readonly variable: "principal" | "resource";
  readonly operator: "any" | "==" | "in" | "is" | "is in";
  /** Of `is` and `is in`. */
  readonly entityType: string | null;
  readonly typeRange: Range | null;
  /** Of `==`, `in` and `is in`. */
  readonly target: ScopeTarget | null;
}

/** What a scope asks of the action. `in list` is `action in [A, B]`, which may be empty. */
export interface ActionScope extends Range {
  readonly variable: "action";
  readonly operator: "any" | "==" | "in" | "in list";
  readonly targets: readonly (Range & { readonly value: EntityUid })[];
}

/** `when { … }` or `unless { … }`; its range has the word and both braces. */
export interface Condition extends Range {
  readonly kind: "when" | "unless";
  readonly body: Expression;
}

/** Operators between two expressions. */
export type BinaryOperator = "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "+" | "-" | "*";

/** An expression. `paren` keeps the parentheses that somebody wrote; `hole` stands where none could be read. */
export type Expression = Range &
  (
    | { readonly kind: "bool"; readonly value: boolean }
    | { readonly kind: "long"; readonly value: bigint }
    | { readonly kind: "string"; readonly value: string }
    | { readonly kind: "entity"; readonly value: EntityUid }
    | { readonly kind: "variable"; readonly name: "principal" | "action" | "resource" | "context" }
    | { readonly kind: "slot"; readonly name: "?principal" | "?resource" }
    | { readonly kind: "paren"; readonly inner: Expression }
    | { readonly kind: "not"; readonly operand: Expression }
    | { readonly kind: "negate"; readonly operand: Expression }
    | {
        readonly kind: "binary";
        readonly operator: BinaryOperator;
        readonly operatorRange: Range;
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: "if";
        readonly condition: Expression;
        readonly consequent: Expression;
        readonly alternative: Expression;
      }
    /** `e has a`, `e has "a b"`, and `e has a.b.c`, whose path has three names. */
    | { readonly kind: "has"; readonly target: Expression; readonly path: readonly Name[] }
    | {
        readonly kind: "like";
        readonly target: Expression;
        readonly pattern: readonly PatternPiece[];
        readonly patternRange: Range;
      }
    | {
        readonly kind: "is";
        readonly target: Expression;
        readonly entityType: string;
        readonly typeRange: Range;
        /** `e is T in parent`. */
        readonly parent: Expression | null;
      }
    /** `e.name` and `e["name"]`. */
    | { readonly kind: "attribute"; readonly target: Expression; readonly name: Name }
    /** `e.contains(…)` and every other method, of extensions too; whether there is such a one is not settled here. */
    | {
        readonly kind: "method";
        readonly target: Expression;
        readonly name: Name;
        readonly arguments: readonly Expression[];
      }
    /** `ip("…")` and every other function; whether there is such a one is not settled here. */
    | { readonly kind: "call"; readonly name: Name; readonly arguments: readonly Expression[] }
    | { readonly kind: "set"; readonly elements: readonly Expression[] }
    | { readonly kind: "record"; readonly entries: readonly RecordEntry[] }
    | { readonly kind: "hole" }
  );

/** A name as it is meant, unescaped, and where it is written. */
export interface Name extends Range {
  readonly value: string;
}

/** `name: value` of a record. */
export interface RecordEntry extends Range {
  readonly name: Name;
  readonly value: Expression;
}

/** The same expression without the parentheses around it. */
export function unwrap(expression: Expression): Expression {
  return expression.kind === "paren" ? unwrap(expression.inner) : expression;
}
