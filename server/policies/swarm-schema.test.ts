import { describe, expect, it } from "vitest";
import { readSchema } from "@/server/engines/cedar/schema/read-schema";
import { ACTIONS } from "@/server/kernel/actions";
import { consoleSchema, PRINCIPALS } from "./console-schema";
import { swarmSchema } from "./swarm-schema";

describe("the schema of the swarm", () => {
  it("can be read with the console's own", () => {
    const { schema, problems } = readSchema(swarmSchema() + consoleSchema());
    expect(problems).toEqual([]);
    expect(schema).not.toBeNull();
  });

  it("lets a role reach everything that can be asked for", () => {
    const { schema } = readSchema(swarmSchema() + consoleSchema());
    const asked = [...(schema?.actions.values() ?? [])].flatMap(({ appliesTo }) => [...(appliesTo?.resources ?? [])]);
    for (const type of new Set(asked))
      expect([...(schema?.entityTypes.get(type)?.memberOf ?? [])], type).toContain("Scope");
    for (const type of ["User", "Service", "Node"]) {
      expect(schema?.entityTypes.get(type)?.shape.attributes.has("granted"), type).toBe(true);
    }
  });

  it("has a place for every action of the console, for everybody who may ask, with the same context", () => {
    const { schema } = readSchema(swarmSchema() + consoleSchema());
    const run = schema?.actions.get('Action::"workload.run"')?.appliesTo;
    expect([...(run?.context.attributes.keys() ?? [])]).toContain("workload");
    for (const [action, type] of Object.entries(ACTIONS)) {
      const appliesTo = schema?.actions.get(`Action::"${action}"`)?.appliesTo;
      expect(appliesTo?.principals, action).toEqual(new Set(Object.values(PRINCIPALS)));
      expect(appliesTo?.resources, action).toEqual(new Set([type]));
      expect(appliesTo?.context, action).toEqual(run?.context);
    }
  });

  it("lets people, services and nodes ask of the swarm, and nobody else", () => {
    const { schema } = readSchema(swarmSchema() + consoleSchema());
    const asked = [...(schema?.actions.values() ?? [])]
      .filter(({ uid }) => !(uid.id in ACTIONS))
      .flatMap(({ appliesTo }) => appliesTo ?? []);
    expect(asked).toHaveLength(12);
    for (const { principals } of asked) expect(principals).toEqual(new Set(["User", "Service", "Node"]));
  });
});
