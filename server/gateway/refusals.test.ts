import { Agent } from "node:https";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeKey, requestFor } from "@/server/cli/node/key-request";
import { REFUSALS_AT_ONCE } from "@/server/kernel/refusal-budget";
import { ask, enrollMachine, type Site, startSite } from "@/server/testing/site";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

it("tells a stranger who was refused too often when to come again, and lets machines with a good token in", async () => {
  const agent = new Agent({ ca: site.ca, keepAlive: true, maxSockets: 1 });
  const body = { token: "swj_nobody-made-this", csr: await requestFor(await makeKey("p256")) };
  for (let time = 0; time < REFUSALS_AT_ONCE; time++) {
    expect(await ask(site, "/v1/enroll", { agent, body })).toMatchObject({ status: 403 });
  }
  site.world.forget();

  const refused = await ask(site, "/v1/enroll", { agent, body });
  expect(refused).toMatchObject({
    status: 429,
    headers: { "content-type": "application/problem+json", "retry-after": "10" },
    json: { status: 429, code: "kernel.too_many_refusals" },
  });
  expect(site.world.trail()).toEqual([]);
  agent.destroy();

  const machine = await enrollMachine(site, "gpu-7");
  expect(await ask(site, "/v1/whoami", { pair: machine })).toMatchObject({ status: 200 });
});
