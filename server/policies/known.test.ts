import { afterEach, describe, expect, it } from "vitest";
import { ADMIN, ANONYMOUS, AUDITOR, testWorld, type World } from "@/server/testing/world";
import { addPerson } from "@/server/testing/people";
import { MOST_KNOWN } from "./contract";
import { listKnown } from "./known";

let world: World;
afterEach(() => world.close());

describe("what a policy can name", () => {
  it("are roles, teams, those who ask by their names, and resources", async () => {
    world = await testWorld({ as: AUDITOR });
    await addPerson(world, { role: "admin" });
    const { entities, total } = await listKnown(world.ctx);
    expect(entities).toContainEqual({ type: "Role", id: "team_lead", label: "Team lead" });
    expect(entities.filter(({ type }) => type === "User")).toHaveLength(1);
    expect(total).toBe(entities.length);
    expect(total).toBeLessThanOrEqual(MOST_KNOWN);
  });

  it("is read by whoever reads policies, and by nobody else", async () => {
    world = await testWorld({ as: ADMIN });
    expect((await listKnown(world.ctx)).entities.length).toBeGreaterThan(0);
    world.close();
    world = await testWorld({ as: ANONYMOUS });
    await expect(listKnown(world.ctx)).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied" }]);
  });
});
