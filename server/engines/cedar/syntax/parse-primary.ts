import { BUILT_IN_METHODS, FUNCTIONS, METHODS } from "../values/extensions";
import { readInteger, readString } from "./literals";
import { checkTypeName, type Path, parseAttributeName, parsePath, parseString } from "./parse-name";
import { nearest, type Range } from "./problem";
import type { Expression, Name, RecordEntry } from "./syntax";
import type { TokenStream } from "./token-stream";
import { LONG_MAX } from "../values/value";

const VARIABLES = ["principal", "action", "resource", "context"] as const;
const isVariable = (word: string): word is (typeof VARIABLES)[number] => VARIABLES.some((name) => name === word);

/** Words that stand between expressions, and so begin none. */
const BETWEEN = new Set(["in", "is", "like", "has", "then", "else"]);

/**
 * What operators stand between: literals, entities, variables, calls, sets, records, and what `.`, `[…]` and methods
 * reach in them. Comments start with the rule of the grammar.
 * https://docs.cedarpolicy.com/policies/syntax-grammar.html#grammar-member
 */
export abstract class PrimaryParser {
  constructor(readonly stream: TokenStream) {}

  abstract expression(): Expression;
  abstract conditional(): Expression;

  /** `Member ::= Primary {Access}` */
  member(): Expression {
    let target = this.#primary();
    for (;;) {
      if (this.stream.is(".")) target = this.#dot(target);
      else if (this.stream.is("[")) target = this.#index(target);
      else if (this.stream.is("(")) target = this.#stray(target);
      else return target;
    }
  }

  /** `ExprList ::= Expr {',' Expr}` and `RecInits`, with the brackets around; a last comma is allowed. */
  list<Item>(item: () => Item): Item[] {
    const { stream } = this;
    const items: Item[] = [];
    stream.open();
    while (!stream.isAtEnd && !stream.is(")", "]", "}")) {
      const before = stream.token;
      items.push(item());
      if (stream.accept(",")) continue;
      if (stream.is(")", "]", "}") || stream.isAtEnd) break;
      stream.reportUnexpected("`,`", { suggestion: "," });
      if (stream.token === before || !startsItem(stream)) stream.skipTo(",");
      stream.accept(",");
    }
    stream.close();
    return items;
  }

  /** `Access ::= '.' IDENT ['(' [ExprList] ')']` */
  #dot(target: Expression): Expression {
    const { stream } = this;
    stream.next();
    const { token } = stream;
    if (token.kind !== "identifier") {
      if (token.kind !== "string") stream.reportUnexpected("a name");
      else {
        stream.reportUnexpected("a name", { suggestion: `[${token.text}]` });
        stream.next();
      }
      return { kind: "attribute", target, name: { value: "", ...at(stream) }, ...span(target, stream) };
    }
    const isCall = stream.peek(1).text === "(";
    const name = parseAttributeName(stream);
    if (!isCall) return { kind: "attribute", target, name, ...span(target, stream) };
    const parameters = this.list(() => this.expression());
    this.#checkMethod(name, parameters.length);
    return { kind: "method", target, name, arguments: parameters, ...span(target, stream) };
  }

  #checkMethod(name: Name, count: number): void {
    if (METHODS.has(name.value)) return;
    const wanted = BUILT_IN_METHODS.get(name.value);
    if (wanted !== undefined) {
      const message = `\`${name.value}\` takes ${wanted === 0 ? "no arguments" : "one argument"}, not ${count}`;
      if (count !== wanted) this.stream.report("syntax.argument_count", message, name);
      return;
    }
    const known = [...BUILT_IN_METHODS.keys(), ...METHODS.keys()];
    if (FUNCTIONS.has(name.value)) {
      const message = `\`${name.value}\` is a function, not a method`;
      this.stream.report("syntax.unknown_method", message, name, { suggestion: `${name.value}(…)` });
    } else {
      const suggestion = nearest(name.value, known);
      this.stream.report("syntax.unknown_method", `there is no method \`${name.value}\``, name, { suggestion });
    }
  }

  /** `Access ::= '[' STR ']'` */
  #index(target: Expression): Expression {
    const { stream } = this;
    stream.open();
    let name: Name = { value: "", ...at(stream) };
    if (stream.token.kind === "string") name = parseString(stream);
    else {
      stream.reportUnexpected("an attribute in double quotes", {
        suggestion: stream.token.kind === "identifier" ? `"${stream.token.text}"` : null,
      });
      stream.skipTo("]");
    }
    stream.close();
    return { kind: "attribute", target, name, ...span(target, stream) };
  }

  /** `(` after what is no name. */
  #stray(target: Expression): Expression {
    this.stream.reportOnce("syntax.unexpected", "only a function or a method can be called");
    this.list(() => this.expression());
    return { kind: "hole", ...span(target, this.stream) };
  }

  /**
   * `Primary ::= LITERAL | VAR | Entity | ExtFun '(' [ExprList] ')' | '(' Expr ')' | '[' [ExprList] ']'`
   * `| '{' [RecInits] '}'`
   */
  #primary(): Expression {
    const { stream } = this;
    const { token } = stream;
    const { start } = token;
    switch (token.kind) {
      case "integer":
        return this.integer(LONG_MAX);
      case "string":
        stream.next();
        return { kind: "string", value: readString(token, stream.problems), start, end: token.end };
      case "slot":
        return this.#slot();
      case "identifier":
        return this.#word();
      case "symbol":
        if (token.text === "[") {
          return { kind: "set", elements: this.list(() => this.expression()), ...span(token, stream) };
        }
        if (token.text === "{") return { kind: "record", entries: this.#record(), ...span(token, stream) };
        if (token.text === "(") return this.#paren();
        break;
      case "unknown":
      case "end":
        break;
    }
    const quoted = /^'(.*)'$/.exec(token.text);
    stream.reportUnexpected("an expression", quoted ? { suggestion: JSON.stringify(quoted[1]) } : {});
    if (token.kind === "unknown") stream.next();
    return { kind: "hole", start, end: stream.lastEnd > start ? stream.lastEnd : start };
  }

  /** `INT`: a whole number up to a limit, which a `-` before it makes one greater. */
  integer(limit: bigint): Expression {
    const { text, start, end } = this.stream.next();
    const value = readInteger(text, limit);
    if (value === null) {
      this.stream.report("syntax.integer_range", `integers go up to ${limit}`, { start, end });
    }
    return { kind: "long", value: value ?? 0n, start, end };
  }

  /** `'(' Expr ')'` */
  #paren(): Expression {
    const { start } = this.stream.open();
    const inner = this.expression();
    this.stream.close();
    return { kind: "paren", inner, start, end: this.stream.lastEnd };
  }

  /** A slot, which no rule has here. */
  #slot(): Expression {
    const { text, start, end } = this.stream.next();
    const name = text === "?resource" ? text : "?principal";
    if (text === name) this.stream.report("syntax.slot", "slots stand in the scope only", { start, end });
    else this.stream.report("syntax.slot", `there is no slot \`${text}\``, { start, end });
    return { kind: "slot", name, start, end };
  }

  /** `BOOL | VAR | Entity | ExtFun '(' [ExprList] ')'`: what starts with a word. */
  #word(): Expression {
    const { stream } = this;
    const { text, start, end } = stream.token;
    const isPath = stream.peek(1).text === "::";
    if ((text === "true" || text === "false") && !isPath) {
      stream.next();
      return { kind: "bool", value: text === "true", start, end };
    }
    if (text === "if") {
      stream.reportOnce("syntax.unexpected", "`if` here needs parentheses around it", { expected: ["`(`"] });
      return this.conditional();
    }
    if (BETWEEN.has(text) && !isPath) {
      stream.reportUnexpected("an expression");
      return { kind: "hole", start, end: start };
    }
    const path = parsePath(stream);
    if (path.id !== null) {
      checkTypeName(stream, path);
      return { kind: "entity", value: { type: path.text, id: path.id.value }, start, end: path.end };
    }
    if (stream.is("(")) return this.#call(path);
    if (isVariable(path.text)) return { kind: "variable", name: path.text, start, end };
    return this.#unknownVariable(path);
  }

  /** `ExtFun '(' [ExprList] ')'`, behind the name of the function. */
  #call({ text, names, start, end }: Path): Expression {
    const parameters = this.list(() => this.expression());
    const name: Name = { value: text, start, end };
    if (!FUNCTIONS.has(text) || names.length !== 1) {
      const isMethod = METHODS.has(text) || BUILT_IN_METHODS.has(text);
      const message = isMethod ? `\`${text}\` is a method, not a function` : `there is no function \`${text}\``;
      const suggestion = isMethod ? `….${text}(…)` : nearest(text, FUNCTIONS.keys());
      this.stream.report("syntax.unknown_function", message, name, { suggestion });
    }
    return { kind: "call", name, arguments: parameters, start, end: this.stream.lastEnd };
  }

  #unknownVariable({ text, names, start, end }: Path): Expression {
    const { stream } = this;
    const id = stream.token.kind === "string" ? stream.token : null;
    if (id) {
      const hints = { expected: ["`::`"], suggestion: `${text}::${id.text}` };
      stream.reportOnce("syntax.unexpected", "an entity is written with `::` before its id", hints);
      stream.next();
    } else if (stream.lastEnd === end) {
      const type = names.slice(0, -1).map(({ value }) => value);
      const suggestion = type.length > 0 ? `${type.join("::")}::"${names.at(-1)?.value}"` : likely(text);
      stream.report("syntax.unknown_variable", `there is no variable \`${text}\``, { start, end }, { suggestion });
    }
    return { kind: "hole", start, end: stream.lastEnd };
  }

  /** `'{' [RecInits] '}'`, where `RecInits ::= (IDENT | STR) ':' Expr {',' (IDENT | STR) ':' Expr}` */
  #record(): RecordEntry[] {
    const seen = new Set<string>();
    return this.list(() => {
      const { stream } = this;
      const name = this.#key();
      if (name.value !== "" || name.end > name.start) {
        if (seen.has(name.value)) stream.report("syntax.duplicate_key", `\`${name.value}\` is there already`, name);
        seen.add(name.value);
      }
      if (!stream.accept(":")) {
        stream.reportUnexpected("`:`", { suggestion: ":" });
        if (stream.is("=", "==")) stream.next();
      }
      const value = this.expression();
      return { name, value, start: name.start, end: stream.lastEnd };
    });
  }

  /** `IDENT | STR` */
  #key(): Name {
    const { stream } = this;
    if (stream.token.kind === "string") return parseString(stream);
    if (stream.token.kind === "identifier") return parseAttributeName(stream);
    stream.reportUnexpected("a key");
    stream.skipTo(":", ",");
    return { value: "", ...at(stream) };
  }
}

const at = (stream: TokenStream): Range => ({ start: stream.lastEnd, end: stream.lastEnd });
const span = ({ start }: Range, stream: TokenStream): Range => ({ start, end: stream.lastEnd });

/** The word that another was likely meant to be, as a variable or a literal. */
function likely(word: string): string | null {
  const lower = word.toLowerCase();
  return nearest(lower, [...VARIABLES, "true", "false"]);
}

/** Whether what stands here can be the next of a list, whose comma was forgotten. */
function startsItem({ token }: TokenStream): boolean {
  if (token.kind === "symbol") return token.text === "{" || token.text === "(" || token.text === "[";
  return token.kind === "identifier" ? !BETWEEN.has(token.text) : token.kind !== "unknown" && token.kind !== "end";
}
