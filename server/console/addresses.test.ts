import { describe, expect, it } from "vitest";
import { assertServable, certificateNames, consoleUrl, hostnameOf, isLoopback, isOwnHost } from "./addresses";

const LOOPBACK = { host: "127.0.0.1", port: 3000, tls: false, names: [] };
const PUBLIC = { host: "0.0.0.0", port: 3000, tls: true, names: ["console.swarm.local"] };

describe("plain HTTP is for loopback alone", () => {
  it.each(["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "LOCALHOST"])("serves %s in the clear", (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(() => assertServable({ ...LOOPBACK, host })).not.toThrow();
  });

  it.each([
    "0.0.0.0",
    "::",
    "192.168.1.4",
    "console.swarm.local",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "127.1",
  ])("refuses %s without TLS, and serves it with TLS", (host) => {
    expect(() => assertServable({ ...LOOPBACK, host })).toThrow(/SWARM_CONSOLE_TLS=1/);
    expect(() => assertServable({ ...LOOPBACK, host, tls: true })).not.toThrow();
  });
});

describe("a name that is not ours is refused, so that DNS rebinding reaches nothing", () => {
  it.each([
    ["127.0.0.1:3000", LOOPBACK, "127.0.0.1", true],
    ["localhost:3000", LOOPBACK, "127.0.0.1", true],
    ["localhost:9000", LOOPBACK, "::ffff:127.0.0.1", true],
    ["[::1]:3000", LOOPBACK, "127.0.0.1", true],
    ["evil.example:3000", LOOPBACK, "127.0.0.1", false],
    ["localhost.evil.example", LOOPBACK, "127.0.0.1", false],
    ["127.0.0.1.nip.io", LOOPBACK, "127.0.0.1", false],
    ["192.168.1.4:3000", LOOPBACK, "127.0.0.1", false],
    ["console.swarm.local", PUBLIC, "192.168.1.4", true],
    ["CONSOLE.swarm.local:443", PUBLIC, "192.168.1.4", true],
    ["192.168.1.4:3000", PUBLIC, "192.168.1.4", true],
    ["localhost:3000", PUBLIC, "127.0.0.1", true],
    ["localhost:3000", PUBLIC, "192.168.1.4", false],
    ["other.swarm.local", PUBLIC, "192.168.1.4", false],
  ])("%s", (host, settings, localAddress, expected) => {
    expect(isOwnHost(host, settings, localAddress)).toBe(expected);
  });

  it.each([undefined, "", "a b", "user@localhost", "localhost/x", "localhost\\x", "localhost:99999", "[::1", "%00"])(
    "reads no host name in %j",
    (header) => {
      expect(hostnameOf(header)).toBeUndefined();
    },
  );
});

it.each([
  [LOOPBACK, 3000, "http://127.0.0.1:3000"],
  [{ ...LOOPBACK, host: "::1" }, 3000, "http://[::1]:3000"],
  [{ ...PUBLIC, names: [] }, 3000, "https://localhost:3000"],
  [PUBLIC, 443, "https://console.swarm.local:443"],
])("tells people an address that they can open", (settings, port, url) => {
  expect(consoleUrl(settings, port)).toBe(url);
});

it.each([
  [LOOPBACK, ["127.0.0.1", "localhost", "::1"]],
  [{ ...PUBLIC, host: "192.0.2.7" }, ["console.swarm.local", "192.0.2.7"]],
])("asks for a certificate of the names that browsers use", (settings, names) => {
  expect(certificateNames(settings)).toEqual(names);
});

it("asks for this machine's own names where it listens on every address", () => {
  expect(certificateNames(PUBLIC)).toEqual(expect.arrayContaining(["console.swarm.local", "localhost", "127.0.0.1"]));
});
