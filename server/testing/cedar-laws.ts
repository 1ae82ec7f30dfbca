import type { Dice } from "./cedar-dice";
import type { Kind } from "./cedar-vocabulary";

/** Operands as texts that bind most tightly, by their kind. */
type Operand = (kind: Kind) => string;

/**
 * A question about one or two operands of which the answer is often the other one when an operator is only nearly right:
 * what is the same on both sides, next to it, or the same in another order.
 */
export function law(dice: Dice, operand: Operand): string {
  return dice.pick([ofIntegers, ofIntegers, ofSets, ofSets, ofRecords, ofTimes, ofOthers, ofOthers])(dice, operand);
}

function ofIntegers(dice: Dice, operand: Operand): string {
  const [x, y] = [operand("long"), operand("long")];
  return dice.pick([
    `${x} * 1 == ${x}`,
    `${x} - ${y} == -(${y} - ${x})`,
    `${x} + ${y} * 2 == ${x} + (${y} * 2)`,
    `${x} - ${y} - 1 == (${x} - ${y}) - 1`,
    `${x} - 1 < ${x}`,
    `${x} + 1 > ${x}`,
    `${x} ${dice.pick(["<", "<=", ">", ">="])} ${x}`,
    `${x} * ${y} + 1 > ${x} * ${y}`,
    `if ${x} < ${y} then ${y} >= ${x} else ${x} >= ${y}`,
  ]);
}

function ofSets(dice: Dice, operand: Operand): string {
  const kind = dice.pick(["long", "string", "entity", "decimal", "ip", "duration", "bool"] as const);
  const [x, y] = [operand(kind), operand(kind)];
  const other = operand(dice.pick(["long", "string", "bool"]));
  return dice.pick([
    `[${x}, ${y}] == [${y}, ${x}]`,
    `[${x}, ${x}, ${y}] == [${x}, ${y}]`,
    `[${x}] == [${x}, ${y}]`,
    `[${x}, ${y}] == [${x}]`,
    `[[${x}, ${y}], [${y}]] == [[${y}], [${y}, ${x}]]`,
    `[[${x}, ${y}]].contains([${y}, ${x}])`,
    `[${x}, ${other}].contains(${y})`,
    `[${x}].${dice.pick(["containsAll", "containsAny"])}([${x}, ${y}])`,
    `[${x}].${dice.pick(["containsAll", "containsAny"])}([])`,
    `[${x}].isEmpty()`,
    `principal in [${operand("entity")}, ${dice.pick([x, operand("entity")])}]`,
  ]);
}

function ofRecords(dice: Dice, operand: Operand): string {
  const kind = dice.pick(["long", "string", "entity", "longs"] as const);
  const [x, y] = [operand(kind), operand(kind)];
  return dice.pick([
    `{a: ${x}, b: ${y}} == {b: ${y}, a: ${x}}`,
    `{a: ${x}, b: ${y}} == {a: ${x}, b: ${x}}`,
    `{a: ${x}} == {b: ${x}}`,
    `{a: ${x}} == {a: ${x}, b: ${y}}`,
    `[{a: ${x}, b: ${y}}].contains({b: ${y}, a: ${x}})`,
    `{a: {b: ${x}}} has a.${dice.pick(["b", "c"])}`,
    `{a: ${x}}["a"] == ${y}`,
  ]);
}

function ofTimes(dice: Dice, operand: Operand): string {
  const [sign, hours, minutes] = [dice.pick("+-".split("")), 10 + dice.below(14), 10 + dice.below(50)];
  const [d, e, t] = [operand("datetime"), operand("datetime"), operand("duration")];
  return dice.pick([
    `${d}.toDate() <= ${d}`,
    `datetime("1970-01-01T00:00:00${sign}${hours}${minutes}").toTime().toHours() < ${dice.below(24)}`,
    `${d}.toTime() >= duration("0ms")`,
    `${d}.toDate().offset(${d}.toTime()) == ${d}`,
    `${d}.offset(${e}.durationSince(${d})) == ${e}`,
    `${d}.offset(${t}).durationSince(${d}) == ${t}`,
    `${d}.offset(${t}).toDate() == ${d}.toDate()`,
    `${d} < ${t}`,
    `${t} ${dice.pick(["<", "<=", ">", ">="])} ${operand("duration")}`,
    `${t}.${dice.pick(["toDays", "toHours", "toMinutes", "toSeconds"])}() * 60 == ${t}.${dice.pick(["toHours", "toMinutes", "toSeconds"])}()`,
  ]);
}

function ofOthers(dice: Dice, operand: Operand): string {
  const [x, y] = [operand("bool"), operand(dice.pick(["bool", "long", "string"]))];
  const [p, q, a, b] = [operand("decimal"), operand("decimal"), operand("ip"), operand("ip")];
  const [one, other] = [dice.pick(AMOUNTS), dice.pick(AMOUNTS)];
  const question = dice.pick(["isIpv4", "isIpv6", "isLoopback", "isMulticast"]);
  const comparison = dice.pick(["lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"]);
  return dice.pick([
    `(${x} && ${y}) == ${y}`,
    `(${y} || ${x}) == ${x}`,
    `[${y} && ${x}, ${x} || ${y}].contains(${y})`,
    `${x} || ${x} && ${operand("bool")}`,
    `${p}.${comparison}(${dice.pick([p, q])})`,
    `${p} ${dice.pick(["<", "=="])} ${q}`,
    `${a}.isInRange(${dice.pick([a, b])})`,
    `${a}.isInRange(${b}) == ${b}.isInRange(${a})`,
    `${a}.${question}()`,
    `${a} == ${b}`,
    `ip("${dice.pick([126, 127, 128, 223, 224, 239, 240])}.0.0.${dice.below(3)}/${dice.pick([3, 4, 8, 32])}").${question}()`,
    `ip("${dice.pick(["10.0.0.0/8", "10.0.0.1/8", "10.0.0.1", "::/0"])}").isInRange(${b})`,
    `decimal("0.0001") ${dice.pick(["==", "!="])} duration("1ms")`,
    `${operand(one)} == ${operand(other)}`,
    `decimal(if context has ${dice.pick(["flag", "level", "name"])} then "1.5" else "1.50001") == ${p}`,
    `duration(if context has ${dice.pick(["flag", "level", "name"])} then "1ms" else "1s") == duration("1ms")`,
    `${operand(dice.pick(["entity", "record", "long"]))} has ${dice.pick(["flag", "a.b"])}`,
  ]);
}

/** Kinds that are compared by one number. */
const AMOUNTS = ["decimal", "datetime", "duration"] as const;
