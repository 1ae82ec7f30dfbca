import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, enrollMachine, type Site, startSite } from "@/server/testing/site";
import { testTerminal } from "@/server/testing/terminal";
import { makeKey, requestFor } from "../node/key-request";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

const terminal = () => testTerminal(site.world.runtime);

describe("locks at the terminal", () => {
  it("shut a person out and let them in again, but never the last active security admin", async () => {
    await terminal().json(["user", "add", "priya@swarm.local", "--role", "admin"]);
    const only = await terminal().run(["user", "lock", "priya@swarm.local", "--reason", "away", "--json"]);
    expect(only.code).toBe(1);
    expect(JSON.parse(only.err)).toMatchObject({ error: { code: "identity.last_admin" } });

    await terminal().json(["user", "add", "hanna@swarm.local", "--role", "auditor"]);
    const locked = await terminal().run(["user", "lock", "Hanna@swarm.local", "--reason", "left on holiday"]);
    expect(locked).toMatchObject({ code: 0, err: "" });
    expect(locked.out).toMatch(/^Locked +hanna@swarm\.local\nReason +left on holiday\nSessions ended +0\n/);
    expect((await terminal().run(["user", "list"])).out).toMatch(/hanna@swarm\.local .*locked/);
    const unlocked = await terminal().json(["user", "unlock", "hanna@swarm.local"]);
    expect(unlocked).toMatchObject({ identity: { state: "active" }, thefts: [] });
  });

  it("shut a machine out; after a theft unlocking says what stays revoked and what to do", async () => {
    const machine = await enrollMachine(site, "gpu-20");
    const locked = await terminal().json(["node", "lock", "gpu-20", "--reason", "looks odd"]);
    expect(locked).toMatchObject({ identity: { state: "locked", stateReason: "looks odd" }, validCertificates: 1 });
    expect(await ask(site, "/v1/whoami", { pair: machine })).toMatchObject({ status: 403 });
    const unlocked = await terminal().run(["node", "unlock", "gpu-20"]);
    expect(unlocked.out).toMatch(/^Unlocked +gpu-20\nValid certificates +1\n$/);
    expect(await ask(site, "/v1/whoami", { pair: machine })).toMatchObject({ status: 200 });

    for (const status of [200, 403]) {
      const body = { csr: await requestFor(await makeKey("p256")) };
      expect(await ask(site, "/v1/renew", { pair: machine, body })).toMatchObject({ status });
    }
    const settled = await terminal().run(["node", "unlock", "gpu-20"]);
    expect(settled.out).toMatch(/Stay revoked +2 that came of a copied key, reason keyCompromise\nAlerts settled +1\n/);
    expect(settled.out).toMatch(/Next +enrol it anew: swarm join-token create --kind node --name gpu-20\n$/);
    expect(await ask(site, "/v1/whoami", { pair: machine })).toMatchObject({ status: 401 });
  });
});
