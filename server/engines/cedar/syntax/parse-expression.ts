import { LIMITS } from "./limits";
import { readPattern } from "./literals";
import { checkTypeName, parseAttributeName, parsePath, parseString } from "./parse-name";
import { PrimaryParser } from "./parse-primary";
import type { Range } from "./problem";
import type { BinaryOperator, Expression, Name, Token } from "./syntax";
import { LONG_MAX } from "../values/value";

/**
 * So many expressions are read within one another: the levels of nesting that `limits.ts` lets through, twice over for
 * texts whose brackets do not match, and one chain of `else if`. Several such chains within one another come to more,
 * and are refused here, so that the parser never runs out of stack.
 */
const DEEPEST = 2 * LIMITS.nesting + LIMITS.chain;

/** The most `!` or `-` that may stand in a row. */
const UNARY_MAX = 4;

/** What people write who know other languages, and what it is here. */
const MISTAKEN: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ["or", "||"],
  ["|", "||"],
  ["and", "&&"],
  ["&", "&&"],
  ["=", "=="],
]);

/** Operators by how tightly they bind, loosest first; each associates to the left. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [["||"], ["&&"], [], ["+", "-"], ["*"]];
const RELATIONS: readonly BinaryOperator[] = ["==", "!=", "<", "<=", ">", ">=", "in"];
const [OR, RELATION, SUM, PRODUCT] = [0, 2, 3, 4];

/**
 * Expressions with operators: `if`, `||`, `&&`, relations, `+` and `-`, `*`, `!` and `-`, from the loosest to the
 * tightest. Comments start with the rule of the grammar. https://docs.cedarpolicy.com/policies/syntax-grammar.html#grammar-expr
 */
export class ExpressionParser extends PrimaryParser {
  #nesting = 0;

  /** `Expr ::= Or | 'if' Expr 'then' Expr 'else' Expr` */
  expression(): Expression {
    if (this.#nesting >= DEEPEST) return this.#tooDeep();
    this.#nesting += 1;
    const expression = this.stream.is("if") ? this.conditional() : this.#binary(OR);
    this.#nesting -= 1;
    return expression;
  }

  /** Passes over what is nested deeper than `DEEPEST`. */
  #tooDeep(): Expression {
    const { start } = this.stream.token;
    this.stream.reportOnce("limit.nesting", `more than ${LIMITS.nesting} levels of nesting`);
    this.stream.skipTo();
    return { kind: "hole", start, end: Math.max(start, this.stream.lastEnd) };
  }

  /** `'if' Expr 'then' Expr 'else' Expr`, at the `if`. */
  conditional(): Expression {
    const { start } = this.stream.next();
    const condition = this.expression();
    const consequent = this.#branch("then");
    const alternative = this.#branch("else");
    return { kind: "if", condition, consequent, alternative, start, end: this.stream.lastEnd };
  }

  /** `'then' Expr` or `'else' Expr`. */
  #branch(word: "then" | "else"): Expression {
    if (!this.stream.expect(word) && !this.stream.is("{", "(")) return this.#hole();
    return this.expression();
  }

  /**
   * By level: `Or ::= And {'||' And}`, `And ::= Relation {'&&' Relation}`, `Add ::= Mult {('+' | '-') Mult}`,
   * `Mult ::= Unary {'*' Unary}`.
   */
  #binary(level: number): Expression {
    if (level === RELATION) return this.#relations();
    const tighter = () => (level === PRODUCT ? this.#unary() : this.#binary(level + 1));
    let left = tighter();
    for (;;) {
      const operator = this.#operator(LEVELS[level] ?? []);
      if (operator === null) return left;
      const { start, end } = operator;
      const right = tighter();
      const operatorRange = { start, end };
      left = { kind: "binary", operator: operator.operator, operatorRange, left, right, ...around(left, right) };
    }
  }

  /** Takes an operator, or what was likely meant as one. */
  #operator(operators: readonly BinaryOperator[]): (Range & { operator: BinaryOperator }) | null {
    const { stream } = this;
    const { text, start, kind } = stream.token;
    if (kind !== "symbol" && kind !== "identifier" && kind !== "unknown") return null;
    const operator = operators.find((one) => one === text);
    if (operator) {
      const { end } = stream.next();
      this.#skipStutter(operator);
      return { operator, start, end };
    }
    const meant = MISTAKEN.get(text);
    if (meant && operators.includes(meant)) {
      stream.reportOnce("syntax.operator", `\`${text}\` is not an operator`, { expected: [meant], suggestion: meant });
      const { end } = stream.next();
      if (stream.is("|", "&") && stream.token.start === end) stream.next();
      return { operator: meant, start, end };
    }
    if ((text === "/" || text === "%") && operators.includes("*")) {
      stream.reportOnce("syntax.operator", `there is no operator \`${text}\``, { expected: ["*"] });
      const { end } = stream.next();
      return { operator: "*", start, end };
    }
    return null;
  }

  /** `===` and `!==` end with a sign too many. */
  #skipStutter(operator: BinaryOperator): void {
    const { stream } = this;
    if ((operator === "==" || operator === "!=") && stream.is("=") && stream.token.start === stream.lastEnd) {
      stream.reportOnce("syntax.operator", `\`${operator}=\` is not an operator`, { suggestion: operator });
      stream.next();
    }
  }

  /**
   * `Relation ::= Add [RELOP Add | 'has' … | 'like' PAT | 'is' …]`: no more than one, for `a < b < c` has no meaning
   * without parentheses.
   */
  #relations(): Expression {
    let left = this.#binary(SUM);
    for (let count = 0; ; count += 1) {
      const { start, end, text } = this.stream.token;
      const relation = this.#relation(left);
      if (relation === null) return left;
      if (count > 0) {
        const message = `\`${text}\` cannot follow another relation without parentheses`;
        this.stream.report("syntax.chained_relation", message, { start, end });
      }
      left = relation;
    }
  }

  /** What follows the first `Add` of a `Relation`; null when nothing does. */
  #relation(left: Expression): Expression | null {
    const { stream } = this;
    if (stream.is("has")) return this.#has(left);
    if (stream.is("like")) return this.#like(left);
    if (stream.is("is")) return this.#is(left);
    const operator = this.#operator(RELATIONS);
    if (operator === null) return null;
    const right = this.#binary(SUM);
    const operatorRange = { start: operator.start, end: operator.end };
    return { kind: "binary", operator: operator.operator, operatorRange, left, right, ...around(left, right) };
  }

  /**
   * `Add 'has' (IDENT {'.' IDENT} | STR)`, at the `has`.
   * https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-has
   */
  #has(target: Expression): Expression {
    const { stream } = this;
    stream.next();
    const path: Name[] = [];
    if (stream.token.kind === "string") path.push(parseString(stream));
    else if (stream.token.kind === "identifier") {
      do {
        if (stream.token.kind !== "identifier") stream.reportUnexpected("a name");
        else path.push(parseAttributeName(stream));
      } while (stream.accept("."));
    } else stream.reportUnexpected("an attribute's name");
    const last = path.at(-1);
    return { kind: "has", target, path, start: target.start, end: last?.end ?? stream.lastEnd };
  }

  /** `Add 'like' PAT`, at the `like`. */
  #like(target: Expression): Expression {
    const { stream } = this;
    stream.next();
    const { token } = stream;
    if (token.kind !== "string") {
      stream.reportUnexpected("a pattern in double quotes");
      const patternRange = { start: stream.lastEnd, end: stream.lastEnd };
      return { kind: "like", target, pattern: [], patternRange, start: target.start, end: stream.lastEnd };
    }
    stream.next();
    const patternRange = { start: token.start, end: token.end };
    const pattern = readPattern(token, stream.problems);
    return { kind: "like", target, pattern, patternRange, start: target.start, end: token.end };
  }

  /**
   * `Add 'is' Path ['in' Add]`, at the `is`.
   * https://docs.cedarpolicy.com/policies/syntax-operators.html#operator-is
   */
  #is(target: Expression): Expression {
    const { stream } = this;
    stream.next();
    let type = { text: "", start: stream.lastEnd, end: stream.lastEnd };
    if (stream.token.kind !== "identifier") stream.reportUnexpected("an entity type");
    else {
      const path = parsePath(stream);
      checkTypeName(stream, path);
      if (path.id !== null) {
        const suggestion = `== ${path.text}::"${path.id.value}"`;
        stream.report("syntax.entity_type", "`is` takes an entity type, not an entity", path, { suggestion });
      }
      type = path;
    }
    const typeRange = { start: type.start, end: type.end };
    const parent = stream.accept("in") ? this.#binary(SUM) : null;
    return { kind: "is", target, entityType: type.text, typeRange, parent, start: target.start, end: stream.lastEnd };
  }

  /** `Unary ::= ['!' | '-']x4 Member`: one sign, up to four times. A `-` right before a number belongs to it. */
  #unary(): Expression {
    const { stream } = this;
    const operators: Token[] = [];
    while (stream.is("!", "-") || (stream.is("not") && stream.peek(1).text !== "::")) {
      const first = operators[0]?.text ?? stream.token.text;
      if (stream.is("not")) stream.reportOnce("syntax.operator", "`not` is not an operator", { suggestion: "!" });
      else if (!stream.is(first)) {
        stream.reportOnce("syntax.unexpected", `\`${stream.token.text}\` after \`${first}\` needs parentheses`);
      }
      operators.push(stream.next());
    }
    const excess = operators[UNARY_MAX];
    if (excess) stream.report("syntax.unary_chain", `at most ${UNARY_MAX} of \`${excess.text}\` in a row`, excess);
    let operand = this.#signed(operators);
    for (const { text, start } of operators.reverse()) {
      operand = { kind: text === "-" ? "negate" : "not", operand, start, end: operand.end };
    }
    return operand;
  }

  /** `INT` with the last of the signs before it, or the `Member` that the signs stand before. */
  #signed(operators: Token[]): Expression {
    const sign = operators.at(-1);
    const isLiteral = this.stream.token.kind === "integer" && ![".", "[", "("].includes(this.stream.peek(1).text);
    if (sign?.text !== "-" || !isLiteral) return this.member();
    operators.pop();
    const number = this.integer(LONG_MAX + 1n);
    if (number.kind !== "long") return number;
    return { kind: "long", value: -number.value, start: sign.start, end: number.end };
  }

  #hole(): Expression {
    return { kind: "hole", start: this.stream.lastEnd, end: this.stream.lastEnd };
  }
}

const around = (left: Range, right: Range): Range => ({ start: left.start, end: Math.max(left.end, right.end) });
