import { readFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Machine, Site } from "./site";
import { run } from "./tools";

let site: Site;
beforeAll(async () => {
  site = await Site.start();
});
afterAll(() => site?.remove());

const whoami = (as?: { key: string; cert: string }) => site.curl("/v1/whoami", { as });
const revoke = (serial: string) => site.swarm(["cert", "revoke", serial, "--reason", "keyCompromise"]);

/** A renewal with a key of its own, by curl. */
async function renew(machine: Machine, name: string): Promise<{ answer: Answer; machine: Machine }> {
  const made = await site.request(name);
  const answer = await site.curl("/v1/renew", { as: machine, body: { csr: await readFile(made.csr, "utf8") } });
  return { answer, machine: { ...machine, ...made, ...(await site.keep(name, answer)) } };
}

describe("a node that speaks with curl", () => {
  it("reaches /v1/whoami, renews, and is known by the new certificate", async () => {
    const machine = await site.enroll("gpu-1");
    expect(await whoami(machine)).toMatchObject({ status: 200, json: { name: "gpu-1", serial: machine.serial } });

    const { answer, machine: renewed } = await renew(machine, "gpu-1-second");
    expect(answer).toMatchObject({ status: 200, json: { name: "gpu-1", spiffeId: "spiffe://swarm.local/node/gpu-1" } });
    expect(renewed.serial).not.toBe(machine.serial);
    expect(await whoami(renewed)).toMatchObject({ status: 200, json: { serial: renewed.serial } });
    expect(
      await run("openssl", [
        "verify",
        "-x509_strict",
        "-CAfile",
        site.bundle,
        "-untrusted",
        renewed.cert,
        renewed.cert,
      ]),
    ).toMatchObject({ code: 0 });
  });

  it("is refused on the next request once its certificate is revoked", async () => {
    const machine = await site.enroll("gpu-2");
    expect(await whoami(machine)).toMatchObject({ status: 200 });
    await revoke(machine.serial);
    expect(await whoami(machine)).toMatchObject({ status: 401, json: { code: "certificate.revoked" } });
    const { answer } = await renew(machine, "gpu-2-second");
    expect(answer).toMatchObject({ status: 401, json: { code: "certificate.revoked" } });
  });

  it("may give its own certificate up, and is refused from then on", async () => {
    const machine = await site.enroll("gpu-3");
    const revoked = await site.curl("/v1/revoke", { as: machine, body: { reason: "cessationOfOperation" } });
    expect(revoked).toMatchObject({ status: 200, json: { serial: machine.serial, status: "revoked" } });
    expect(await whoami(machine)).toMatchObject({ status: 401, json: { code: "certificate.revoked" } });
    expect(await site.swarm(["cert", "show", machine.serial])).toMatchObject({
      status: "revoked",
      revocationReason: "cessationOfOperation",
    });
  });

  it("cannot enrol twice with one token", async () => {
    const token = await site.token("gpu-4");
    const csr = await readFile((await site.request("gpu-4")).csr, "utf8");
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => site.curl("/v1/enroll", { body: { token, csr } })),
    );
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 403, 403, 403, 403]);
  });
});

describe("revocation", () => {
  it("is felt on a connection that is kept alive", async () => {
    const machine = await site.enroll("gpu-5");
    const [ca, key, cert] = await Promise.all([site.bundle, machine.key, machine.cert].map((file) => readFile(file)));
    const agent = new Agent({ ca, key, cert, keepAlive: true, maxSockets: 1 });
    const ask = () =>
      new Promise<{ status?: number; port?: number; text: string }>((resolve, reject) => {
        const sent = request(`${site.product.gatewayUrl}/v1/whoami`, { agent }, (response) => {
          const port = response.socket.localPort;
          let text = "";
          response.setEncoding("utf8").on("data", (chunk: string) => {
            text += chunk;
          });
          response.on("end", () => resolve({ status: response.statusCode, port, text }));
        });
        sent.on("error", reject).end();
      });

    const before = await ask();
    expect(before.status).toBe(200);
    await revoke(machine.serial);
    const after = await ask();
    expect(after).toMatchObject({ status: 401, port: before.port });
    expect(JSON.parse(after.text)).toMatchObject({ code: "certificate.revoked" });
    agent.destroy();
  });

  it("is felt in a TLS session that is resumed", async () => {
    const machine = await site.enroll("gpu-6");
    const session = site.file("session.pem");
    const request = "GET /v1/whoami HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n";
    const connect = (...how: string[]) =>
      run(
        "openssl",
        [
          ...["s_client", "-connect", site.gatewayPlace, "-CAfile", site.bundle, "-verify_return_error", "-ign_eof"],
          ...["-cert", machine.cert, "-key", machine.key, ...how],
        ],
        { input: request },
      );

    expect((await connect("-sess_out", session)).stdout).toMatch(/^New, TLSv1\.3[\s\S]*HTTP\/1\.1 200/m);
    expect((await connect("-sess_in", session)).stdout).toMatch(/^Reused, TLSv1\.3[\s\S]*HTTP\/1\.1 200/m);
    await revoke(machine.serial);
    const { stdout } = await connect("-sess_in", session);
    expect(stdout).toMatch(/^Reused, TLSv1\.3[\s\S]*HTTP\/1\.1 401/m);
    expect(stdout).toContain('"code":"certificate.revoked"');
  });
});

describe("a stolen credential", () => {
  it("is revoked and its identity locked at the second renewal, and neither holder gets in any more", async () => {
    const machine = await site.enroll("gpu-7");
    const first = await renew(machine, "gpu-7-owner");
    expect(first.answer.status).toBe(200);
    expect(await whoami(first.machine)).toMatchObject({ status: 200 });

    const second = await renew(machine, "gpu-7-thief");
    expect(second.answer).toMatchObject({ status: 403, json: { code: "renewal.credential_reused" } });
    expect(second.answer.json).not.toHaveProperty("certificate");
    for (const holder of [machine, first.machine]) {
      expect(await whoami(holder)).toMatchObject({ status: 401, json: { code: "certificate.revoked" } });
    }
    const third = await renew(first.machine, "gpu-7-again");
    expect(third.answer).toMatchObject({ status: 401, json: { code: "certificate.revoked" } });

    const shown = await site.swarm(["cert", "show", machine.serial]);
    expect(shown).toMatchObject({
      identity: { name: "gpu-7", state: "locked" },
      renewedBy: first.machine.serial,
      alerts: [{ detail: expect.stringContaining("two hold its key"), resolvedAt: null }],
      renewalFailure: { lastCode: "renewal.credential_reused" },
    });
  });

  it("is none when the same key asks again: a lost answer is given once more", async () => {
    const machine = await site.enroll("gpu-8");
    const made = await site.request("gpu-8-second");
    const body = { csr: await readFile(made.csr, "utf8") };
    const [first, again] = [
      await site.curl("/v1/renew", { as: machine, body }),
      await site.curl("/v1/renew", { as: machine, body }),
    ];
    expect(first.status).toBe(200);
    expect(again).toEqual(first);
    expect(await whoami(machine)).toMatchObject({ status: 200 });
  });
});
