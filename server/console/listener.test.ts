import { X509Certificate } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import type { ConsoleSettings } from "./addresses";
import { firstCredentials, followCredentials } from "./credentials";
import { type ConsoleApp, type ConsoleListener, createConsoleListener, type ListenerCredentials } from "./listener";

const HTTP: ConsoleSettings = { host: "127.0.0.1", port: 0, tls: false, names: [] };
const open: ConsoleListener[] = [];
afterEach(async () => {
  for (const listener of open.splice(0)) await listener.close();
});

/** Answers with what it was given, so that tests see what reaches Next.js. */
const echo: ConsoleApp = {
  async handle(request, response) {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ url: request.url, headers: request.headers }));
  },
};

async function start(app: ConsoleApp = echo, settings = HTTP, credentials?: ListenerCredentials) {
  const listener = createConsoleListener(settings, app, credentials);
  open.push(listener);
  return { listener, port: await listener.listen() };
}

function get(
  port: number,
  options: http.RequestOptions = {},
  body?: string,
): Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, host: "127.0.0.1", agent: false, ...options }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on("error", reject).end(body);
  });
}

describe("what reaches Next.js", () => {
  it("carries the address of the socket, and nothing that the client claimed", async () => {
    const { port } = await start();
    const answer = await get(port, {
      headers: {
        "x-swarm-address": "6.6.6.6",
        "x-forwarded-for": "6.6.6.6",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        forwarded: "for=6.6.6.6",
        "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy",
        "x-nonce": "stolen",
        "content-security-policy": "script-src 'nonce-stolen'",
        "next-action": "1",
        cookie: "a=b",
      },
    });
    const { headers } = JSON.parse(answer.text);
    expect(headers).toMatchObject({
      "x-swarm-address": "127.0.0.1",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-host": `127.0.0.1:${port}`,
      cookie: "a=b",
    });
    for (const gone of ["forwarded", "x-middleware-subrequest", "x-nonce", "content-security-policy", "next-action"]) {
      expect(headers).not.toHaveProperty(gone);
    }
  });

  it("is marked with the headers that every answer carries, and without HSTS in the clear", async () => {
    const { port } = await start();
    const { headers } = await get(port);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(headers).not.toHaveProperty("strict-transport-security");
  });
});

describe("what does not reach Next.js", () => {
  const neverCalled: ConsoleApp = { handle: () => Promise.reject(new Error("reached")) };

  it.each([
    ["a foreign host name", { headers: { host: "evil.example" } }, undefined, 421],
    ["a body of unknown length", { method: "POST", headers: { "transfer-encoding": "chunked" } }, "x", 411],
    ["a body over 1 MiB", { method: "POST", headers: { "content-length": "1048577" } }, undefined, 413],
  ])("is %s", async (_what, options, body, status) => {
    const { port } = await start(neverCalled);
    const answer = await get(port, options, body);
    expect(answer.status).toBe(status);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.text).not.toContain("reached");
  });

  it("is garbage, which gets a 400", async () => {
    const { port } = await start(neverCalled);
    const text = await new Promise<string>((resolve) => {
      let received = "";
      const socket = net.connect(port, "127.0.0.1", () => socket.end("\u0001\u0002 garbage\r\n\r\n"));
      socket.on("data", (chunk) => {
        received += chunk.toString("latin1");
      });
      socket.on("close", () => resolve(received));
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("tells nothing about a bug", async () => {
    const { port } = await start(neverCalled);
    const answer = await get(port);
    expect(answer).toMatchObject({ status: 500, text: "internal error\n" });
  });

  it("is an upgrade under a foreign name, even where upgrades are answered", async () => {
    let upgrades = 0;
    const { port } = await start({
      ...echo,
      upgrade: (_request, socket) => {
        upgrades += 1;
        socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n");
      },
    });
    const upgrade = (host: string) =>
      new Promise<string>((resolve) => {
        const socket = net.connect(port, "127.0.0.1", () => {
          socket.write(`GET / HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`);
        });
        socket.on("data", (chunk) => resolve(chunk.toString("latin1").split("\r\n")[0] ?? ""));
      });
    expect(await upgrade("evil.example")).toContain("421");
    expect(upgrades).toBe(0);
    expect(await upgrade("localhost")).toContain("101");
    expect(upgrades).toBe(1);
  });
});

it("names the port and the setting that changes it when the port is taken", async () => {
  const { port } = await start();
  const second = createConsoleListener({ ...HTTP, port }, echo);
  await expect(second.listen()).rejects.toThrow(new RegExp(`port ${port} .*SWARM_CONSOLE_PORT`));
});

it("lets a request that is under way finish when it closes", async () => {
  let finish: () => void = () => {};
  const arrived = new Promise<void>((seen) => {
    finish = seen;
  });
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { listener, port } = await start({
    async handle(_request, response) {
      finish();
      await gate;
      response.end("done");
    },
  });
  const answer = get(port);
  await arrived;
  const closed = listener.close();
  release();
  expect((await answer).text).toBe("done");
  await closed;
});

describe("with TLS", () => {
  const folder = mkdtempSync(join(tmpdir(), "console-tls-"));
  const first = makeCredentials("first");
  const second = makeCredentials("second");
  rmSync(folder, { recursive: true });

  function makeCredentials(name: string): ListenerCredentials {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
    const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];
    execFileSync("openssl", ["req", ...kind, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  }

  function connect(port: number, options: tls.ConnectionOptions): Promise<tls.TLSSocket> {
    return new Promise((resolve, reject) => {
      const socket = tls.connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options }, () =>
        resolve(socket),
      );
      socket.on("error", reject);
    });
  }

  async function subjectAt(port: number): Promise<string> {
    const socket = await connect(port, {});
    const certificate = socket.getPeerX509Certificate();
    socket.destroy();
    return certificate?.subject ?? "";
  }

  it("speaks TLS 1.3 with AES-256-GCM, and nothing else", async () => {
    const { port } = await start(echo, { ...HTTP, tls: true }, first);
    const socket = await connect(port, {});
    expect([socket.getProtocol(), socket.getCipher().name]).toEqual(["TLSv1.3", "TLS_AES_256_GCM_SHA384"]);
    socket.destroy();
    await expect(connect(port, { maxVersion: "TLSv1.2" })).rejects.toMatchObject({ code: /ALERT|SSL/ });
    for (const ciphers of ["TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"]) {
      await expect(connect(port, { ciphers })).rejects.toMatchObject({ code: /ALERT|SSL/ });
    }
  });

  it("sends HSTS under its own name and tells Next.js that the request came by https", async () => {
    const settings = { ...HTTP, tls: true, names: ["console.swarm.local"] };
    const { port } = await start(echo, settings, first);
    const answer = await new Promise<{ hsts: string | undefined; body: string }>((resolve, reject) => {
      const options = {
        port,
        host: "127.0.0.1",
        agent: false,
        rejectUnauthorized: false,
        headers: { host: "console.swarm.local" },
      };
      https
        .get(options, (response) => {
          let body = "";
          response.on("data", (chunk) => {
            body += chunk;
          });
          response.on("end", () => resolve({ hsts: response.headers["strict-transport-security"], body }));
        })
        .on("error", reject);
    });
    expect(answer.hsts).toBe("max-age=31536000");
    expect(JSON.parse(answer.body).headers["x-forwarded-proto"]).toBe("https");
  });

  it("swaps its certificate without a restart, and keeps the old one when looking fails", async () => {
    const { listener, port } = await start(echo, { ...HTTP, tls: true }, first);
    expect(await subjectAt(port)).toBe("CN=first");

    const failures: unknown[] = [];
    const answers: (ListenerCredentials | Error)[] = [new Error("the key is locked"), second];
    const swapped = new Promise<void>((resolve) => {
      const stop = followCredentials(
        async () => {
          const answer = answers.shift();
          if (answer instanceof Error) throw answer;
          return answer;
        },
        {
          useCredentials(next) {
            listener.useCredentials(next);
            stop();
            resolve();
          },
        },
        first,
        { everyMs: 5, onFailure: (error) => failures.push(error) },
      );
    });
    await swapped;
    expect(failures).toHaveLength(1);
    expect(await subjectAt(port)).toBe("CN=second");
    expect(new X509Certificate(second.cert).subject).toBe("CN=second");
  });

  it("does not start before there is an authority, and says what to do", async () => {
    await expect(firstCredentials(async () => undefined)).rejects.toThrow(/set the product up first.*swarm init/);
  });
});
