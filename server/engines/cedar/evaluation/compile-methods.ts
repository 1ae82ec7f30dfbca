import { dateOf, timeOf, UNITS } from "../values/datetime";
import { extensionOf } from "../values/extension-values";
import { FUNCTIONS, METHODS } from "../values/extensions";
import { EvaluationError, type Evaluate, expects, failing, type Frame } from "./evaluation";
import { isInRange, isLoopback, isMulticast, unpackIp } from "../values/ip";
import type { Range } from "../syntax/problem";
import { writeString, writeUid } from "../values/uid";
import { EntityValue, ExtensionValue, LONG_MAX, LONG_MIN, SetValue, type Value } from "../values/value";

/** Functions that make a value of a text. A text that stands in the policy is read once. */
export function compileCall(name: string, args: readonly Evaluate[], at: Range): Evaluate {
  const [text] = args;
  if (!FUNCTIONS.has(name) || !text || args.length !== 1) return failing(at, `there is no function ${name}`);
  const error = new EvaluationError(at);
  let last: { readonly text: string; readonly value: ExtensionValue } | null = null;
  return (frame) => {
    const found = text(frame);
    if (typeof found !== "string") throw error.because(expects("a string", found));
    if (last?.text === found) return last.value;
    const value = extensionOf(name, found);
    if (!value) throw error.because(`${writeString(found)} is no ${name}`);
    last = { text: found, value };
    return value;
  };
}

/** What a method does to a value with its argument, if it has one. */
type Method = (target: Value, argument: Value, frame: Frame, error: EvaluationError) => Value;

/** Methods by name, https://docs.cedarpolicy.com/policies/syntax-operators.html */
export function compileMethod(target: Evaluate, name: string, args: readonly Evaluate[], at: Range): Evaluate {
  const [method, count] = [METHOD_BY_NAME[name], METHODS.get(name)?.arguments.length ?? (name === "isEmpty" ? 0 : 1)];
  if (!method || args.length !== count) return failing(at, `there is no method ${name} with ${args.length} arguments`);
  const error = new EvaluationError(at);
  const [argument = target] = args;
  return args.length === 0
    ? (frame) => method(target(frame), false, frame, error)
    : (frame) => method(target(frame), argument(frame), frame, error);
}

function setOf(value: Value, error: EvaluationError): SetValue {
  if (value instanceof SetValue) return value;
  throw error.because(expects("a set", value));
}

function extensionFrom(value: Value, type: ExtensionValue["type"], error: EvaluationError): bigint {
  if (value instanceof ExtensionValue && value.type === type) return value.amount;
  throw error.because(expects(type === "ipaddr" ? "an ipaddr" : `a ${type}`, value));
}

function fits(amount: bigint | null, error: EvaluationError): bigint {
  if (amount !== null && amount >= LONG_MIN && amount <= LONG_MAX) return amount;
  throw error.because("the result does not fit into 64 bits");
}

const decimals =
  (compare: (a: bigint, b: bigint) => boolean): Method =>
  (target, argument, _frame, error) =>
    compare(extensionFrom(target, "decimal", error), extensionFrom(argument, "decimal", error));

const ofIp =
  (ask: (ip: ReturnType<typeof unpackIp>) => boolean): Method =>
  (target, _argument, _frame, error) =>
    ask(unpackIp(extensionFrom(target, "ipaddr", error)));

const inUnits =
  (unit: bigint): Method =>
  (target, _argument, _frame, error) =>
    extensionFrom(target, "duration", error) / unit;

/** The tag of an entity that an expression names; undefined when it has none of that name. */
function tagOf(target: Value, argument: Value, frame: Frame, error: EvaluationError): Value | undefined {
  if (!(target instanceof EntityValue)) throw error.because(expects("an entity", target));
  if (typeof argument !== "string") throw error.because(expects("a string", argument));
  return frame.entities.find(target)?.tags?.get(argument);
}

const METHOD_BY_NAME: Readonly<Record<string, Method | undefined>> = {
  __proto__: null as never,
  contains: (target, argument, _frame, error) => setOf(target, error).has(argument),
  containsAll(target, argument, _frame, error) {
    const [set, wanted] = [setOf(target, error), setOf(argument, error)];
    return wanted.elements.every((element) => set.has(element));
  },
  containsAny(target, argument, _frame, error) {
    const [set, wanted] = [setOf(target, error), setOf(argument, error)];
    return wanted.elements.some((element) => set.has(element));
  },
  isEmpty: (target, _argument, _frame, error) => setOf(target, error).elements.length === 0,
  hasTag: (target, argument, frame, error) => tagOf(target, argument, frame, error) !== undefined,
  getTag(target, argument, frame, error) {
    const tag = tagOf(target, argument, frame, error);
    if (tag !== undefined) return tag;
    const isKnown = frame.entities.find(target as EntityValue) !== undefined;
    const what = isKnown ? `does not have the tag ${writeString(argument as string)}` : "is not known";
    throw error.because(`${writeUid(target as EntityValue)} ${what}`);
  },
  lessThan: decimals((a, b) => a < b),
  lessThanOrEqual: decimals((a, b) => a <= b),
  greaterThan: decimals((a, b) => a > b),
  greaterThanOrEqual: decimals((a, b) => a >= b),
  isIpv4: ofIp((ip) => !ip.isV6),
  isIpv6: ofIp((ip) => ip.isV6),
  isLoopback: ofIp(isLoopback),
  isMulticast: ofIp(isMulticast),
  isInRange(target, argument, _frame, error) {
    const [one, other] = [extensionFrom(target, "ipaddr", error), extensionFrom(argument, "ipaddr", error)];
    return isInRange(unpackIp(one), unpackIp(other));
  },
  offset(target, argument, _frame, error) {
    const moved = extensionFrom(target, "datetime", error) + extensionFrom(argument, "duration", error);
    return new ExtensionValue("datetime", fits(moved, error));
  },
  durationSince(target, argument, _frame, error) {
    const passed = extensionFrom(target, "datetime", error) - extensionFrom(argument, "datetime", error);
    return new ExtensionValue("duration", fits(passed, error));
  },
  toDate: (target, _argument, _frame, error) =>
    new ExtensionValue("datetime", fits(dateOf(extensionFrom(target, "datetime", error)), error)),
  toTime: (target, _argument, _frame, error) =>
    new ExtensionValue("duration", timeOf(extensionFrom(target, "datetime", error))),
  toMilliseconds: inUnits(UNITS.ms),
  toSeconds: inUnits(UNITS.s),
  toMinutes: inUnits(UNITS.m),
  toHours: inUnits(UNITS.h),
  toDays: inUnits(UNITS.d),
};
