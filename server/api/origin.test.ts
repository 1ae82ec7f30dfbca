import { expect, it } from "vitest";
import { isAskedByOthers, isSameOrigin } from "./origin";

const OWN = { host: "localhost:3000", origin: "http://localhost:3000", "sec-fetch-site": "same-origin" };

it.each<[string, Record<string, string | undefined>]>([
  ["a page of ours", OWN],
  ["a page of ours, in a browser without fetch metadata", { ...OWN, "sec-fetch-site": undefined }],
  ["a page of ours, in a browser that leaves the origin out", { ...OWN, origin: undefined }],
  ["a page of ours over TLS", { ...OWN, origin: "https://localhost:3000" }],
  ["a page of ours on the default port", { host: "console.swarm.local", origin: "https://console.swarm.local" }],
  [
    "a host with its default port written out",
    { host: "console.swarm.local:443", origin: "https://console.swarm.local" },
  ],
])("lets in %s", (_who, headers) => {
  expect(isSameOrigin(headersOf(headers))).toBe(true);
});

it.each<[string, Record<string, string | undefined>]>([
  ["another site", { ...OWN, origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
  ["another site that only names itself", { ...OWN, origin: "https://evil.example", "sec-fetch-site": undefined }],
  ["another program on the same host", { ...OWN, origin: "http://localhost:4000", "sec-fetch-site": "same-site" }],
  ["another port, without fetch metadata", { ...OWN, origin: "http://localhost:4000", "sec-fetch-site": undefined }],
  ["a sandboxed frame", { ...OWN, origin: "null", "sec-fetch-site": "cross-site" }],
  ["an opaque origin", { ...OWN, origin: "null", "sec-fetch-site": undefined }],
  ["an address typed by hand", { ...OWN, origin: undefined, "sec-fetch-site": "none" }],
  ["something that says neither", { ...OWN, origin: undefined, "sec-fetch-site": undefined }],
  ["a contradiction", { ...OWN, origin: "https://evil.example" }],
  ["our name as a prefix", { ...OWN, origin: "http://localhost:3000.evil.example" }],
  ["our name as user information", { ...OWN, origin: "http://localhost:3000@evil.example" }],
  ["an origin with a path", { ...OWN, origin: "http://localhost:3000/" }],
  ["another scheme", { ...OWN, origin: "ftp://localhost:3000" }],
  ["no host", { ...OWN, host: undefined }],
  ["a host that is none", { ...OWN, host: "localhost:3000/x" }],
])("refuses %s", (_who, headers) => {
  expect(isSameOrigin(headersOf(headers))).toBe(false);
});

it("refuses a host that is not ours, whatever the origin says", () => {
  const rebound = headersOf({ host: "evil.example", origin: "http://evil.example", "sec-fetch-site": "same-origin" });
  expect(isSameOrigin(rebound)).toBe(true);
  expect(isSameOrigin(rebound, ["localhost", "127.0.0.1"])).toBe(false);
});

function headersOf(entries: Record<string, string | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(entries)) {
    if (value !== undefined) headers.set(name, value);
  }
  return headers;
}

it.each<[string | undefined, boolean]>([
  ["same-origin", false],
  ["none", false],
  [undefined, false],
  ["same-site", true],
  ["cross-site", true],
])("takes fetch metadata %j for asked by others: %j", (site, isForeign) => {
  expect(isAskedByOthers(headersOf({ "sec-fetch-site": site }))).toBe(isForeign);
});
