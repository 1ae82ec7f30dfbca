import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freePorts } from "../product";
import { type Credential, LATEST, type Machine, Site } from "./site";
import { missing, must, run, shownSerial } from "./tools";

let site: Site;
let port = 0;
let nginx: ChildProcess | undefined;
let log = "";
beforeAll(async () => {
  site = await Site.start();
  [port = 0] = await freePorts(1);
  await site.fetchCrls();
  await startNginx();
});
afterAll(async () => {
  if (nginx && nginx.exitCode === null) {
    const ended = new Promise((resolve) => nginx?.once("close", resolve));
    nginx.kill("SIGTERM");
    await ended;
  }
  await site?.remove();
});

/** nginx in the foreground on loopback, with a certificate of ours and asking for one of ours. */
async function startNginx(): Promise<void> {
  const server = await site.issue("web", "P-256", ["DNS:web.swarm.local", "IP:127.0.0.1"]);
  await mkdir(site.file("nginx"), { recursive: true });
  await writeFile(site.file("nginx/nginx.conf"), configuration(server));
  const child = spawn("nginx", nginxArguments(), {
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` },
    stdio: ["ignore", "ignore", "pipe"],
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  await new Promise<void>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => reject(error.code === "ENOENT" ? missing("nginx") : error));
    child.once("spawn", resolve);
  });
  nginx = child;
  await vi.waitFor(async () => expect((await ask()).status, log).toBe(400), LATEST);
}

function nginxArguments(): string[] {
  return ["-p", site.file("nginx"), "-c", site.file("nginx/nginx.conf"), "-e", "stderr"];
}

function configuration(server: Credential): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${site.file(`nginx/${name}`)};`,
  );
  return `
daemon off;
worker_processes 1;
pid ${site.file("nginx/nginx.pid")};
error_log stderr info;
events { worker_connections 64; }
http {
  access_log off;
  ${temporary.join("\n  ")}
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_protocols TLSv1.3;
    ssl_certificate ${server.cert};
    ssl_certificate_key ${server.key};
    ssl_client_certificate ${site.bundle};
    ssl_crl ${site.file("crls.pem")};
    ssl_verify_client on;
    ssl_verify_depth 2;
    location / { return 200 "$ssl_client_verify $ssl_client_s_dn"; }
  }
}
`;
}

/** Asks nginx with curl, which verifies nginx's certificate against our bundle. */
async function ask(as?: Credential): Promise<{ status: number; text: string }> {
  const proof = as ? ["--cert", as.cert, "--key", as.key] : [];
  const url = `https://127.0.0.1:${port}/`;
  const { stdout } = await run("curl", ["-sS", "--cacert", site.bundle, ...proof, "-w", "\n%{http_code}", url]);
  const end = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) };
}

async function reload(): Promise<void> {
  await must("nginx", [...nginxArguments(), "-s", "reload"]);
}

describe("nginx with `ssl_verify_client on` and our CRLs", () => {
  let machine: Machine;
  let other: Machine;
  beforeAll(async () => {
    [machine, other] = [await site.enroll("gpu-1"), await site.issue("gpu-2", "Ed25519")];
  });

  it("serves a certificate of ours, which curl believes, and lets nobody in without one", async () => {
    expect(await ask()).toMatchObject({ status: 400, text: expect.stringContaining("No required SSL certificate") });
    const text = await must("openssl", ["s_client", "-connect", `127.0.0.1:${port}`, "-CAfile", site.bundle]);
    expect(text).toContain("Verify return code: 0 (ok)");
  });

  it("lets a certificate in, and refuses the same one after its revocation, and no other", async () => {
    expect(await ask(machine)).toEqual({ status: 200, text: "SUCCESS CN=gpu-1.swarm.local,O=Acme" });
    expect(await ask(other)).toMatchObject({ status: 200 });

    await site.swarm(["cert", "revoke", machine.serial, "--reason", "keyCompromise"]);
    const listed = async () => {
      await site.fetchCrls();
      return must("openssl", ["crl", "-inform", "der", "-in", site.file("crls/nodes.crl"), "-noout", "-text"]);
    };
    await expect.poll(listed, LATEST).toContain(shownSerial(machine.serial));
    await reload();

    await expect
      .poll(() => ask(machine), LATEST)
      .toMatchObject({
        status: 400,
        text: expect.stringContaining("The SSL certificate error"),
      });
    expect(log).toMatch(/client SSL certificate verify error: \(23:certificate revoked\)/);
    expect(await ask(other)).toMatchObject({ status: 200 });
  });

  it("refuses a certificate of another authority", async () => {
    const [key, cert] = [site.file("foreign.key"), site.file("foreign.pem")];
    const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];
    await must("openssl", [...made, "-subj", "/O=Acme/CN=Nodes CA", "-keyout", key, "-out", cert]);
    expect(await ask({ key, cert })).toMatchObject({ status: 400 });
  });
});
