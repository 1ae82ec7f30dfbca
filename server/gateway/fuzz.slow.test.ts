import { execFileSync } from "node:child_process";
import { generateKeyPairSync, sign, X509Certificate } from "node:crypto";
import { Agent } from "node:https";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEY_TYPES, makeKey, requestFor } from "@/server/cli/node/key-request";
import { signedSequence } from "@/server/engines/x509/certificate";
import { encode } from "@/server/engines/x509/der";
import { parseGeneralName } from "@/server/engines/x509/general-names";
import { buildRequestInfo } from "@/server/engines/x509/request-writer";
import { encodeSignatureAlgorithm } from "@/server/engines/x509/signatures";
import { ANONYMOUS } from "@/server/platform/composition";
import { ask, enrollMachine, type Machine, type Site, startSite, tokenFor } from "@/server/testing/site";
import { answer, type Service } from "./answer";
import { authenticatePeer } from "./authenticate";
import type { Answer, Peer } from "./exchange";
import { matcherOf } from "./match";
import { MACHINE_ROUTES } from "./routes";

/** Mutants in all, and how many are asked at once, so that those whose refusal is recorded share a commit. */
const MUTANTS = 20_000;
const AT_ONCE = 40;
const OVER_THE_WIRE = 300;

let site: Site;
let machine: Machine;
let token: string;
let seeds: Buffer[];
/** What is under the signature of a request, and the key that signs it. */
let signer: { readonly tbs: Buffer; sign(tbs: Buffer): Buffer };
const bugs: unknown[] = [];
const codes = new Map<string, number>();

beforeAll(async () => {
  site = await startSite();
  machine = await enrollMachine(site, "fuzz-0");
  token = await tokenFor(site, "fuzz-token-0");
  const own = await Promise.all(KEY_TYPES.map(async (type) => derOf(await requestFor(await makeKey(type)))));
  seeds = [...own, derOf(opensslRequest())];
  signer = makeSigner();
}, 60_000);
afterAll(() => site.close());

describe("whatever a machine sends", () => {
  it(`is answered with a clear 4xx: ${MUTANTS} mutated requests and bodies`, { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutant(), { minLength: AT_ONCE, maxLength: AT_ONCE }), async (mutants) => {
        await standUp();
        const answers = await Promise.all(mutants.map(inProcess));
        for (const given of answers) expectClear(given);
      }),
      { numRuns: MUTANTS / AT_ONCE, endOnFailure: true },
    );
    const total = [...codes.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThanOrEqual(MUTANTS);
    expect(bugs).toEqual([]);
    // They came this far: the reader of requests, the signature over them, the names in them.
    for (const code of ["request_unreadable", "proof_of_possession_failed", "request_refused"]) {
      expect(codes.get(`certificate.${code}`), code).toBeGreaterThan(20);
    }
  });

  it(`is answered over TLS too, and the gateway lives on: ${OVER_THE_WIRE} of them`, { timeout: 120_000 }, async () => {
    await standUp();
    const { key, cert } = machine;
    const agent = new Agent({ ca: site.ca, key, cert, keepAlive: true, maxSockets: 4 });
    await fc.assert(
      fc.asyncProperty(mutant(), async ({ path, body }) => {
        const { status, headers, json } = await ask(site, path, { agent, body: body.toString("latin1") });
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(500);
        if (status >= 400) {
          expect(headers["content-type"]).toBe("application/problem+json");
          expect(json).toMatchObject({ status, code: expect.stringMatching(/^[a-z_]+\.[a-z_]+$/) });
        }
      }),
      { numRuns: OVER_THE_WIRE, endOnFailure: true },
    );
    agent.destroy();
    expect(await ask(site, "/v1/whoami")).toMatchObject({ status: 401 });
  });
});

interface Mutant {
  readonly path: "/v1/enroll" | "/v1/renew" | "/v1/revoke";
  readonly body: Buffer;
}

/** Makes the token and the machine usable again, in case a mutant was good enough to use them up. */
async function standUp(): Promise<void> {
  if ((await inProcess({ path: "/v1/renew", body: Buffer.from("{}") })).status !== 400) {
    machine = await enrollMachine(site, `fuzz-${site.world.ctx.newId("n").slice(-12)}`);
  }
  if (usedTokens > 0) {
    usedTokens = 0;
    token = await tokenFor(site, `fuzz-${site.world.ctx.newId("t").slice(-12)}`);
  }
}

let usedTokens = 0;

async function inProcess({ path, body }: Mutant): Promise<Answer> {
  const service: Service = {
    match: matcherOf(MACHINE_ROUTES),
    authenticate: authenticatePeer,
    onBug: (error) => bugs.push(error),
  };
  const given = await answer(service, {
    method: "POST",
    path,
    headers: { "content-type": "application/json" },
    peer: peerOf(machine),
    ctx: site.world.runtime.contextFor(ANONYMOUS, { address: nextAddress(), userAgent: null, requestId: "req_fuzz" }),
    body: async () => body,
  });
  if (path === "/v1/enroll" && given.answer.status === 201) usedTokens++;
  return given.answer;
}

let mutants = 0;

/** From a thousand addresses, so that no network is refused too often to be told why. */
function nextAddress(): string {
  mutants++;
  return `192.0.${Math.floor(mutants / 100) % 10}.${mutants % 100}`;
}

function expectClear({ status, headers, body }: Answer): void {
  const text = body.toString();
  const code = status < 400 ? "done" : String(JSON.parse(text).code);
  codes.set(code, (codes.get(code) ?? 0) + 1);
  if (status >= 500) throw new Error(`${status} ${text} ${bugs.map(String).join(" ")}`);
  if (status < 400) return;
  expect(headers["content-type"]).toBe("application/problem+json");
  expect(JSON.parse(text)).toMatchObject({ status, code: expect.stringMatching(/^[a-z_]+\.[a-z_]+$/) });
  expect(text).not.toMatch(/\.ts:\d|\n\s+at /);
}

function peerOf({ cert }: Machine): Peer {
  const { serialNumber, fingerprint256 } = new X509Certificate(cert);
  return { kind: "chained", certificate: { serial: serialNumber, fingerprint: fingerprint256 } };
}

/** Requests whose bytes were changed, whose PEM was changed, and bodies that are something else altogether. */
function mutant(): fc.Arbitrary<Mutant> {
  const seed = fc.nat().map((index) => seeds[index % seeds.length] ?? Buffer.alloc(0));
  const csr = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(seed, edits()).map(([der, change]) => pemOf(edit(der, change))) },
    { weight: 4, arbitrary: edits(2).map((change) => pemOf(signer.sign(edit(signer.tbs, change)))) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(seed, edits())
        .map(([der, change]) => edit(Buffer.from(pemOf(der)), change).toString("latin1")),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => pemOf(Buffer.from(bytes))) },
    { weight: 1, arbitrary: nested().map(pemOf) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) },
  );
  const body = fc.oneof(
    { weight: 8, arbitrary: csr.map((text) => Buffer.from(JSON.stringify({ token, csr: text }))) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(csr, edits())
        .map(([text, change]) => edit(Buffer.from(JSON.stringify({ token, csr: text })), change)),
    },
    { weight: 1, arbitrary: fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)) },
    {
      weight: 1,
      arbitrary: fc
        .record({ token: fc.anything(), csr: fc.anything(), reason: fc.anything() }, { requiredKeys: [] })
        .map((value) =>
          Buffer.from(JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? String(inner) : inner))),
        ),
    },
  );
  // Nobody mutates a body so far that the machine loses its certificate by it: `{}` would be enough to revoke.
  const path = fc.constantFrom("/v1/enroll" as const, "/v1/renew" as const);
  return fc.record({ path, body });
}

interface Edit {
  readonly kind: "flip" | "set" | "cut" | "double" | "insert" | "end";
  readonly at: number;
  readonly value: number;
}

function edits(maxLength = 6): fc.Arbitrary<Edit[]> {
  return fc.array(
    fc.record({
      kind: fc.constantFrom(
        "flip" as const,
        "set" as const,
        "cut" as const,
        "double" as const,
        "insert" as const,
        "end" as const,
      ),
      at: fc.nat(1_000_000),
      value: fc.oneof(fc.nat(255), fc.constantFrom(0x00, 0x30, 0x31, 0x80, 0x81, 0x84, 0x88, 0xa0, 0xff)),
    }),
    { minLength: 1, maxLength },
  );
}

function edit(bytes: Buffer, changes: readonly Edit[]): Buffer {
  let changed = Buffer.from(bytes);
  for (const { kind, at, value } of changes) {
    const place = changed.length === 0 ? 0 : at % changed.length;
    const [before, after] = [changed.subarray(0, place), changed.subarray(place)];
    const length = 1 + (value % 16);
    if (kind === "flip" && changed.length > 0) changed[place] = (changed[place] ?? 0) ^ (1 << (value % 8));
    else if (kind === "set" && changed.length > 0) changed[place] = value;
    else if (kind === "cut") changed = Buffer.concat([before, after.subarray(length)]);
    else if (kind === "double") changed = Buffer.concat([before, after.subarray(0, length), after]);
    else if (kind === "insert") changed = Buffer.concat([before, Buffer.alloc(length, value), after]);
    else if (kind === "end") changed = Buffer.from(before);
  }
  return changed;
}

/** DER that is nothing but depth. */
function nested(): fc.Arbitrary<Buffer> {
  return fc.tuple(fc.integer({ min: 1, max: 4_000 }), fc.constantFrom(0x30, 0x31, 0xa0)).map(([depth, tag]) => {
    let bytes = Buffer.alloc(0);
    for (let level = 0; level < Math.min(depth, 60); level++)
      bytes = Buffer.concat([Buffer.from([tag, bytes.length & 0x7f]), bytes]);
    return depth > 60 ? Buffer.alloc(depth * 2, Buffer.from([tag, 0x80])) : bytes;
  });
}

/** Mutants that are signed after they were changed get past the proof of possession. */
function makeSigner(): typeof signer {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const tbs = buildRequestInfo({
    subject: [{ type: "CN", value: "fuzz" }],
    names: ["dns:fuzz.swarm.local", "ip:10.0.0.7", "uri:spiffe://swarm.local/node/fuzz"].map(parseGeneralName),
    spki: publicKey.export({ format: "der", type: "spki" }),
  });
  return {
    tbs: Buffer.from(tbs),
    sign: (bytes) => {
      const algorithm = encodeSignatureAlgorithm("ecdsa-with-SHA256");
      return Buffer.from(encode(signedSequence(bytes, algorithm, sign("sha256", bytes, privateKey))));
    },
  };
}

function pemOf(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join("\n")}\n-----END CERTIFICATE REQUEST-----\n`;
}

function derOf(pem: string): Buffer {
  return Buffer.from(pem.replaceAll(/-----[^-]+-----/g, ""), "base64");
}

/** A request as other people's tools make it: a subject, names, extensions that are never copied. */
function opensslRequest(): string {
  return execFileSync(
    "openssl",
    [
      ...["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "/dev/null"],
      ...["-subj", "/CN=fuzz/O=Swarm", "-addext", "subjectAltName=DNS:fuzz.swarm.local,IP:10.0.0.7"],
      ...["-addext", "keyUsage=critical,digitalSignature", "-addext", "basicConstraints=CA:TRUE"],
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  ).toString();
}
