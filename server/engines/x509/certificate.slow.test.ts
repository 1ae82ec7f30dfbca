import { AsnConvert } from "@peculiar/asn1-schema";
import * as asn1 from "@peculiar/asn1-x509";
import { afterAll, describe, expect, it } from "vitest";
import {
  opensslDirectory,
  randomSerial,
  signLeaf,
  type TestAuthority,
  testIssuing,
  testKey,
  testLeafTbs,
  testRoot,
} from "@/server/testing/x509";
import { parseCertificate } from "./certificate-reader";
import { describeCertificate } from "./certificate-text";
import { fromHex, serialToHex, toHex } from "./hex";
import { type KeyAlgorithm, keyAlgorithms } from "./keys";
import { lintTbsCertificate, selfIssuerContext } from "./lint";
import { encodePem } from "./pem";
import type { AuthorityKeyAlgorithm } from "./signatures";

const openssl = opensslDirectory();
afterAll(() => openssl.remove());

const authorityKinds: AuthorityKeyAlgorithm[] = ["P-256", "P-384", "Ed25519"];
const subjectKeys = new Map(keyAlgorithms.map((algorithm) => [algorithm, testKey(algorithm)]));

function subjectKey(algorithm: KeyAlgorithm) {
  return subjectKeys.get(algorithm) ?? testKey(algorithm);
}

/** Writes a chain and asks OpenSSL, which must have loaded it from the strict rules of RFC 5280. */
function verify(root: TestAuthority, issuing: TestAuthority, leaf: Uint8Array): { code: number; output: string } {
  openssl.write("root.pem", encodePem("CERTIFICATE", root.der));
  openssl.write("issuing.pem", encodePem("CERTIFICATE", issuing.der));
  openssl.write("leaf.pem", encodePem("CERTIFICATE", leaf));
  return openssl.attempt("verify", "-x509_strict", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "leaf.pem");
}

describe.each(authorityKinds)("a chain below a %s root", (rootKind) => {
  const root = testRoot(rootKind);

  it.each(authorityKinds)(
    "verifies strictly with OpenSSL through a %s issuing authority, for every subject key",
    (issuingKind) => {
      const issuing = testIssuing(root, issuingKind, {
        nameConstraints: {
          permitted: { dns: ["swarm.local"], uri: ["swarm.local"] },
          excluded: { ip: ["0.0.0.0/0", "::/0"] },
        },
      });
      expect(lintTbsCertificate(root.certificate.tbs, selfIssuerContext(root.certificate.tbs))).toEqual([]);
      expect(lintTbsCertificate(issuing.certificate.tbs, root.context)).toEqual([]);
      for (const algorithm of keyAlgorithms) {
        const tbs = testLeafTbs(issuing, subjectKey(algorithm));
        expect(lintTbsCertificate(tbs, issuing.context)).toEqual([]);
        expect(verify(root, issuing, signLeaf(issuing, tbs))).toEqual({ code: 0, output: "leaf.pem: OK\n" });
      }
    },
  );
});

describe("the finished certificate", () => {
  const root = testRoot("P-256");
  const issuing = testIssuing(root, "P-256");

  it("is refused by OpenSSL when one octet of it changes, so that the acceptance above means something", () => {
    const leaf = signLeaf(issuing, testLeafTbs(issuing, subjectKey("P-256")));
    const changed = Uint8Array.from(leaf);
    const index = leaf.length - 80;
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(verify(root, issuing, changed).code).not.toBe(0);
  });

  it("is refused by OpenSSL where its name leaves the issuer's constraints, exactly as the lint says", () => {
    const constrained = testIssuing(root, "P-256", {
      nameConstraints: { permitted: { dns: ["swarm.local"], uri: ["swarm.local"] }, excluded: {} },
    });
    for (const [names, isInside] of [
      [[{ type: "dns", value: "a.swarm.local" }], true],
      [[{ type: "dns", value: "a.swarm.example" }], false],
      [[{ type: "dns", value: "notswarm.local" }], false],
      [[{ type: "uri", value: "spiffe://swarm.local/node/a" }], true],
      [[{ type: "uri", value: "spiffe://evil.local/node/a" }], false],
      [[{ type: "ip", value: "10.0.0.1" }], true],
    ] as const) {
      const tbs = testLeafTbs(constrained, subjectKey("P-256"), { names: [...names] });
      expect(lintTbsCertificate(tbs, constrained.context).map(({ id }) => id)).toEqual(
        isInside ? [] : ["names_within_constraints"],
      );
      expect(verify(root, constrained, signLeaf(constrained, tbs)).code === 0, JSON.stringify(names)).toBe(isInside);
    }
  });

  it("has a common name that looks like a host held to the constraints, as OpenSSL holds it", () => {
    const constrained = testIssuing(root, "P-256", {
      nameConstraints: { permitted: { dns: ["swarm.local"] }, excluded: {} },
    });
    const tbs = testLeafTbs(constrained, subjectKey("P-256"), {
      subject: [{ type: "CN", value: "gpu-7.elsewhere.example" }],
      names: [{ type: "uri", value: "spiffe://swarm.local/node/gpu-7" }],
    });
    expect(lintTbsCertificate(tbs, constrained.context)).toMatchObject([{ id: "names_within_constraints" }]);
    expect(verify(root, constrained, signLeaf(constrained, tbs)).code).not.toBe(0);
  });

  it("carries a critical alternative name when its subject is empty, and still verifies", () => {
    const tbs = testLeafTbs(issuing, subjectKey("Ed25519"), { subject: [] });
    const leaf = signLeaf(issuing, tbs);
    expect(parseCertificate(leaf).extensions.find(({ oid }) => oid === "2.5.29.17")?.critical).toBe(true);
    expect(lintTbsCertificate(tbs, issuing.context)).toEqual([]);
    expect(verify(root, issuing, leaf).code).toBe(0);
  });

  it("copies the issuer's name byte for byte and keeps a serial with its top bit set positive", () => {
    const serial = fromHex("ff".repeat(16));
    const leaf = parseCertificate(signLeaf(issuing, testLeafTbs(issuing, subjectKey("P-256"), { serial })));
    expect(leaf.issuer.der).toEqual(issuing.certificate.subject.der);
    expect(leaf.serial).toBe("ff".repeat(16));
    openssl.write("serial.pem", encodePem("CERTIFICATE", leaf.der));
    expect(openssl.run("x509", "-in", "serial.pem", "-noout", "-serial").trim()).toBe(`serial=${"FF".repeat(16)}`);
  });

  it("switches to GeneralizedTime at 2050, each time for itself", () => {
    const longLived = testRoot("P-256", {
      notBefore: new Date("2049-01-01T00:00:00Z"),
      notAfter: new Date("2060-01-01T00:00:00Z"),
    });
    for (const [notAfter, printed] of [
      ["2049-12-31T23:59:59Z", "Dec 31 23:59:59 2049 GMT"],
      ["2050-01-01T00:00:00Z", "Jan  1 00:00:00 2050 GMT"],
    ] as const) {
      const tbs = testLeafTbs(longLived, subjectKey("P-256"), {
        notBefore: new Date("2049-06-01T00:00:00Z"),
        notAfter: new Date(notAfter),
      });
      expect(lintTbsCertificate(tbs, longLived.context)).toEqual([]);
      openssl.write("late.pem", encodePem("CERTIFICATE", signLeaf(longLived, tbs)));
      expect(openssl.run("x509", "-in", "late.pem", "-noout", "-enddate").trim()).toBe(`notAfter=${printed}`);
      expect(toHex(tbs)).toContain(notAfter.startsWith("2049") ? "170d343931323331" : "180f3230353030313031");
    }
  });
});

describe("parseCertificate", () => {
  const root = testRoot("P-384");
  const issuing = testIssuing(root, "Ed25519", {
    nameConstraints: {
      permitted: { dns: ["swarm.local"], ip: ["10.0.0.0/8", "fd00::/8"], email: [".swarm.local"] },
      excluded: { uri: ["bad.swarm.local"] },
    },
    policies: ["1.3.6.1.4.1.55555.1"],
  });
  const serial = randomSerial();
  const leafDer = signLeaf(
    issuing,
    testLeafTbs(
      issuing,
      subjectKey("RSA-2048"),
      {
        serial,
        subject: [
          { type: "O", value: "Acmé, Inc." },
          { type: "CN", value: "gpu-7" },
        ],
        names: [
          { type: "dns", value: "gpu-7.swarm.local" },
          { type: "ip", value: "10.1.2.3" },
          { type: "ip", value: "fd00::1" },
          { type: "email", value: "ops@x.swarm.local" },
          { type: "uri", value: "spiffe://swarm.local/node/gpu-7" },
        ],
      },
      { keyUsage: ["digitalSignature", "keyEncipherment"] },
    ),
  );

  it("reads what the builder was given", () => {
    const leaf = parseCertificate(leafDer);
    expect(leaf).toMatchObject({
      version: 3,
      serial: serialToHex(serial),
      signatureAlgorithm: "Ed25519",
      publicKeyText: "RSA-2048 (2048 bits)",
      keyUsage: ["digitalSignature", "keyEncipherment"],
      extendedKeyUsage: ["clientAuth", "serverAuth"],
      basicConstraints: { authority: false },
      crlUrls: ["http://pki.swarm.local/crl/nodes.crl"],
      caIssuersUrls: ["http://pki.swarm.local/ca/nodes.cer"],
      ocspUrls: [],
    });
    expect(leaf.subject.text).toBe("CN=gpu-7,O=Acmé\\, Inc.");
    expect(leaf.subjectAltNames).toHaveLength(5);
    expect(parseCertificate(issuing.der).nameConstraints).toEqual({
      permitted: { dns: ["swarm.local"], ip: ["10.0.0.0/8", "fd00::/8"], email: [".swarm.local"] },
      excluded: { uri: ["bad.swarm.local"] },
    });
  });

  it("agrees with @peculiar/asn1-x509 on every field", () => {
    for (const der of [leafDer, issuing.der, root.der]) {
      const ours = parseCertificate(der);
      const theirs = AsnConvert.parse(der, asn1.Certificate).tbsCertificate;
      const value = <T>(oid: string, type: new () => T): T | null => {
        const found = theirs.extensions?.find((extension) => extension.extnID === oid);
        return found === undefined ? null : AsnConvert.parse(found.extnValue.buffer, type);
      };
      expect(ours.serial).toBe(serialToHex(new Uint8Array(theirs.serialNumber)));
      expect(ours.notBefore).toEqual(theirs.validity.notBefore.getTime());
      expect(ours.notAfter).toEqual(theirs.validity.notAfter.getTime());
      expect(toHex(ours.subject.der)).toBe(toHex(new Uint8Array(AsnConvert.serialize(theirs.subject))));
      expect(toHex(ours.spki)).toBe(toHex(new Uint8Array(AsnConvert.serialize(theirs.subjectPublicKeyInfo))));
      expect(ours.extensions.map(({ oid, critical }) => [oid, critical])).toEqual(
        theirs.extensions?.map(({ extnID, critical }) => [extnID, critical]),
      );
      expect(toHex(ours.subjectKeyIdentifier ?? new Uint8Array())).toBe(
        toHex(
          new Uint8Array(
            value(asn1.id_ce_subjectKeyIdentifier, asn1.SubjectKeyIdentifier)?.buffer ?? new ArrayBuffer(0),
          ),
        ),
      );
      expect(ours.basicConstraints?.authority).toBe(value(asn1.id_ce_basicConstraints, asn1.BasicConstraints)?.cA);
      const names = value(asn1.id_ce_subjectAltName, asn1.SubjectAlternativeName) ?? [];
      expect(ours.subjectAltNames.map(({ value: text }) => text)).toEqual(
        Array.from(
          names,
          (name) => name.dNSName ?? name.iPAddress ?? name.rfc822Name ?? name.uniformResourceIdentifier,
        ),
      );
    }
  });

  it("agrees with openssl x509 -text in what a person reads", () => {
    openssl.write("words.pem", encodePem("CERTIFICATE", leafDer));
    const text = openssl.run("x509", "-in", "words.pem", "-noout", "-text");
    for (const words of [
      "DNS:gpu-7.swarm.local, IP Address:10.1.2.3, IP Address:FD00:0:0:0:0:0:0:1, email:ops@x.swarm.local, URI:spiffe://swarm.local/node/gpu-7",
      "X509v3 Key Usage: critical\n                Digital Signature, Key Encipherment",
      "TLS Web Client Authentication, TLS Web Server Authentication",
      "X509v3 Basic Constraints: critical\n                CA:FALSE",
      "URI:http://pki.swarm.local/crl/nodes.crl",
      "CA Issuers - URI:http://pki.swarm.local/ca/nodes.cer",
    ]) {
      expect(text).toContain(words);
    }
  });

  it("says every field in words", () => {
    const fields = new Map(describeCertificate(parseCertificate(issuing.der)).map((field) => [field.label, field]));
    expect(fields.get("Basic constraints")).toMatchObject({
      critical: true,
      values: ["Authority, no further authority may follow"],
    });
    expect(fields.get("Name constraints")?.values).toContain("Permitted ip:10.0.0.0/8");
    expect(fields.get("Key usage")?.values).toEqual(["Certificate signing", "CRL signing"]);
    expect(fields.get("Not after")?.values[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  });

  it("reads a certificate made by OpenSSL, with a key that is not issued to", () => {
    openssl.run(
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-521",
      "-nodes",
      "-keyout",
      "p521.key",
      "-out",
      "p521.der",
      "-outform",
      "DER",
      "-subj",
      "/CN=old",
      "-days",
      "1",
    );
    const certificate = parseCertificate(openssl.read("p521.der"));
    expect(certificate.publicKey).toBeNull();
    expect(certificate.publicKeyText).toContain("1.3.132.0.35");
  });
});
