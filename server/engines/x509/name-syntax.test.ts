import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGeneralName } from "./general-names";
import { formatCidr, formatIp, ipInCidr, parseCidr, parseIp } from "./ip";
import { constraintViolation } from "./name-constraints";
import { isDnsName, isEmail, isHttpUri, isSpiffeUri, isUri, uriHost } from "./name-syntax";

describe("name syntax", () => {
  it.each(["a", "a.b", "gpu-7.swarm.local", "A.B", "xn--mnchen-3ya.de", "1a.2b", "localhost", `${"a".repeat(63)}.b`])(
    "%s is a DNS name",
    (name) => {
      expect(isDnsName(name)).toBe(true);
    },
  );

  it.each([
    "",
    ".",
    "a.",
    ".a",
    "a..b",
    "-a",
    "a-",
    "a_b",
    "a b",
    "ü.de",
    "*.a.b",
    "1.2.3.4",
    "a.1",
    `${"a".repeat(64)}.b`,
    `${"a.".repeat(127)}a`,
    "a\n",
  ])("%j is not", (name) => {
    expect(isDnsName(name)).toBe(false);
  });

  it("takes a wildcard as the whole leftmost label only, above two others", () => {
    const accepted = ["*.a.b", "*.a", "*", "a.*.b", "*a.b.c", "**.a.b", "*.*.a"].filter((name) =>
      isDnsName(name, "wildcard"),
    );
    expect(accepted).toEqual(["*.a.b"]);
  });

  it.each([
    ["spiffe://swarm.local/node/gpu-7", true],
    ["spiffe://swarm.local/a/b.c/d_e", true],
    ["spiffe://swarm.local", false],
    ["spiffe://swarm.local/", false],
    ["spiffe://swarm.local//a", false],
    ["spiffe://swarm.local/a/", false],
    ["spiffe://swarm.local/a/./b", false],
    ["spiffe://swarm.local/..", false],
    ["spiffe://Swarm.local/a", false],
    ["SPIFFE://swarm.local/a", false],
    ["spiffe://u@swarm.local/a", false],
    ["spiffe://swarm.local:1/a", false],
    ["spiffe://swarm.local/a?b", false],
    ["spiffe://swarm.local/a#b", false],
    ["spiffe://swarm.local/a%20b", false],
  ])("%s: a SPIFFE ID is %s", (uri, isOne) => {
    expect([isSpiffeUri(uri), isUri(uri)]).toEqual([isOne, isOne]);
  });

  it.each([
    ["https://x.org/a?b#c", true],
    ["http://10.0.0.1:8080/", true],
    ["http://[fd00::1]/", true],
    ["urn:uuid:1", true],
    ["mailto:a@b", true],
    ["/a", false],
    ["http://", false],
    ["http:///a", false],
    ["http://u@x.org/", false],
    ["http://a_b/", false],
    ["http://x.org/a b", false],
    ["http://x.org/%zz", false],
    ["http://[fd00::1::2]/", false],
  ])("%s: a URI is %s", (uri, isOne) => {
    expect(isUri(uri)).toBe(isOne);
  });

  it("finds the host that verifiers compare", () => {
    expect(["http://X.org:80/a@b", "spiffe://a.b/c", "http://u@x.org/", "urn:a", "http://[::1]/"].map(uriHost)).toEqual(
      ["x.org", "a.b", null, null, "[::1]"],
    );
    expect(["http://x/a", "https://x/a", "ldap://x"].map(isHttpUri)).toEqual([true, false, false]);
    expect(["a@b", "a.b+c@d.e", "@b", "a@", "a b@c", "a@b@c", '"a"@b', "a..b@c"].filter(isEmail)).toEqual([
      "a@b",
      "a.b+c@d.e",
    ]);
  });
});

describe("addresses", () => {
  it.each([
    ["0:0:0:0:0:0:0:1", "::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["::ffff:10.0.0.1", "::ffff:10.0.0.1"],
    ["1::", "1::"],
    ["::", "::"],
    ["10.0.0.1", "10.0.0.1"],
  ])("%s has the one form %s", (text, form) => {
    expect(formatIp(parseIp(text) ?? new Uint8Array())).toBe(form);
  });

  it.each([
    "",
    "1.2.3",
    "1.2.3.256",
    "01.2.3.4",
    "1.2.3.4.5",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8",
    "g::",
    "::1%eth0",
    "1.2.3.4::",
    "12345::",
  ])("%j is not one", (text) => {
    expect(parseIp(text)).toBeNull();
  });

  it("come back from their text, whatever they are", () => {
    const octets = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
    );
    fc.assert(
      fc.property(octets, (address) => {
        expect(parseIp(formatIp(address) ?? "")).toEqual(address);
      }),
    );
  });

  it.each(["10.0.0.0/8", "0.0.0.0/0", "10.1.2.3/32", "fd00::/8", "::/0", "10.128.0.0/9"])("%s is a range", (text) => {
    const range = parseCidr(text);
    expect(range === null ? null : formatCidr(range)).toBe(text);
  });

  it.each(["10.0.0.1/8", "10.0.0.0", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/", "fd00::/129"])("%s is not", (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  it("are inside a range of their own family only", () => {
    const inside = (ip: string, cidr: string): boolean => {
      const [address, range] = [parseIp(ip), parseCidr(cidr)];
      return address !== null && range !== null && ipInCidr(address, range);
    };
    expect([
      inside("10.200.0.1", "10.128.0.0/9"),
      inside("10.1.0.1", "10.128.0.0/9"),
      inside("::1", "0.0.0.0/0"),
      inside("fd00::1", "fd00::/8"),
    ]).toEqual([true, false, false, true]);
  });
});

describe("name constraints", () => {
  const constraints = {
    permitted: {
      dns: ["swarm.local"],
      uri: ["swarm.local", ".apps.local"],
      email: ["swarm.local", ".corp.local", "root@x.org"],
      ip: ["10.0.0.0/8"],
    },
    excluded: { dns: ["secret.swarm.local"], ip: ["10.9.0.0/16"] },
  };

  it.each([
    ["dns:swarm.local", true],
    ["dns:A.SWARM.local", true],
    ["dns:notswarm.local", false],
    ["dns:a.secret.swarm.local", false],
    ["uri:spiffe://swarm.local/a", true],
    ["uri:https://a.swarm.local/", false],
    ["uri:https://a.apps.local/", true],
    ["uri:https://apps.local/", false],
    ["uri:urn:a", false],
    ["uri:https://10.0.0.1/", false],
    ["email:a@swarm.local", true],
    ["email:a@b.swarm.local", false],
    ["email:a@b.corp.local", true],
    ["email:root@X.org", true],
    ["email:other@x.org", false],
    ["ip:10.1.1.1", true],
    ["ip:10.9.1.1", false],
    ["ip:fd00::1", false],
  ])("%s: inside is %s", (line, isInside) => {
    expect(constraintViolation(parseGeneralName(line), constraints) === null).toBe(isInside);
  });

  it("say nothing of kinds that they do not mention, and refuse kinds that cannot be compared", () => {
    const onlyDns = { permitted: { dns: ["a.b"] }, excluded: {} };
    expect(constraintViolation({ type: "ip", value: "1.2.3.4" }, onlyDns)).toBeNull();
    expect(constraintViolation({ type: "other", value: "X.400 address" }, onlyDns)).not.toBeNull();
  });
});
