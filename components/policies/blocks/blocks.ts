import type { ExtensionName } from "@/server/engines/cedar/values/type";
import type { EntityUid } from "@/server/engines/cedar/values/uid";
import type { Condition, Expression, Policy } from "@/server/engines/cedar/syntax/syntax";

/** One policy as blocks. They are a view of its text: every block knows the expression that it is. */
export interface PolicyBlocks {
  readonly policy: Policy;
  readonly conditions: readonly ConditionBlock[];
}

/** `when { … }` or `unless { … }`. */
export interface ConditionBlock {
  readonly condition: Condition;
  readonly group: Group;
}

/** A part of a condition. `outer` is all of it with the parentheses around it: what is taken when it is taken away. */
export type Block = Group | Row | Free;

/** How the members of a group are joined: `a && b`, `a || b`, `!(a || b)`. */
export type Join = "all" | "any" | "none";

export interface Group {
  readonly kind: "group";
  readonly join: Join;
  readonly outer: Expression;
  /** What is joined, without `!` and parentheses. */
  readonly inside: Expression;
  readonly members: readonly Block[];
  /** `true && a` and `false || a` are groups of one: the first operand only tells how it is joined. */
  readonly hasKeeper: boolean;
  /** A whole condition, which needs no parentheses to be a group. */
  readonly isTop: boolean;
}

/** What rows cannot say, as it is written. */
export interface Free {
  readonly kind: "free";
  readonly outer: Expression;
  /** Something of it could not be read: it stands for its whole condition. */
  readonly isBroken: boolean;
}

/** `path operator value`. */
export interface Row extends RowContent {
  readonly kind: "row";
  readonly outer: Expression;
  /** Without the parentheses around it; with its `!`. */
  readonly inner: Expression;
  /** Where the value alone stands, so that it can be changed alone. */
  readonly valueAt: Expression | null;
  /** Where the operator alone stands, between two expressions. */
  readonly operatorAt: { readonly start: number; readonly end: number } | null;
}

/** What a row says, without places. */
export interface RowContent {
  readonly path: Path;
  readonly operator: Operator;
  /** The opposite is asked: `!(…)`. */
  readonly isNot: boolean;
  readonly value: RowValue | null;
}

/** `context.workload.kind`, `principal`, `resource.getTag("env")`. */
export interface Path {
  readonly root: "principal" | "action" | "resource" | "context";
  readonly steps: readonly Step[];
}

export interface Step {
  readonly kind: "attribute" | "tag";
  readonly name: string;
}

/** What a row may ask of its path. `holds` is a path alone; `one of` is `[…].contains(path)`. */
export type Operator =
  | "holds"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "has"
  | "like"
  | "is"
  | "one of"
  | SetMethod
  | AddressMethod
  | DecimalMethod;

export type SetMethod = "contains" | "containsAll" | "containsAny" | "isEmpty";
export type AddressMethod = "isInRange" | "isIpv4" | "isIpv6" | "isLoopback" | "isMulticast";
export type DecimalMethod = "lessThan" | "lessThanOrEqual" | "greaterThan" | "greaterThanOrEqual";

/** What a path is compared with. */
export type RowValue =
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "long"; readonly value: bigint }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "entity"; readonly value: EntityUid }
  /** `datetime("…")` and the others, by the text in them. */
  | { readonly kind: "extension"; readonly name: ExtensionName; readonly value: string }
  | { readonly kind: "set"; readonly elements: readonly RowValue[] }
  | { readonly kind: "path"; readonly value: Path }
  /** As people write it: `*` is any text, `\*` a star. */
  | { readonly kind: "pattern"; readonly value: string }
  /** The name of an entity type. */
  | { readonly kind: "type"; readonly value: string };
