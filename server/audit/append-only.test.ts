import { afterEach, beforeEach, expect, it } from "vitest";
import { authorize, commit } from "@/server/kernel/permit";
import { testWorld, type World } from "@/server/testing/world";

let world: World;
beforeEach(async () => {
  world = await testWorld();
  const permit = await authorize(world.ctx, "team.create", { type: "Team", id: "*" });
  for (const name of ["first", "second"]) {
    await commit(permit, async () => ({ value: undefined, event: { kind: "team.created", detail: { name } } }));
  }
});
afterEach(() => world.close());

const COLUMNS =
  "at, kind, action, outcome, actor_kind, actor_id, actor_name, address, request_id, object_type, object_id, object_name, policy_version, canonical, leaf_hash";
const FORGED = `'forged', ${COLUMNS.split(", ").slice(2).join(", ")}`;

it.each([
  ["changed", "UPDATE audit_entries SET kind = 'forged'"],
  ["deleted", "DELETE FROM audit_entries"],
  [
    "replaced by its place",
    `INSERT OR REPLACE INTO audit_entries (seq, id, at, ${COLUMNS.slice(4)}) SELECT seq, id || 'x', at, ${FORGED} FROM audit_entries ORDER BY seq LIMIT 1`,
  ],
  [
    "replaced by its id",
    `INSERT OR REPLACE INTO audit_entries (id, at, ${COLUMNS.slice(4)}) SELECT id, at, ${FORGED} FROM audit_entries ORDER BY seq LIMIT 1`,
  ],
])("no entry can be %s, whatever SQL says so", async (_, sql) => {
  const rows = () => world.ctx.read.statement("SELECT * FROM audit_entries ORDER BY seq").all();
  const before = rows();
  expect(before.length).toBeGreaterThanOrEqual(2);
  const attempt = world.runtime.database.writer.write(async (tx) => void tx.statement(sql).run());
  await expect(attempt).rejects.toThrow("append-only");
  expect(rows()).toEqual(before);
});
