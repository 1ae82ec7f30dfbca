import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AUTHORITIES, KEY_ARGUMENTS, type KeyKind, LATEST, Site } from "./site";
import { must, run, shownSerial } from "./tools";

const KINDS = Object.keys(KEY_ARGUMENTS) as KeyKind[];

let site: Site;
beforeAll(async () => {
  site = await Site.start();
});
afterAll(() => site?.remove());

/** OpenSSL and GnuTLS take a chain from the root to this certificate, for TLS clients and servers. */
async function expectAccepted(cert: string, name: string): Promise<void> {
  for (const purpose of ["sslclient", "sslserver"]) {
    const strictly = ["verify", "-x509_strict", "-purpose", purpose, "-verify_hostname", name];
    const said = await must("openssl", [...strictly, "-CAfile", site.bundle, "-untrusted", cert, cert]);
    expect(said).toBe(`${cert}: OK\n`);
  }
  const chain = ["--verify", "--load-ca-certificate", site.bundle, "--infile", cert];
  for (const wanted of [
    ["--verify-hostname", name],
    ["--verify-purpose", "1.3.6.1.5.5.7.3.2"],
  ]) {
    const said = await must("certtool", [...chain, "--verify-profile", "medium", ...wanted]);
    expect(said).toContain("Chain verification output: Verified. The certificate is trusted.");
  }
}

/** One line an extension, as `openssl x509` shows it. */
async function extensionsOf(cert: string): Promise<string[]> {
  const wanted = "basicConstraints,keyUsage,extendedKeyUsage,subjectAltName";
  const text = await must("openssl", ["x509", "-in", cert, "-noout", "-ext", wanted]);
  return text
    .trim()
    .split(/\n(?=\S)/)
    .map((extension) => extension.replace(/\s*\n\s*/g, " ").trim());
}

describe.each(KINDS)("a %s key and request that `openssl req` made", (kind) => {
  const slug = kind.toLowerCase();

  it("get a certificate by `swarm cert issue` that OpenSSL and GnuTLS accept", async () => {
    const sans = [`DNS:${slug}.swarm.local`, "IP:10.1.2.3"];
    const machine = await site.issue(`issued-${slug}`, kind, sans);
    await expectAccepted(machine.cert, `${slug}.swarm.local`);
    expect((await extensionsOf(machine.cert)).toSorted()).toEqual([
      "X509v3 Basic Constraints: critical CA:FALSE",
      "X509v3 Extended Key Usage: TLS Web Server Authentication, TLS Web Client Authentication",
      "X509v3 Key Usage: critical Digital Signature",
      `X509v3 Subject Alternative Name: URI:spiffe://swarm.local/node/issued-${slug}, DNS:issued-${slug}.swarm.local, DNS:${slug}.swarm.local, IP Address:10.1.2.3`,
    ]);
  });

  it("get a certificate by `/v1/enroll` that OpenSSL and GnuTLS accept", async () => {
    const name = `enrolled-${slug}.swarm.local`;
    const machine = await site.enroll(`enrolled-${slug}`, kind, [`DNS:${name}`]);
    await expectAccepted(machine.cert, name);
    const [keyOfCert, keyOfKey] = await Promise.all([
      must("openssl", ["x509", "-in", machine.cert, "-noout", "-pubkey"]),
      must("openssl", ["pkey", "-in", machine.key, "-pubout"]),
    ]);
    expect(keyOfCert).toBe(keyOfKey);
  });
});

describe("other profiles", () => {
  it("give services and people certificates that OpenSSL and GnuTLS accept for what they are for", async () => {
    const service = await site.request("billing", "P-256", ["DNS:billing.swarm.local"]);
    const billing = site.file("billing.cert.pem");
    await site.swarm(["cert", "issue", "--profile", "service", "--csr", service.csr, "--out", billing]);
    await expectAccepted(billing, "billing.swarm.local");

    const { users } = await site.swarm(["user", "list"]);
    const [{ name } = { name: "" }] = users as { name: string }[];
    const person = await site.request("person", "P-384", ["email:priya@swarm.local"]);
    const cert = site.file("person.cert.pem");
    const words = ["cert", "issue", "--profile", "user", "--name", name, "--csr", person.csr, "--out", cert];
    await site.swarm(words);
    const verify = (purpose: string) =>
      run("openssl", [
        ...["verify", "-x509_strict", "-purpose", purpose, "-verify_email", "priya@swarm.local"],
        ...["-CAfile", site.bundle, "-untrusted", cert, cert],
      ]);
    expect(await verify("sslclient")).toMatchObject({ code: 0 });
    expect(await verify("sslserver")).toMatchObject({ code: 2 });
    const second = ["--verify", "--verify-profile", "medium", "--verify-email", "priya@swarm.local"];
    expect(await run("certtool", [...second, "--load-ca-certificate", site.bundle, "--infile", cert])).toMatchObject({
      code: 0,
    });
  });
});

describe.each(["P-384", "Ed25519"])("authorities with %s keys", (algorithm) => {
  it("issue what OpenSSL and GnuTLS accept, and serve TLS that curl believes", async () => {
    const other = await Site.start({}, ["--algorithm", algorithm]);
    try {
      const machine = await other.enroll("gpu-1");
      expect(await other.curl("/v1/whoami", { as: machine })).toMatchObject({ status: 200 });
      const { cert } = machine;
      const crls = await other.fetchCrls();
      const strictly = ["verify", "-x509_strict", "-crl_check_all", "-CRLfile", crls, "-CAfile", other.bundle];
      expect(await run("openssl", [...strictly, "-untrusted", cert, cert])).toMatchObject({ code: 0 });
      const second = ["--verify", "--verify-profile", "medium", "--load-ca-certificate", other.bundle];
      expect(await run("certtool", [...second, "--load-crl", crls, "--infile", cert])).toMatchObject({ code: 0 });
      const text = await must("openssl", ["x509", "-in", cert, "-noout", "-text"]);
      expect(text).toMatch(algorithm === "P-384" ? /ecdsa-with-SHA384/ : /Signature Algorithm: ED25519/);
    } finally {
      await other.remove();
    }
  });
});

describe("what is issued", () => {
  it("is the leaf, then its intermediate, without the root; the leaf alone does not reach the root", async () => {
    const { cert } = await site.issue("chain");
    const pems = (await readFile(cert, "utf8")).match(/-----BEGIN CERTIFICATE-----/g);
    expect(pems).toHaveLength(2);
    const alone = await run("openssl", ["verify", "-CAfile", site.bundle, cert]);
    expect(alone).toMatchObject({ code: 2, stderr: expect.stringContaining("unable to get local issuer certificate") });
  });

  it("says in its serial, its dates and its places what the inventory says", async () => {
    const { cert, serial } = await site.issue("facts");
    const text = await must("openssl", ["x509", "-in", cert, "-noout", "-serial", "-enddate", "-text"]);
    expect(text).toMatch(new RegExp(`^serial=${shownSerial(serial)}$`, "m"));
    expect(text).toContain(`URI:${site.product.pkiUrl}/crl/nodes.crl`);
    expect(text).toContain(`CA Issuers - URI:${site.product.pkiUrl}/ca/nodes.cer`);
    const shown = await site.swarm(["cert", "show", serial]);
    const ends = new Date(/^notAfter=(.*)$/m.exec(text)?.[1] ?? "");
    expect(ends).toEqual(new Date(String(shown["notAfter"])));
  });

  it.each([
    ["an RSA key of 1024 bits", ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]],
    ["a key on P-521", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"]],
    ["a key on secp256k1", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:secp256k1"]],
    ["an Ed448 key", ["-algorithm", "ED448"]],
  ])("is nothing for %s", async (_what, algorithm) => {
    const [key, csr, out] = [site.file("weak.key"), site.file("weak.csr"), site.file("weak.pem")];
    await must("openssl", ["genpkey", ...algorithm, "-out", key]);
    await must("openssl", ["req", "-new", "-key", key, "-subj", "/CN=weak", "-out", csr]);
    const words = ["cert", "issue", "--profile", "node", "--csr", csr, "--out", out, "--json"];
    const { code, stderr } = await site.product.swarm(words);
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: expect.stringMatching(/^certificate\./) } });
    await expect(readFile(out)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("takes nothing from a request but its key and the names that the profile allows", async () => {
    const { key } = await site.request("greedy");
    const csr = site.file("greedy.csr.pem");
    const greed = ["basicConstraints=critical,CA:TRUE", "keyUsage=keyCertSign,cRLSign", "extendedKeyUsage=codeSigning"];
    const asked = greed.flatMap((extension) => ["-addext", extension]);
    await must("openssl", ["req", "-new", "-key", key, "-subj", "/CN=greedy", ...asked, "-out", csr]);
    const out = site.file("greedy.pem");
    await site.swarm(["cert", "issue", "--profile", "node", "--csr", csr, "--out", out]);
    expect((await extensionsOf(out)).toSorted()).toEqual([
      "X509v3 Basic Constraints: critical CA:FALSE",
      "X509v3 Extended Key Usage: TLS Web Server Authentication, TLS Web Client Authentication",
      "X509v3 Key Usage: critical Digital Signature",
      "X509v3 Subject Alternative Name: URI:spiffe://swarm.local/node/greedy, DNS:greedy.swarm.local",
    ]);
  });
});

describe("the CRLs", () => {
  it.each(AUTHORITIES)("of %s verify under the certificate that is served beside them", async (slug) => {
    await site.fetchCrls();
    const [issuer, der, pem] = [site.file(`${slug}.pem`), site.file(`crls/${slug}.crl`), site.file(`crls/${slug}.pem`)];
    await must("curl", ["-fsS", `${site.product.pkiUrl}/ca/${slug}.cer`, "-o", `${issuer}.der`]);
    await must("openssl", ["x509", "-inform", "der", "-in", `${issuer}.der`, "-out", issuer]);
    const said = await run("openssl", ["crl", "-inform", "der", "-in", der, "-CAfile", issuer, "-verify", "-noout"]);
    expect(said).toMatchObject({ code: 0, stderr: "verify OK\n" });
    const second = await must("certtool", ["--verify-crl", "--load-ca-certificate", issuer, "--infile", pem]);
    expect(second).toMatch(/Verified/);
  });

  it("let OpenSSL and GnuTLS accept a certificate until it is revoked, and refuse it with the reason after", async () => {
    const [machine, other] = [await site.issue("doomed"), await site.issue("spared")];
    const checking = (cert: string) => [
      ...["verify", "-x509_strict", "-crl_check_all", "-CAfile", site.bundle, "-CRLfile", site.file("crls.pem")],
      ...["-untrusted", cert, cert],
    ];
    const viaGnuTls = (cert: string) => [
      ...["--verify", "--load-ca-certificate", site.bundle, "--load-crl", site.file("crls.pem"), "--infile", cert],
    ];
    await site.fetchCrls();
    const numberBefore = await crlNumber("nodes");
    expect(await run("openssl", checking(machine.cert))).toMatchObject({ code: 0 });
    expect(await run("certtool", viaGnuTls(machine.cert))).toMatchObject({ code: 0 });

    await site.swarm(["cert", "revoke", machine.serial, "--reason", "keyCompromise"]);
    await expect.poll(() => site.fetchCrls().then(() => crlNumber("nodes")), LATEST).toBeGreaterThan(numberBefore);

    const listed = await must("openssl", [
      "crl",
      "-inform",
      "der",
      "-in",
      site.file("crls/nodes.crl"),
      "-noout",
      "-text",
    ]);
    expect(listed).toMatch(new RegExp(`${shownSerial(machine.serial)}[\\s\\S]*Key Compromise`));
    expect(await run("openssl", checking(machine.cert))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("certificate revoked"),
    });
    expect(await run("certtool", viaGnuTls(machine.cert))).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("The certificate is NOT trusted. The certificate chain is revoked."),
    });
    expect(await run("openssl", checking(other.cert))).toMatchObject({ code: 0 });
    expect(await run("certtool", viaGnuTls(other.cert))).toMatchObject({ code: 0 });
  });
});

async function crlNumber(slug: string): Promise<number> {
  const der = site.file(`crls/${slug}.crl`);
  const said = await must("openssl", ["crl", "-inform", "der", "-in", der, "-noout", "-crlnumber"]);
  return Number(said.trim().replace("crlNumber=", ""));
}
