import { describe, expect, it } from "vitest";
import type { Route } from "./exchange";
import { matcherOf } from "./match";
import { HttpRefusal } from "./problem";

const route = (method: Route["method"], path: string): Route => ({
  method,
  path,
  needsCertificate: false,
  takesBody: method === "POST",
  handle: async () => ({ status: 200, headers: {}, body: "" }),
});

const match = matcherOf([route("POST", "/v1/renew"), route("GET", "/crl/{issuer}.crl"), route("GET", "/health")]);

describe("finding a route", () => {
  it.each([
    ["POST", "/v1/renew", "/v1/renew", {}],
    ["GET", "/crl/nodes.crl", "/crl/{issuer}.crl", { issuer: "nodes" }],
    ["HEAD", "/crl/nodes.crl", "/crl/{issuer}.crl", { issuer: "nodes" }],
    ["HEAD", "/health", "/health", {}],
  ])("%s %s is %s", (method, path, found, params) => {
    const given = match(method, path);
    expect(given.route.path).toBe(found);
    expect({ ...given.params }).toEqual(params);
  });

  it.each([
    "/",
    "",
    "/v1",
    "/v1/renew/",
    "/V1/renew",
    "//v1/renew",
    "/crl/../health",
    "/crl/a/b.crl",
    "/crl/.crl",
    "/crl/nodesxcrl",
    "/crl/NODES.crl",
    "/crl/%2e%2e.crl",
    `/crl/${"a".repeat(65)}.crl`,
    "/__proto__",
    "/constructor",
  ])("there is nothing at %j", (path) => {
    expect(refusal(() => match("GET", path))).toMatchObject({ status: 404, code: "gateway.unknown_path" });
  });

  it.each([
    ["GET", "/v1/renew", "POST"],
    ["DELETE", "/v1/renew", "POST"],
    ["POST", "/health", "GET, HEAD"],
    ["PUT", "/crl/nodes.crl", "GET, HEAD"],
  ])("%s %s is told that only %s is allowed", (method, path, allow) => {
    expect(refusal(() => match(method, path))).toMatchObject({ status: 405, headers: { allow } });
  });
});

function refusal(work: () => unknown): HttpRefusal {
  try {
    work();
  } catch (error) {
    if (error instanceof HttpRefusal) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
