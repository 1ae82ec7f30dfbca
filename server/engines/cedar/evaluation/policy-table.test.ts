import { expect, it } from "vitest";
import { type CompiledPolicy, compilePolicy } from "./compile-policy";
import { parsePolicies } from "../syntax/parser";
import { PolicyTable } from "./policy-table";
import { Names } from "../values/value";

const [PERMIT, FORBID] = ["permit(principal, action, resource);", "forbid(principal, action, resource);"];

function policyOf(id: string, text = PERMIT): CompiledPolicy {
  const [policy] = parsePolicies(text).policies;
  if (!policy) throw new Error("there is a policy in the text");
  return compilePolicy({ id, policy, text }, new Names());
}

function idsOf(table: PolicyTable): string[] {
  return [...table.values()].map(({ id }) => id);
}

it("keeps policies in the order in which they came, and each table as it was", () => {
  const ids = Array.from({ length: 300 }, (_, n) => `p${n}`);
  const all = PolicyTable.of(ids.map((id) => policyOf(id)));
  const fewer = all.without("p7").without("p200");
  const other = policyOf("p7", FORBID);
  const more = fewer.with(policyOf("new")).with(other);
  expect(idsOf(all)).toEqual(ids);
  expect(idsOf(fewer)).toEqual(ids.filter((id) => id !== "p7" && id !== "p200"));
  expect(idsOf(more)).toEqual([...ids.filter((id) => id !== "p200"), "new"]);
  expect([all.size, fewer.size, more.size]).toEqual([300, 298, 300]);
  expect([all.get("p7")?.effect, fewer.get("p7"), more.get("p7")]).toEqual(["permit", undefined, other]);
  expect([all.get("new"), all.get("nothing")]).toEqual([undefined, undefined]);
});

it("knows what is left when thousands have come and gone", () => {
  let table = PolicyTable.of([policyOf("stays")]);
  for (let n = 0; n < 2_000; n += 1) table = table.with(policyOf(`p${n}`)).without(`p${n}`);
  table = table.with(policyOf("last")).without("nothing");
  expect(idsOf(table)).toEqual(["stays", "last"]);
  expect([table.size, table.get("stays")?.id, table.get("p5")]).toEqual([2, "stays", undefined]);
});
