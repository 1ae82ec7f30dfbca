import type { Mutations } from "./cedar-mutants";

/** Mistakes in what expressions mean: operators, methods, and values that are compared. */
export const EXPRESSION_MUTATIONS: Mutations = {
  "evaluation/compile.ts": [
    ["a minus changes nothing", 'compileBinary("-", constant(0n)', 'compileBinary("+", constant(0n)'],
    ["not changes nothing", "return !found;", "return found;"],
    [
      "then and else are swapped",
      "found ? consequent(frame) : alternative(frame)",
      "found ? alternative(frame) : consequent(frame)",
    ],
    [
      "a condition of if is not checked",
      'const found = condition(frame);\n    if (typeof found !== "boolean")',
      "const found = condition(frame);\n    if (false)",
    ],
    ["is looks at the last name of a type", "found.type === entityType", "found.type.endsWith(entityType.slice(-3))"],
    ["is … in forgets the group", "(isMember === null || isMember(frame, found))", "true"],
    [
      "is of no entity is false",
      'if (!(found instanceof EntityValue)) throw error.because(expects("an entity", found));',
      "if (!(found instanceof EntityValue)) return false;",
    ],
    ["an attribute is where it was in another record", "if (record.shape !== known) ", "if (known === null) "],
    [
      "an attribute that a record lacks is false",
      "if (value === undefined) throw error",
      "if (value === undefined) return false; else if (value === null) throw error",
    ],
    [
      "an attribute that an entity lacks is false",
      "throw error.because(`${writeUid(found)} ${data ? missing",
      "return false; throw error.because(`${writeUid(found)} ${data ? missing",
    ],
    ["has stops at the first name of a path", "if (found === undefined) return false;", "return found !== undefined;"],
    [
      "has of what has no attributes is false",
      'if (!(found instanceof RecordValue)) throw error.because(expects("an entity or a record", found));\n      found',
      "if (!(found instanceof RecordValue)) return false;\n      found",
    ],
    [
      "has of an unknown entity is true",
      "?.attributes ?? EMPTY_RECORD;",
      "?.attributes;\n      if (found === undefined) return true;",
    ],
    ["like takes what is no string", 'if (typeof text !== "string") throw error', "if (false) throw error"],
    [
      "a set has only its first element",
      "SetValue.of(elements.map((one) => one(frame)))",
      "SetValue.of(elements.slice(0, 1).map((one) => one(frame)))",
    ],
  ],
  "evaluation/compile-binary.ts": [
    ["&& and || look at both sides", "if (first === settles) return settles;", ""],
    ["&& is ||", "compileLogic(left, right, false, at)", "compileLogic(left, right, true, at)"],
    ["the right of && need not be a bool", 'if (typeof second !== "boolean") throw', "if (false) throw"],
    ["the left of && need not be a bool", 'if (typeof first !== "boolean") throw', "if (false) throw"],
    ["< is <=", "{ isSwapped: false, isNegated: false }", "{ isSwapped: true, isNegated: true }"],
    ["<= is <", "{ isSwapped: true, isNegated: true }", "{ isSwapped: false, isNegated: false }"],
    [">= is >", "{ isSwapped: false, isNegated: true }", "{ isSwapped: true, isNegated: false }"],
    ["!= is ==", "!isEqual(left(frame), right(frame))", "isEqual(left(frame), right(frame))"],
    ["what is too great fits", "|| result > LONG_MAX)", "|| result > LONG_MAX + 1n)"],
    ["what is too small fits", "result < LONG_MIN ||", "result < LONG_MIN - 1n ||"],
    [
      "integers wrap",
      'throw error.because("the result does not fit into 64 bits");',
      "return BigInt.asIntN(64, result);",
    ],
    ["a difference is the other way around", "(a, b) => a - b,", "(a, b) => b - a,"],
    ["products are rounded", "(a, b) => a * b,", "(a, b) => BigInt(Number(a) * Number(b)),"],
    ["values of different extensions have an order", "hasOrder(b) && a.type === b.type", "hasOrder(b)"],
    [
      "decimals have an order by operators",
      '(value.type === "datetime" ||',
      '(value.type === "decimal" || value.type === "datetime" ||',
    ],
    ["a set of groups may have other values in it", "if (wrong !== undefined) throw", "if (false) throw"],
    ["in needs every group of a set", "set.elements.some((element)", "set.elements.every((element)"],
    [
      "in is the other way around",
      "frame.entities.isIn(entity, group);\n    if",
      "frame.entities.isIn(group, entity);\n    if",
    ],
  ],
  "evaluation/compile-methods.ts": [
    ["the text of a call is read once", "if (last?.text === found) return last.value;", "if (last) return last.value;"],
    ["containsAll is containsAny", "wanted.elements.every(", "wanted.elements.some("],
    ["containsAny is containsAll", "wanted.elements.some(", "wanted.elements.every("],
    ["a set of one is empty", "elements.length === 0,", "elements.length <= 1,"],
    [
      "contains of no set is false",
      "contains: (target, argument, _frame, error) => setOf(target, error)",
      "contains: (target, argument) => target instanceof SetValue && target",
    ],
    ["lessThan is lessThanOrEqual", "lessThan: decimals((a, b) => a < b)", "lessThan: decimals((a, b) => a <= b)"],
    [
      "greaterThanOrEqual is greaterThan",
      "greaterThanOrEqual: decimals((a, b) => a >= b)",
      "greaterThanOrEqual: decimals((a, b) => a > b)",
    ],
    ["isIpv4 is isIpv6", "isIpv4: ofIp((ip) => !ip.isV6)", "isIpv4: ofIp((ip) => ip.isV6)"],
    [
      "a range is in what it has in it",
      "isInRange(unpackIp(one), unpackIp(other))",
      "isInRange(unpackIp(other), unpackIp(one))",
    ],
    [
      "an offset wraps",
      'new ExtensionValue("datetime", fits(moved, error))',
      'new ExtensionValue("datetime", BigInt.asIntN(64, moved))',
    ],
    [
      "durationSince is the other way around",
      '"datetime", error) - extensionFrom(argument, "datetime", error)',
      '"datetime", error) * -1n + extensionFrom(argument, "datetime", error)',
    ],
    ["minutes are hours", "toMinutes: inUnits(UNITS.m)", "toMinutes: inUnits(UNITS.h)"],
    ["a tag that is missing is false", "if (tag !== undefined) return tag;", "return tag ?? false;"],
    ["hasTag looks at attributes", "tags?.get(argument)", "attributes.get(argument)"],
  ],
  "values/value.ts": [
    ["a part of a set is equal to it", "a.elements.length === b.elements.length && a", "a"],
    ["sets in sets have an order", "value.elements.map(canonical).sort().join", "value.elements.map(canonical).join"],
    ["extension values of different types are equal", "a.type === b.type && a.amount", "a.amount"],
    ["records of other names are equal", "isSameShape(a.shape, b.shape) &&", ""],
    [
      "only the first attributes of records are compared",
      "a.values.every((value, at) =>",
      "a.values.slice(0, 1).every((value, at) =>",
    ],
    [
      "names of different types are one entity",
      "let entity = ofType.get(id);",
      "let entity = this.#all.find((one) => one.id === id);",
    ],
  ],
};
