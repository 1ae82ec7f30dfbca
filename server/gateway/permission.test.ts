import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import pino from "pino";
import { listAuthorities } from "@/server/certificates/authorities";
import { makeKey, requestFor } from "@/server/cli/node/key-request";
import type { Question } from "@/server/kernel/context";
import { ANONYMOUS, openRuntime, type Runtime } from "@/server/platform/composition";
import { enrollMachine, type Machine, type Site, startSite, tokenFor } from "@/server/testing/site";
import { answer, type Answered } from "./answer";
import { authenticatePeer } from "./authenticate";
import type { Peer, Route } from "./exchange";
import { matcherOf } from "./match";
import { PKI_ROUTES } from "./pki";
import { MACHINE_ROUTES } from "./routes";

/** A good body for every route that takes one: a new route fails here until it is added. */
const BODIES: Readonly<Record<string, () => Promise<unknown>>> = {
  "/v1/enroll": async () => ({
    token: await tokenFor(site, "gpu-other"),
    csr: await requestFor(await makeKey("p256")),
  }),
  "/v1/renew": async () => ({ csr: await requestFor(await makeKey("p256")) }),
  "/v1/revoke": async () => ({}),
  "/access/v1/evaluation": async () => EVALUATION,
  "/access/v1/evaluations": async () => ({ ...EVALUATION, evaluations: [{}] }),
  "/access/v1/search/subject": async () => EVALUATION,
  "/access/v1/search/resource": async () => EVALUATION,
  "/access/v1/search/action": async () => EVALUATION,
};

const EVALUATION = {
  subject: { type: "Node", id: "gpu-7" },
  action: { name: "workload.run" },
  resource: { type: "Compute", id: "gpu-7" },
};

const ROUTES = [...MACHINE_ROUTES, ...PKI_ROUTES];

let site: Site;
let machine: Machine;
let issuer: string;
let refusing: Runtime;
const asked: Question[] = [];

beforeAll(async () => {
  site = await startSite();
  machine = await enrollMachine(site, "gpu-7");
  issuer = (await listAuthorities(site.world.ctx)).authorities.find(({ role }) => role === "node")?.slug ?? "";
  refusing = await openRuntime(site.world.runtime.settings, "refusing", {
    logger: pino({ level: "silent" }),
    decide: async (_db, question) => {
      asked.push(question);
      return { allowed: false, reason: "this test allows nothing", rules: [], policyVersion: "test" };
    },
  });
});
afterAll(async () => {
  refusing.close();
  await site.close();
});

describe("when the policy refuses everything", () => {
  it("there are routes to look at", () => {
    expect(ROUTES.length).toBeGreaterThanOrEqual(9);
  });

  it.each(ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "%s is refused",
    async (_, route) => {
      asked.length = 0;
      const { answer: given, code } = await call(route);
      expect(asked.length).toBeGreaterThan(0);
      expect([401, 403]).toContain(given.status);
      expect(code).toMatch(/^(kernel\.forbidden|join_token\.refused)$/);
    },
  );
});

describe("without a certificate", () => {
  it.each(MACHINE_ROUTES.filter((route) => route.needsCertificate).map((route) => [route.path, route] as const))(
    "%s is refused before anything else is looked at",
    async (_, route) => {
      asked.length = 0;
      expect(await call(route, { kind: "none" })).toMatchObject({
        answer: { status: 401 },
        code: "gateway.certificate_required",
      });
      expect(await call(route, { kind: "refused", why: "CERT_HAS_EXPIRED" })).toMatchObject({
        answer: { status: 401 },
        code: "gateway.certificate_refused",
      });
      expect(asked).toEqual([]);
    },
  );
});

async function call(route: Route, peer: Peer = peerOf(machine)): Promise<Answered> {
  const body = route.takesBody ? await BODIES[route.path]?.() : undefined;
  if (route.takesBody && body === undefined) throw new Error(`say what a good body for ${route.path} is`);
  return answer(
    { match: matcherOf([route]), authenticate: authenticatePeer, onBug: (error) => expect(error).toBeUndefined() },
    {
      method: route.method,
      path: route.path.replace("{issuer}", issuer),
      headers: { "content-type": "application/json" },
      peer,
      ctx: refusing.contextFor(ANONYMOUS, { address: null, userAgent: null, requestId: "req_test" }),
      body: async () => Buffer.from(JSON.stringify(body)),
    },
  );
}

function peerOf({ cert }: Machine): Peer {
  const { serialNumber, fingerprint256 } = new X509Certificate(cert);
  return { kind: "chained", certificate: { serial: serialNumber, fingerprint: fingerprint256 } };
}
