import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeHierarchy } from "@/server/testing/world";
import { ask, enrollMachine, fetchPki, type Site, startSite } from "@/server/testing/site";

const exec = promisify(execFile);

describe("the machines' port", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site.close());

  it("speaks TLS 1.3 with AES-256-GCM, and proves itself by a certificate of our authority", async () => {
    const socket = await handshake(site, { ca: site.ca });
    expect(socket.getProtocol()).toBe("TLSv1.3");
    expect(socket.getCipher().standardName).toBe("TLS_AES_256_GCM_SHA384");
    expect(socket.authorized).toBe(true);
    socket.destroy();
  });

  it.each<[string, ConnectionOptions]>([
    ["TLS 1.2", { maxVersion: "TLSv1.2" }],
    ["AES-128-GCM", { ciphers: "TLS_AES_128_GCM_SHA256" }],
    ["ChaCha20-Poly1305", { ciphers: "TLS_CHACHA20_POLY1305_SHA256" }],
  ])("refuses a client that offers only %s", async (_, options) => {
    await expect(handshake(site, { ca: site.ca, ...options })).rejects.toThrow(/alert|closed|reset|version|handshake/i);
  });

  it("does not speak plain HTTP", async () => {
    const url = site.gateway.machineUrl.replace("https:", "http:");
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it("lets a client enrol that has no certificate, and asks for one everywhere else", async () => {
    expect(await ask(site, "/v1/whoami")).toMatchObject({
      status: 401,
      json: { code: "gateway.certificate_required", status: 401 },
      headers: { "content-type": "application/problem+json", "www-authenticate": "ClientCertificate" },
    });
  });

  it("refuses a certificate that another authority signed, with OpenSSL's word for it", async () => {
    const pair = await foreignPair();
    expect(await ask(site, "/v1/whoami", { pair })).toMatchObject({
      status: 401,
      json: { code: "gateway.certificate_refused" },
    });
  });

  it("understands a client that sends its leaf alone, and one that sends its chain", async () => {
    const { key, cert, name } = await enrollMachine(site, "gpu-chain");
    const [leaf = ""] = cert.split(/(?<=-----END CERTIFICATE-----\n)/);
    expect(cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(await ask(site, "/v1/whoami", { pair: { key, cert } })).toMatchObject({ status: 200, json: { name } });
    expect(await ask(site, "/v1/whoami", { pair: { key, cert: leaf } })).toMatchObject({ status: 200, json: { name } });
  });
});

describe("the listener's certificate", () => {
  it("is swapped without a restart, and open connections go on", async () => {
    const site = await startSite();
    const open = await handshake(site, { ca: site.ca });
    const before = open.getPeerCertificate().serialNumber;

    await site.gateway.refreshCredentials();
    expect(await serialOf(site)).toBe(before);

    site.world.clock.advance(365 * 24 * 3_600_000);
    await site.gateway.refreshCredentials();
    expect(await serialOf(site)).not.toBe(before);

    open.write("GET /v1/whoami HTTP/1.1\r\nhost: x\r\n\r\n");
    expect(await new Promise((resolve) => open.once("data", resolve))).toBeDefined();
    open.destroy();
    await site.close();
  });
});

describe("before the first setup", () => {
  it("the ports are taken, machines cannot connect, and the PKI port says why; afterwards both answer", async () => {
    const site = await startSite({ hierarchy: false });
    await expect(handshake(site, { rejectUnauthorized: false })).rejects.toThrow();
    expect(await fetchPki(site, "/ca/bundle.pem")).toMatchObject({ status: 503, json: { code: "gateway.not_set_up" } });
    expect(await fetchPki(site, "/health")).toMatchObject({ status: 503, json: { code: "gateway.unhealthy" } });
    expect(site.gateway.isSetUp()).toBe(false);

    await makeHierarchy(site.world.as({ kind: "terminal", id: "terminal:test" }));
    const answers = await Promise.all(["/ca/bundle.pem", "/ca/nodes.cer"].map((path) => fetchPki(site, path)));
    expect(answers, "asked at once, before any clock looked").toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(site.gateway.isSetUp()).toBe(true);
    const socket = await handshake(site, { rejectUnauthorized: false });
    expect(socket.getProtocol()).toBe("TLSv1.3");
    socket.destroy();
    await site.close();
  });
});

/** A TLS 1.3 handshake is finished for the client before the server has judged it, so the first byte is waited for. */
function handshake(site: Site, options: ConnectionOptions): Promise<TLSSocket> {
  const { hostname, port } = new URL(site.gateway.machineUrl);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), ...options }, () => resolve(socket));
    socket.once("error", reject);
  });
}

async function serialOf(site: Site): Promise<string> {
  const socket = await handshake(site, { rejectUnauthorized: false });
  const { serialNumber } = socket.getPeerCertificate();
  socket.destroy();
  return serialNumber;
}

async function foreignPair(): Promise<{ key: string; cert: string }> {
  const folder = mkdtempSync(join(tmpdir(), "swarm-foreign-"));
  const key = generateKeyPairSync("ec", { namedCurve: "P-256" })
    .privateKey.export({ format: "pem", type: "pkcs8" })
    .toString();
  try {
    writeFileSync(join(folder, "key.pem"), key);
    const { stdout } = await exec("openssl", [
      "req",
      "-x509",
      "-new",
      "-key",
      join(folder, "key.pem"),
      "-subj",
      "/CN=gpu-7",
      "-days",
      "2",
    ]);
    return { key, cert: stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
