import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import http from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Product } from "../product";

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** A request that says exactly what it is told to; `fetch` would not let go of some headers. */
function ask(url: string, options: http.RequestOptions = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent: false, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on("error", reject).end(body);
  });
}

/** Runs a program that is not ours. */
function run(program: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { timeout: 20_000 }, (error, stdout, stderr) => {
      if (error && "code" in error && error.code === "ENOENT") reject(new Error(`this test needs ${program}`));
      else resolve({ code: child.exitCode ?? 1, output: stdout + stderr });
    });
    child.stdin?.end();
  });
}

const nonceOf = (answer: Answer) => /'nonce-([^']+)'/.exec(String(answer.headers["content-security-policy"]))?.[1];

describe("the console, before it is set up", () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start();
  });
  afterAll(() => product.remove());

  it("gives every page a policy with a nonce of its own, and its scripts that nonce", async () => {
    const [first, second] = [await ask(`${product.consoleUrl}/setup`), await ask(`${product.consoleUrl}/setup`)];
    expect(first.status).toBe(200);
    const policy = String(first.headers["content-security-policy"]);
    expect(policy).not.toContain("unsafe-");
    expect(policy).toContain("frame-ancestors 'none'");

    const nonce = nonceOf(first);
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{24}$/);
    expect(nonceOf(second)).not.toBe(nonce);
    const scripts = first.text.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  });

  it.each(["/setup", "/sign-in"])("renders %s without anything inline that its policy would block", async (path) => {
    const page = await ask(`${product.consoleUrl}${path}`);
    expect(page.text).not.toMatch(/<[^>]+ style="/);
    expect(page.text).not.toMatch(/<style(?![^>]*nonce=)/);
    expect(page.text).not.toMatch(/<[^>]+ on[a-z]+="/);
  });

  it("marks every answer, whatever produced it", async () => {
    const page = await ask(`${product.consoleUrl}/setup`);
    const [asset = ""] = /\/_next\/static\/[^"]+\.js/.exec(page.text) ?? [];
    for (const path of ["/setup", asset, "/no/such/page", "/api/trpc/no.such", "/%ff"]) {
      const { headers } = await ask(`${product.consoleUrl}${path}`);
      expect(headers, path).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers, path).not.toHaveProperty("x-powered-by");
    }
  });

  it("believes no header that only it may set", async () => {
    const answer = await ask(`${product.consoleUrl}/setup`, {
      headers: {
        "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy",
        "x-nonce": "stolen",
        "content-security-policy": "script-src 'nonce-stolen'",
        "x-forwarded-host": "evil.example",
      },
    });
    expect(nonceOf(answer)).toMatch(/^[A-Za-z0-9+/]{24}$/);
    expect(answer.text).not.toContain("stolen");
    expect(answer.text).not.toContain("evil.example");
  });

  it("goes by no foreign name", async () => {
    const answer = await ask(`${product.consoleUrl}/setup`, { headers: { host: "evil.example" } });
    expect(answer.status).toBe(421);
    expect(answer.text).not.toContain("<html");
  });

  it.each([
    ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["another program on this machine", { origin: "http://127.0.0.1:1", "sec-fetch-site": "same-site" }],
    ["nobody", {}],
  ])("refuses a change that comes from %s", async (_who, headers) => {
    const options = {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", "content-length": "2" },
    };
    const answer = await ask(`${product.consoleUrl}/api/trpc/setup.claim`, options, "{}");
    expect(answer.status).toBe(403);
  });

  it("has no way in for server actions, which it does not use", async () => {
    const options = {
      method: "POST",
      headers: { "next-action": "00".repeat(21), "content-type": "text/plain", "content-length": "2" },
    };
    const answer = await ask(`${product.consoleUrl}/setup`, options, "[]");
    expect(answer.text).not.toMatch(/Server Action|digest/);
    expect([200, 404, 405]).toContain(answer.status);
  });
});

describe("the console with TLS", () => {
  let product: Product;
  let bundle = "";
  beforeAll(async () => {
    product = await Product.make({ environment: { SWARM_CONSOLE_TLS: "1" } });
    const init = ["init", "--org", "Acme", "--admin", "admin@acme.example", "--password-stdin", "--json"];
    const outcome = await product.swarm(init, "quiet-lantern-63-harbour\n");
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    await product.start();
    bundle = join(product.dataDir, "bundle.pem");
    await writeFile(bundle, (await ask(`${product.pkiUrl}/ca/bundle.pem`)).text);
  });
  afterAll(() => product.remove());

  it("proves itself to curl, which knows our root alone, with TLS 1.3 and AES-256-GCM", async () => {
    for (const host of ["127.0.0.1", "localhost"]) {
      const url = `${product.consoleUrl.replace("127.0.0.1", host)}/sign-in`;
      const { code, output } = await run("curl", ["-sv", "-4", "--cacert", bundle, url]);
      expect(code, output).toBe(0);
      expect(output).toMatch(/TLSv1\.3 \/ TLS_AES_256_GCM_SHA384/);
      expect(output).toContain("HTTP/1.1 200");
    }
  });

  it("asks browsers to come back by TLS alone", async () => {
    const { output } = await run("curl", ["-si", "--cacert", bundle, `${product.consoleUrl}/sign-in`]);
    expect(output).toContain("strict-transport-security: max-age=31536000");
  });

  it("is a stranger to whoever does not know our root", async () => {
    expect((await run("curl", ["-s", `${product.consoleUrl}/sign-in`])).code).toBe(60);
  });

  it.each([
    ["TLS 1.2", ["-tls1_2"]],
    ["AES-128-GCM", ["-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256"]],
    ["ChaCha20-Poly1305", ["-tls1_3", "-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256"]],
  ])("speaks no %s", async (_what, args) => {
    const { host } = new URL(product.consoleUrl);
    const good = await run("openssl", ["s_client", "-connect", host, "-CAfile", bundle, "-verify_return_error"]);
    expect(good.code, good.output).toBe(0);
    const refused = await run("openssl", ["s_client", "-connect", host, "-CAfile", bundle, ...args]);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toMatch(/alert (handshake failure|protocol version)/);
  });

  it("answers nothing in the clear on that port", async () => {
    await expect(ask(product.consoleUrl.replace("https:", "http:"))).rejects.toMatchObject({ code: /ECONNRESET|HPE/ });
  });
});
