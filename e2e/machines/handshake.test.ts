import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Credential, type Machine, Site } from "./site";
import { must, type Ran, run } from "./tools";

let site: Site;
let machine: Machine;
beforeAll(async () => {
  site = await Site.start();
  machine = await site.enroll("gpu-1");
});
afterAll(() => site?.remove());

function connect(...how: string[]): Promise<Ran> {
  return run("openssl", ["s_client", "-connect", site.gatewayPlace, "-CAfile", site.bundle, ...how]);
}

describe("the gateway's TLS", () => {
  it("is 1.3 with AES-256-GCM, under a certificate for the names that it is reached by", async () => {
    for (const name of [
      ["-verify_ip", "127.0.0.1"],
      ["-verify_hostname", "localhost"],
    ]) {
      const { code, stdout } = await connect("-x509_strict", "-verify_return_error", ...name);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^New, TLSv1\.3, Cipher is TLS_AES_256_GCM_SHA384$/m);
      expect(stdout).toMatch(/^Verify return code: 0 \(ok\)$/m);
    }
  });

  it("is believed by GnuTLS as well", async () => {
    const { hostname, port } = new URL(site.product.gatewayUrl);
    const said = await must("gnutls-cli", ["--x509cafile", site.bundle, "--port", port, hostname]);
    expect(said).toContain("The certificate is trusted.");
    expect(said).toMatch(/^- Description: \(TLS1\.3.*\(AES-256-GCM\)$/m);
  });

  it.each(["-tls1", "-tls1_1", "-tls1_2"])("refuses %s", async (version) => {
    const { code, stdout, stderr } = await connect(version, "-cipher", "ALL:@SECLEVEL=0");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^New, \(NONE\), Cipher is \(NONE\)$/m);
    expect(stderr).toMatch(/alert protocol version/);
  });

  it.each([
    "TLS_AES_128_GCM_SHA256",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_CCM_SHA256",
    "TLS_AES_128_CCM_8_SHA256",
  ])("refuses %s", async (suite) => {
    const { code, stdout, stderr } = await connect("-tls1_3", "-ciphersuites", suite);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^New, \(NONE\), Cipher is \(NONE\)$/m);
    expect(stderr).toMatch(/alert handshake failure/);
  });

  it("takes TLS_AES_256_GCM_SHA384 when others are preferred", async () => {
    const suites = "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384";
    const { stdout } = await connect("-ciphersuites", suites);
    expect(stdout).toMatch(/^New, TLSv1\.3, Cipher is TLS_AES_256_GCM_SHA384$/m);
  });
});

describe("a client certificate", () => {
  const whoami = (as?: Credential) => site.curl("/v1/whoami", { as });

  it("of ours is told whom it stands for", async () => {
    expect(await whoami(machine)).toMatchObject({
      status: 200,
      json: { kind: "node", name: "gpu-1", spiffeId: "spiffe://swarm.local/node/gpu-1", serial: machine.serial },
    });
  });

  it("of ours is enough without its intermediate", async () => {
    const leaf = site.file("leaf.pem");
    await must("openssl", ["x509", "-in", machine.cert, "-out", leaf]);
    expect(await whoami({ key: machine.key, cert: leaf })).toMatchObject({ status: 200 });
  });

  it("is asked for", async () => {
    const { stdout } = await connect();
    expect(stdout).toContain("Acceptable client certificate CA names");
    expect(await whoami()).toMatchObject({ status: 401, json: { code: "gateway.certificate_required" } });
  });

  it.each([
    ["a foreign authority", "/O=Elsewhere/CN=Other CA"],
    ["a self-made authority with our issuer's name", "/O=Acme/CN=Nodes CA"],
    ["a self-made authority with our root's name", "/O=Acme/CN=Root CA"],
  ])("of %s is refused, although all else is copied", async (_what, subject) => {
    const forged = await forge(subject);
    expect(await whoami(forged)).toMatchObject({ status: 401, json: { code: "gateway.certificate_refused" } });
  });

  it("that signed itself with our issuer's name is refused", async () => {
    const [key, cert] = [site.file("self.key"), site.file("self.pem")];
    const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];
    await must("openssl", [...made, "-subj", "/O=Acme/CN=Nodes CA", "-keyout", key, "-out", cert]);
    expect(await whoami({ key, cert })).toMatchObject({ status: 401, json: { code: "gateway.certificate_refused" } });
  });

  it("of ours cannot sign others", async () => {
    const [key, csr, leaf] = [site.file("sub.key"), site.file("sub.csr"), site.file("sub.pem")];
    const made = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/O=Acme/CN=gpu-1"];
    await must("openssl", [...made, "-keyout", key, "-out", csr]);
    const signed = ["x509", "-req", "-in", csr, "-CA", machine.cert, "-CAkey", machine.key, "-days", "1"];
    await must("openssl", [...signed, "-set_serial", `0x${machine.serial}`, "-out", leaf]);
    const cert = site.file("sub-chain.pem");
    await writeFile(cert, (await must("cat", [leaf])) + (await must("cat", [machine.cert])));
    expect(await whoami({ key, cert })).toMatchObject({ status: 401, json: { code: "gateway.certificate_refused" } });
  });

  /** A certificate with the serial, subject and SPIFFE ID of a real node, by an authority of one's own. */
  async function forge(authority: string): Promise<Credential> {
    const [caKey, ca] = [site.file("forger.key"), site.file("forger.pem")];
    const [key, csr, leaf, extensions] = ["forged.key", "forged.csr", "forged.leaf", "forged.ext"].map((name) =>
      site.file(name),
    ) as [string, string, string, string];
    const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    await must("openssl", ["req", "-x509", ...fresh, "-subj", authority, "-days", "1", "-keyout", caKey, "-out", ca]);
    await must("openssl", ["req", ...fresh, "-subj", "/O=Acme/CN=gpu-1", "-keyout", key, "-out", csr]);
    await writeFile(
      extensions,
      "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\nsubjectAltName=URI:spiffe://swarm.local/node/gpu-1\n",
    );
    const signed = ["x509", "-req", "-in", csr, "-CA", ca, "-CAkey", caKey, "-days", "1", "-extfile", extensions];
    await must("openssl", [...signed, "-set_serial", `0x${machine.serial}`, "-out", leaf]);
    const cert = site.file("forged.pem");
    await writeFile(cert, (await must("cat", [leaf])) + (await must("cat", [ca])));
    return { key, cert };
  }
});
