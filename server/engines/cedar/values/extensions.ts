import type { ExtensionName, Type } from "./type";

/**
 * What extensions bring: functions that make a value of a text, and methods of such values.
 * https://docs.cedarpolicy.com/policies/syntax-operators.html
 */
export interface Operation {
  readonly arguments: readonly Type[];
  readonly result: Type;
}

/** A method also has the extension type of which it is one. */
export interface Method extends Operation {
  readonly target: ExtensionName;
}

const [BOOL, LONG, STRING] = [{ kind: "bool" }, { kind: "long" }, { kind: "string" }] as const;
const extension = (name: ExtensionName): Type => ({ kind: "extension", name });
const [DECIMAL, IP, DATETIME, DURATION] = [
  extension("decimal"),
  extension("ipaddr"),
  extension("datetime"),
  extension("duration"),
];

/** Functions by name. Each takes one text. */
export const FUNCTIONS: ReadonlyMap<string, Operation> = new Map([
  ["decimal", { arguments: [STRING], result: DECIMAL }],
  ["ip", { arguments: [STRING], result: IP }],
  ["datetime", { arguments: [STRING], result: DATETIME }],
  ["duration", { arguments: [STRING], result: DURATION }],
]);

const comparison: Method = { target: "decimal", arguments: [DECIMAL], result: BOOL };
const question: Method = { target: "ipaddr", arguments: [], result: BOOL };
const inUnits: Method = { target: "duration", arguments: [], result: LONG };

/** Methods of extension types by name. The operators `<`, `<=`, `>`, `>=` also compare datetimes, and durations. */
export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ["lessThan", comparison],
  ["lessThanOrEqual", comparison],
  ["greaterThan", comparison],
  ["greaterThanOrEqual", comparison],
  ["isIpv4", question],
  ["isIpv6", question],
  ["isLoopback", question],
  ["isMulticast", question],
  ["isInRange", { target: "ipaddr", arguments: [IP], result: BOOL }],
  ["offset", { target: "datetime", arguments: [DURATION], result: DATETIME }],
  ["durationSince", { target: "datetime", arguments: [DATETIME], result: DURATION }],
  ["toDate", { target: "datetime", arguments: [], result: DATETIME }],
  ["toTime", { target: "datetime", arguments: [], result: DURATION }],
  ["toMilliseconds", inUnits],
  ["toSeconds", inUnits],
  ["toMinutes", inUnits],
  ["toHours", inUnits],
  ["toDays", inUnits],
]);

/** Methods of sets and of entities with tags, and how many arguments each takes. */
export const BUILT_IN_METHODS: ReadonlyMap<string, number> = new Map([
  ["contains", 1],
  ["containsAll", 1],
  ["containsAny", 1],
  ["isEmpty", 0],
  ["hasTag", 1],
  ["getTag", 1],
]);
