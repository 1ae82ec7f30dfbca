import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DomainError } from "@/server/kernel/errors";
import { ANONYMOUS } from "@/server/platform/composition";
import { sendTo, talkTo } from "@/server/testing/raw-http";
import { testWorld, type World } from "@/server/testing/world";
import { MAX_BODY_BYTES } from "./body";
import { cacheable } from "./cache";
import { json, type Route } from "./exchange";
import { type Attached, attach } from "./http";
import { DEFAULT_LIMITS, httpOptions, type Limits } from "./limits";
import { matcherOf } from "./match";

class Busy extends DomainError {
  readonly code = "test.busy";
  readonly fault = "limited";
  override readonly facts = { retryAfterSeconds: 7.2 };
}

const nothing = () => {};
let release = nothing;

/** Routes with nothing behind them, so that only the transport is looked at. */
const ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/echo",
    needsCertificate: false,
    takesBody: true,
    handle: async ({ body }) => json(200, { body }),
  },
  {
    method: "GET",
    path: "/wait",
    needsCertificate: false,
    takesBody: false,
    handle: () =>
      new Promise((resolve) => {
        release = () => resolve(json(200, {}));
      }),
  },
  {
    method: "GET",
    path: "/bug",
    needsCertificate: false,
    takesBody: false,
    handle: async () => {
      throw new Error("the password is hunter2");
    },
  },
  {
    method: "GET",
    path: "/busy",
    needsCertificate: false,
    takesBody: false,
    handle: async () => {
      throw new Busy("later");
    },
  },
  {
    method: "GET",
    path: "/file",
    needsCertificate: false,
    takesBody: false,
    handle: async ({ headers }) =>
      cacheable(headers, { type: "text/plain", etag: "abc", maxAgeSeconds: 60, body: "contents" }),
  },
];

const LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  headersTimeoutMs: 300,
  requestTimeoutMs: 400,
  checkIntervalMs: 50,
  maxInFlight: 2,
  shutdownMs: 300,
};

let world: World;
let server: Server;
let attached: Attached;
let port: number;
const bugs: unknown[] = [];

beforeEach(async () => {
  release = nothing;
  world = await testWorld();
  server = createServer(httpOptions(LIMITS));
  attached = attach(server, {
    service: {
      match: matcherOf(ROUTES),
      authenticate: async ({ ctx }) => ctx,
      onBug: (error) => bugs.push(error),
    },
    limits: LIMITS,
    logger: world.runtime.logger,
    newRequestId: () => world.ctx.newId("req"),
    anonymous: (origin) => world.runtime.contextFor(ANONYMOUS, origin),
    peerOf: () => ({ kind: "none" }),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  bugs.length = 0;
});

afterEach(async () => {
  release();
  await attached.close();
  world.close();
});

describe("bodies", () => {
  it("are JSON in UTF-8, with any of the usual content types", async () => {
    for (const type of ["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"']) {
      const answer = await send("POST", "/echo", { body: '{"name":"gpu-7 ü"}', headers: { "content-type": type } });
      expect(answer).toMatchObject({ status: 200, json: { body: { name: "gpu-7 ü" } } });
    }
  });

  it.each([
    ["no content type", { "content-type": undefined }, "{}", 415, "gateway.type_not_supported"],
    ["another content type", { "content-type": "text/plain" }, "{}", 415, "gateway.type_not_supported"],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, "a=b", 415, "gateway.type_not_supported"],
    [
      "another charset",
      { "content-type": "application/json; charset=latin1" },
      "{}",
      415,
      "gateway.type_not_supported",
    ],
    ["a compressed body", { "content-encoding": "gzip" }, "{}", 415, "gateway.encoding_not_supported"],
    ["half of a body", {}, '{"a":', 400, "gateway.body_not_json"],
    ["no body", {}, "", 400, "gateway.body_not_json"],
    ["no UTF-8", {}, Buffer.from([0x22, 0xff, 0xfe, 0x22]), 400, "gateway.body_not_json"],
    ["a byte more than allowed", {}, "x".repeat(MAX_BODY_BYTES + 1), 413, "gateway.body_too_long"],
    ["much more than allowed", {}, "x".repeat(3_000_000), 413, "gateway.body_too_long"],
  ])("%s is refused", async (_, headers, body, status, code) => {
    const answer = await send("POST", "/echo", { body, headers });
    expect(answer).toMatchObject({ status, json: { status, code } });
    expect(answer.headers["content-type"]).toBe("application/problem+json");
  });

  it("may have 64 kB to the byte", async () => {
    const body = JSON.stringify("x".repeat(MAX_BODY_BYTES - 2));
    expect(await send("POST", "/echo", { body })).toMatchObject({ status: 200 });
  });

  it("are cut off while they come when their length was not announced", async () => {
    const answer = await send("POST", "/echo", {
      body: "x".repeat(200_000),
      headers: { "transfer-encoding": "chunked" },
    });
    expect(answer).toMatchObject({ status: 413, json: { code: "gateway.body_too_long" } });
    expect(answer.headers.connection).toBe("close");
  });

  it("must arrive in time", async () => {
    const head = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n";
    expect(await talk(`${head}{"a"`)).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"gateway\.too_slow"/);
  });
});

describe("requests", () => {
  it("must have their headers in time", async () => {
    expect(await talk("GET /file HTTP/1.1\r\nhost: x\r\nx-")).toMatch(/^HTTP\/1\.1 408 /);
  });

  it.each([
    ["no HTTP", "\x16\x03\x01\x02\x00\x01\x00", 400, "gateway.malformed"],
    ["a bad method", "FLY /file HTTP/1.1\r\nhost: x\r\n\r\n", 400, "gateway.malformed"],
    [
      "two lengths",
      "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
      400,
      "gateway.malformed",
    ],
    ["no host", "GET /file HTTP/1.1\r\nconnection: close\r\n\r\n", 400, "gateway.malformed"],
    ["a tunnel", "CONNECT x:443 HTTP/1.1\r\nhost: x:443\r\n\r\n", 405, "gateway.method_not_allowed"],
    [
      "an expectation",
      "GET /file HTTP/1.1\r\nhost: x\r\nexpect: a-miracle\r\nconnection: close\r\n\r\n",
      417,
      "gateway.expectation_failed",
    ],
    [
      "a length beside chunks",
      "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
      "gateway.malformed",
    ],
    [
      "long headers",
      `GET /file HTTP/1.1\r\nhost: x\r\nx-long: ${"a".repeat(20_000)}\r\n\r\n`,
      431,
      "gateway.headers_too_long",
    ],
  ])("with %s are refused", async (_, bytes, status, code) => {
    const answer = await talk(bytes);
    expect(answer.split("\r\n")[0]).toContain(` ${status} `);
    expect(answer).toContain(`"code":"${code}"`);
  });

  it("that fail inside say nothing of what happened", async () => {
    const answer = await send("GET", "/bug");
    expect(answer).toMatchObject({ status: 500, json: { code: "gateway.internal", detail: "internal error" } });
    expect(answer.text).not.toContain("hunter2");
    expect(bugs).toHaveLength(1);
  });

  it("carry the id of the log line, in the header and in the problem", async () => {
    const answer = await send("GET", "/nothing-here");
    expect(answer).toMatchObject({
      status: 404,
      json: { type: "urn:swarm:problem:gateway.unknown_path", title: "Not Found" },
    });
    expect(answer.json).toMatchObject({ requestId: answer.headers["x-request-id"] });
  });

  it("are told when to come back", async () => {
    expect((await send("GET", "/busy")).headers["retry-after"]).toBe("8");
  });

  it("beyond those that are worked on are sent away", async () => {
    const first = send("GET", "/wait");
    await until(() => release !== nothing);
    const releaseFirst = release;
    const second = send("GET", "/wait");
    await until(() => release !== releaseFirst);
    expect(await send("GET", "/file")).toMatchObject({ status: 503, json: { code: "gateway.too_busy" } });
    releaseFirst();
    release();
    expect(await first).toMatchObject({ status: 200 });
    expect(await second).toMatchObject({ status: 200 });
  });
});

describe("what others may keep", () => {
  it("comes with a tag, and is not sent twice", async () => {
    const first = await send("GET", "/file");
    expect(first).toMatchObject({ status: 200, text: "contents" });
    expect(first.headers).toMatchObject({ etag: '"abc"', "cache-control": "public, max-age=60, must-revalidate" });

    for (const tag of ['"abc"', 'W/"abc"', '"x", "abc"', "*"]) {
      const again = await send("GET", "/file", { headers: { "if-none-match": tag } });
      expect(again).toMatchObject({ status: 304, text: "" });
      expect(again.headers.etag).toBe('"abc"');
    }
    expect(await send("GET", "/file", { headers: { "if-none-match": '"abcd"' } })).toMatchObject({ status: 200 });
  });

  it("tells HEAD its length and sends nothing", async () => {
    const answer = await send("HEAD", "/file");
    expect(answer).toMatchObject({ status: 200, text: "" });
    expect(answer.headers["content-length"]).toBe("8");
  });
});

describe("stopping", () => {
  it("lets a request in flight finish and closes what is idle", async () => {
    const idle = connect(port, "127.0.0.1");
    await new Promise((resolve) => idle.once("connect", resolve));
    const waiting = send("GET", "/wait");
    await until(() => release !== nothing);

    const closed = attached.close();
    release();
    const answer = await waiting;
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers.connection).toBe("close");
    await closed;
    await expect(send("GET", "/file")).rejects.toThrow();
    idle.destroy();
  });
});

const send = (method: string, path: string, given?: Parameters<typeof sendTo>[3]) => sendTo(port, method, path, given);
const talk = (bytes: string) => talkTo(port, bytes);

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
