import { expect, it } from "vitest";
import {
  ANY,
  countOfKeys,
  forEachKey,
  handleIn,
  isFitting,
  type Key,
  keyOfEntity,
  keyOfMembers,
  keyOfType,
} from "./keys";
import { Names } from "../values/value";

const names = new Names();
const [ann, ops, staff, node] = [
  names.of("User", "ann"),
  names.of("Role", "ops"),
  names.of("Role", "staff"),
  names.of("Node", "n1"),
];
const USER = keyOfType("User", names.numbers);
const asked = { type: USER, handle: ann.handle, groups: new Set([ops.handle, staff.handle]) };

it("fits whoever it asks for", () => {
  const fitting = [ANY, USER, keyOfEntity(ann), keyOfMembers(ann), keyOfMembers(ops), keyOfMembers(staff)];
  const others = [keyOfType("Node", names.numbers), keyOfEntity(ops), keyOfEntity(node), keyOfMembers(node)];
  expect(new Set([...fitting, ...others]).size).toBe(10);
  expect(fitting.map((key) => isFitting(key, asked))).toEqual(fitting.map(() => true));
  expect(others.map((key) => isFitting(key, asked))).toEqual(others.map(() => false));
});

it("is found among those that fit, and each of them once", () => {
  const keysOf = (groups: ReadonlySet<number>) => {
    const keys: Key[] = [];
    forEachKey({ ...asked, groups }, (key) => keys.push(key));
    return keys;
  };
  const keys = keysOf(asked.groups);
  expect(keys.toSorted()).toEqual(
    [ANY, USER, keyOfEntity(ann), keyOfMembers(ann), keyOfMembers(ops), keyOfMembers(staff)].toSorted(),
  );
  expect(countOfKeys(asked)).toBe(keys.length);
  // Whoever is in a group that is in them is in themselves.
  expect(keysOf(new Set([ann.handle, ops.handle])).toSorted()).toEqual(
    [ANY, USER, keyOfEntity(ann), keyOfMembers(ann), keyOfMembers(ops)].toSorted(),
  );
});

it("names the entity that it asks for", () => {
  expect([ANY, USER, keyOfEntity(staff), keyOfMembers(node)].map(handleIn)).toEqual([
    null,
    null,
    staff.handle,
    node.handle,
  ]);
});
