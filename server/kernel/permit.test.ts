import { afterEach, describe, expect, it } from "vitest";
import { ANONYMOUS, testWorld, type World } from "@/server/testing/world";
import type { DecisionDraft, Event } from "./context";
import { authorize, commit, Permit, record } from "./permit";

let world: World;
afterEach(() => world.close());

const team = { type: "Team", id: "tem_1", name: "Vision" } as const;
const made: Event = { kind: "team.created", detail: { name: "Vision" } };
const insertTeam = "INSERT INTO teams (id, name, created_at) VALUES (?, ?, ?)";

function teamNames(): unknown[] {
  return world.runtime.database.read.statement("SELECT name FROM teams ORDER BY name").all();
}

describe("no permit, no transaction", () => {
  it("writes the deed and its audit entry together", async () => {
    world = await testWorld({ may: ["team.create"] });
    const permit = await authorize(world.ctx, "team.create", team);
    const value = await commit(permit, async (tx) => {
      tx.statement(insertTeam).run("tem_1", "Vision", 0);
      return { value: 7, event: made };
    });
    expect(value).toBe(7);
    expect(teamNames()).toEqual([{ name: "Vision" }]);
    expect(world.trail()).toMatchObject([
      { kind: "team.created", action: "team.create", outcome: "done", object: team, actor: { id: "usr_admin" } },
    ]);
  });

  it("records a refusal and gives no permit", async () => {
    world = await testWorld({ may: [] });
    await expect(authorize(world.ctx, "team.create", team)).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action: "team.create", outcome: "refused" }]);
  });

  it("tells a name to those who are signed in, and to nobody else", async () => {
    world = await testWorld({ may: [] });
    await expect(authorize(world.ctx, "team.create", team)).rejects.toThrow('Team "Vision"');
    const refused = authorize(world.as(ANONYMOUS), "team.create", team);
    await expect(refused).rejects.toThrow('team.create on Team "tem_1" is not allowed');
    expect(world.trail()).toMatchObject([{ object: team }, { object: team, actor: { kind: "anonymous" } }]);
  });

  it("leaves neither deed nor entry when the write throws", async () => {
    world = await testWorld({ may: "all" });
    const permit = await authorize(world.ctx, "team.create", team);
    const write = commit(permit, async (tx) => {
      tx.statement(insertTeam).run("tem_1", "Vision", 0);
      throw new Error("changed my mind");
    });
    await expect(write).rejects.toThrow("changed my mind");
    expect([teamNames(), world.trail()]).toEqual([[], []]);
  });

  it("undoes a write that waits for more than the database, and lets nothing of it in later", async () => {
    world = await testWorld({ may: "all" });
    const permit = await authorize(world.ctx, "team.create", team);
    const late: unknown[] = [];
    const write = commit(permit, async (tx) => {
      tx.statement(insertTeam).run("tem_1", "Vision", 0);
      await new Promise((resolve) => setTimeout(resolve, 5));
      try {
        late.push(tx.statement(insertTeam).run("tem_2", "Late", 0));
      } catch (error) {
        late.push(error);
      }
      return { value: 1, event: made };
    });
    await expect(write).rejects.toThrow("do slow work before commit");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(late).toMatchObject([{ name: "SlowWrite" }]);
    expect([teamNames(), world.trail()]).toEqual([[], []]);
  });

  it("asks each action on its own type of resource only", async () => {
    world = await testWorld({ may: "all" });
    await expect(authorize(world.ctx, "team.create", { type: "Key", id: "*" })).rejects.toThrow("is asked on a Team");
  });

  it("does not take a look-alike for a permit", async () => {
    world = await testWorld({ may: "all" });
    const real = await authorize(world.ctx, "team.create", team);
    const lookAlike = { action: real.action, resource: real.resource, policyVersion: real.policyVersion };
    // @ts-expect-error a permit has a member that only the kernel can give it
    const forged: Permit = lookAlike;
    expect(() => commit(forged, async () => ({ value: 1, event: made }))).toThrow(TypeError);
  });

  it("reads through a connection that cannot write", async () => {
    world = await testWorld({ may: "all" });
    const { read } = world.ctx;
    expect(() => read.statement(insertTeam).run("tem_1", "Vision", 0)).toThrow(/readonly/);
  });

  it("refuses to change or delete an audit entry, even with SQL", async () => {
    world = await testWorld({ may: "all" });
    const permit = await authorize(world.ctx, "team.create", team);
    await commit(permit, async () => ({ value: 1, event: made }));
    for (const sql of ["UPDATE audit_entries SET actor_name = 'x'", "DELETE FROM audit_entries"]) {
      const attempt = commit(permit, async (tx) => ({ value: tx.statement(sql).run(), event: made }));
      await expect(attempt).rejects.toThrow("append-only");
    }
    expect(world.trail()).toHaveLength(1);
  });
});

describe("group commit", () => {
  it("keeps what came before and after a write that failed in the same group", async () => {
    world = await testWorld({ may: "all" });
    const permit = await authorize(world.ctx, "team.create", team);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        commit(permit, async (tx) => {
          tx.statement(insertTeam).run(`tem_${index}`, `Team ${index}`, 0);
          if (index % 10 === 3) throw new Error("no");
          return { value: index, event: made };
        }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(90);
    expect(teamNames()).toHaveLength(90);
    expect(world.trail()).toHaveLength(90);
  });
});

describe("a decision that was made for somebody", () => {
  const draft: DecisionDraft = {
    at: new Date("2026-03-12T14:32:00Z"),
    subject: { type: "Node", id: "gpu-7" },
    action: "workload.run",
    resource: { type: "Compute", id: "gpu-7" },
    workloadKind: null,
    decision: "allow",
    policies: ["nodes-run"],
    reason: null,
    epoch: 1,
    latencyMicros: 12,
    asked: "{}",
  };
  const decisions = () =>
    world.runtime.database.read.statement("SELECT seq, asker_id, request_id FROM decisions").all();

  it("is a row of its own log, with who asked, and no entry of the audit log", async () => {
    world = await testWorld({ may: "all" });
    const permit = await authorize(world.ctx, "decision.ask_others", { type: "Decision", id: "*" });
    expect(await record(permit, [draft, draft])).toEqual([1, 2]);
    const row = { asker_id: "usr_admin", request_id: "req_test" };
    expect(decisions()).toEqual([
      { seq: 1, ...row },
      { seq: 2, ...row },
    ]);
    expect(world.trail()).toEqual([]);
  });

  it("is not told when it could not be written, and none of those beside it is there", async () => {
    world = await testWorld({ may: "all" });
    const permit = await authorize(world.ctx, "decision.ask_others", { type: "Decision", id: "*" });
    await expect(record(permit, [draft, { ...draft, decision: "maybe" as "deny" }])).rejects.toMatchObject({
      code: "kernel.decision_not_logged",
      fault: "unavailable",
    });
    expect(decisions()).toEqual([]);
  });
});
