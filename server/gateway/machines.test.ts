import { createHash } from "node:crypto";
import { Agent } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeCertificate } from "@/server/certificates/revoke";
import { makeKey, requestFor } from "@/server/cli/node/key-request";
import { lockIdentity } from "@/server/identities/lock-identity";
import { unlockIdentity } from "@/server/identities/unlock-identity";
import { ask, enrollMachine, type Machine, type Site, startSite, tokenFor } from "@/server/testing/site";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

describe("a node's life at the gateway", () => {
  it("enrols with a token that works once", async () => {
    const token = await tokenFor(site, "gpu-1");
    const csr = await requestFor(await makeKey("p256"));
    const answer = await ask(site, "/v1/enroll", { body: { token, csr } });
    expect(answer).toMatchObject({
      status: 201,
      json: { name: "gpu-1", kind: "node", spiffeId: "spiffe://swarm.local/node/gpu-1" },
      headers: { "content-type": "application/json", "cache-control": "no-store" },
    });
    expect(answer.json.serial).toMatch(/^[0-9a-f]{32}$/);
    expect(Date.parse(String(answer.json.notAfter))).toBeGreaterThan(Date.now());

    const again = await ask(site, "/v1/enroll", { body: { token, csr: await requestFor(await makeKey("p256")) } });
    expect(again.status).toBeGreaterThanOrEqual(400);
    expect(again.status).toBeLessThan(500);
    expect(String(again.json.code)).toMatch(/^(join_token|certificate)\./);
  });

  it("is told who it is by the certificate that it connects with", async () => {
    const machine = await enrollMachine(site, "gpu-2");
    expect(await ask(site, "/v1/whoami", { pair: machine })).toMatchObject({
      status: 200,
      json: { kind: "node", name: "gpu-2", spiffeId: "spiffe://swarm.local/node/gpu-2", serial: machine.serial },
    });
  });

  it("renews with a new key, for the same names", async () => {
    const machine = await enrollMachine(site, "gpu-3");
    const csr = await requestFor(await makeKey("ed25519"));
    const answer = await ask(site, "/v1/renew", { pair: machine, body: { csr } });
    expect(answer).toMatchObject({ status: 200, json: { name: "gpu-3" } });
    expect(answer.json.serial).not.toBe(machine.serial);

    const retried = await ask(site, "/v1/renew", { pair: machine, body: { csr } });
    expect(retried).toMatchObject({ status: 200, json: { serial: answer.json.serial } });
  });

  it("is locked when a second key renews from one certificate", async () => {
    const machine = await enrollMachine(site, "gpu-4");
    const renewed = await ask(site, "/v1/renew", {
      pair: machine,
      body: { csr: await requestFor(await makeKey("p256")) },
    });
    expect(renewed.status).toBe(200);
    const thief = await ask(site, "/v1/renew", {
      pair: machine,
      body: { csr: await requestFor(await makeKey("p256")) },
    });
    expect(thief.status).toBeGreaterThanOrEqual(400);
    expect(thief.status).toBeLessThan(500);
    expect((await ask(site, "/v1/whoami", { pair: machine })).status).toBeGreaterThanOrEqual(400);
  });

  it("gives its own certificate up, and is refused on the same connection", async () => {
    const machine = await enrollMachine(site, "gpu-5");
    const agent = new Agent({ ca: site.ca, key: machine.key, cert: machine.cert, keepAlive: true, maxSockets: 1 });
    const revoked = await ask(site, "/v1/revoke", { agent, body: { reason: "cessationOfOperation" } });
    expect(revoked).toMatchObject({ status: 200, json: { serial: machine.serial, status: "revoked" } });
    expect(await ask(site, "/v1/whoami", { agent })).toMatchObject({
      status: 401,
      json: { code: "certificate.revoked" },
    });
    agent.destroy();
  });
});

describe("on every request", () => {
  it("a certificate that was revoked meanwhile is refused at once, on an open connection", async () => {
    const machine = await enrollMachine(site, "gpu-6");
    const agent = new Agent({ ca: site.ca, key: machine.key, cert: machine.cert, keepAlive: true, maxSockets: 1 });
    expect(await ask(site, "/v1/whoami", { agent })).toMatchObject({ status: 200 });
    const socket = Object.values(agent.freeSockets)[0]?.[0];

    await revokeCertificate(site.world.ctx, { serial: machine.serial, reason: "keyCompromise" });
    const answer = await ask(site, "/v1/whoami", { agent });
    expect(answer).toMatchObject({ status: 401, json: { code: "certificate.revoked" } });
    expect(Object.values(agent.freeSockets)[0]?.[0]).toBe(socket);
    agent.destroy();
  });

  it("a session that is resumed is looked at like a new one", async () => {
    const machine = await enrollMachine(site, "gpu-7");
    let isReused = false;
    const agent = new Agent({ ca: site.ca, key: machine.key, cert: machine.cert, keepAlive: false });
    agent.on("keylog", (_, socket) =>
      socket.once("secureConnect", () => {
        isReused = socket.isSessionReused();
      }),
    );
    expect(await ask(site, "/v1/whoami", { agent })).toMatchObject({ status: 200 });
    expect(await ask(site, "/v1/whoami", { agent })).toMatchObject({ status: 200, json: { serial: machine.serial } });
    expect(isReused).toBe(true);

    await revokeCertificate(site.world.ctx, { serial: machine.serial });
    expect(await ask(site, "/v1/whoami", { agent })).toMatchObject({
      status: 401,
      json: { code: "certificate.revoked" },
    });
    expect(isReused).toBe(true);
    agent.destroy();
  });

  it("a session resumed without a certificate proves nothing", async () => {
    const agent = new Agent({ ca: site.ca, keepAlive: false });
    for (let count = 0; count < 3; count++) {
      expect(await ask(site, "/v1/whoami", { agent })).toMatchObject({
        status: 401,
        json: { code: "gateway.certificate_required" },
      });
    }
    agent.destroy();
  });

  it("an identity that was locked is refused until it is unlocked", async () => {
    const machine = await enrollMachine(site, "gpu-8");
    const { identityId } = (await ask(site, "/v1/whoami", { pair: machine })).json;
    await lockIdentity(site.world.ctx, { id: String(identityId), reason: "looks odd" });
    const refused = await ask(site, "/v1/whoami", { pair: machine });
    expect(refused).toMatchObject({ json: { code: "certificate.identity_not_active" } });
    expect([401, 403]).toContain(refused.status);
    await unlockIdentity(site.world.ctx, { id: String(identityId) });
    expect(await ask(site, "/v1/whoami", { pair: machine })).toMatchObject({ status: 200 });
  });

  it("a certificate that chains but is not in the inventory is refused", async () => {
    const machine = await enrollMachine(site, "gpu-9");
    const twin = await startSite();
    const foreign = await enrollMachine(twin, "gpu-9");
    expect(twin.ca).toBe(site.ca);
    expect(await ask(site, "/v1/whoami", { pair: foreign })).toMatchObject({
      status: 401,
      json: { code: "certificate.unknown" },
    });
    expect(await ask(site, "/v1/whoami", { pair: machine })).toMatchObject({ status: 200 });
    await twin.close();
  });

  it("a certificate of another authority is refused", async () => {
    const machine = await enrollMachine(site, "gpu-19");
    const other = await startSite({ lineage: "another" });
    const foreign = await enrollMachine(other, "gpu-19");
    expect(await ask(site, "/v1/whoami", { pair: foreign })).toMatchObject({
      status: 401,
      json: { code: "gateway.certificate_refused" },
    });
    expect(await ask(site, "/v1/whoami", { pair: machine })).toMatchObject({ status: 200 });
    await other.close();
  });
});

describe("what is refused", () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await enrollMachine(site, "gpu-10");
  });

  it.each([
    ["no fields", {}, "gateway.body_invalid"],
    ["a list", [], "gateway.body_invalid"],
    ["null", null, "gateway.body_invalid"],
    ["numbers", { token: 1, csr: 2 }, "gateway.body_invalid"],
    ["an empty token", { token: "", csr: "x" }, "gateway.body_invalid"],
    ["a long request", { token: "t", csr: "x".repeat(40_000) }, "gateway.body_invalid"],
  ])("an enrolment with %s", async (_, body, code) => {
    const answer = await ask(site, "/v1/enroll", { body });
    expect(answer).toMatchObject({ status: 400, json: { code } });
    expect(answer.bytes.toString()).not.toContain("xxxx");
  });

  it("an enrolment with a token that nobody made, without saying more", async () => {
    const csr = await requestFor(await makeKey("p256"));
    const answer = await ask(site, "/v1/enroll", { body: { token: "A".repeat(43), csr } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.bytes.toString()).not.toContain("AAAA");
  });

  it.each([
    ["text", "not PEM at all"],
    ["an empty block", "-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----"],
    [
      "garbage DER",
      `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.alloc(300, 0x30).toString("base64")}\n-----END CERTIFICATE REQUEST-----`,
    ],
  ])("a renewal with %s for a request", async (_, csr) => {
    const answer = await ask(site, "/v1/renew", { pair: machine, body: { csr } });
    expect(answer).toMatchObject({ status: 400, json: { code: "certificate.request_unreadable" } });
    expect(answer.bytes.toString()).not.toMatch(/\bat .*\.ts/);
  });

  it("a request that is not signed by its own key", async () => {
    const [a, b] = await Promise.all([requestFor(await makeKey("p256")), requestFor(await makeKey("p256"))]);
    const der = (pem: string) => Buffer.from(pem.replace(/-----.*-----/g, ""), "base64");
    const mixed = Buffer.concat([der(a).subarray(0, -70), der(b).subarray(-70)]);
    const csr = `-----BEGIN CERTIFICATE REQUEST-----\n${mixed.toString("base64")}\n-----END CERTIFICATE REQUEST-----\n`;
    const answer = await ask(site, "/v1/renew", { pair: machine, body: { csr } });
    expect(answer.status).toBe(400);
    expect(String(answer.json.code)).toMatch(/^certificate\./);
  });
});

describe("the log", () => {
  it("has a line a request, and no secret in any", async () => {
    const lines: string[] = [];
    const { default: pino } = await import("pino");
    const logger = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
    const logged = await startSite({ runtime: (runtime) => ({ ...runtime, logger }) });
    const token = await tokenFor(logged, "gpu-log");
    const csr = await requestFor(await makeKey("p256"));
    await ask(logged, "/v1/enroll", { body: { token, csr } });
    await ask(logged, `/v1/enroll/${token}?token=${token}`, {});
    await logged.close();

    const requests = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "request");
    expect(requests).toMatchObject([
      { method: "POST", route: "/v1/enroll", status: 201 },
      { method: "GET", route: null, status: 404, refusal: "gateway.unknown_path" },
    ]);
    const text = lines.join("");
    expect(text).not.toContain(token);
    expect(text).not.toContain(createHash("sha256").update(token).digest("hex"));
    expect(text).not.toContain(csr.slice(60, 120));
  });
});
