import { AsnConvert } from "@peculiar/asn1-schema";
import { CertificateList as ForeignList } from "@peculiar/asn1-x509";
import { afterAll, describe, expect, it } from "vitest";
import {
  opensslDirectory,
  randomSerial,
  signLeaf,
  signWith,
  type TestAuthority,
  testIssuing,
  testKey,
  testLeafTbs,
  testRoot,
} from "@/server/testing/x509";
import {
  assembleCrl,
  buildTbsCrl,
  encodeCrlEntry,
  type RevocationReason,
  revocationReasonCodes,
  type TbsCrlInput,
} from "./crl";
import { parseCrl } from "./crl-reader";
import { concatBytes, fromHex, serialToHex } from "./hex";
import { lintTbsCrl } from "./lint-crl";
import { encodePem } from "./pem";
import { type AuthorityKeyAlgorithm } from "./signatures";

const openssl = opensslDirectory();
afterAll(() => openssl.remove());

const root = testRoot("P-256");
const issuing = testIssuing(root, "P-256");
const thisUpdate = new Date("2026-03-01T12:00:00Z");
const nextUpdate = new Date("2026-03-02T12:00:00Z");
const reasons = Object.keys(revocationReasonCodes).filter((reason) => reason !== "removeFromCRL") as RevocationReason[];

function tbsOf(authority: TestAuthority, changes: Partial<TbsCrlInput>): Uint8Array {
  return buildTbsCrl({
    signatureAlgorithm: authority.context.signatureAlgorithm,
    issuerName: authority.context.name,
    issuerKeyIdentifier: authority.context.keyIdentifier,
    thisUpdate,
    nextUpdate,
    number: 7n,
    entries: [],
    distributionPoint: { uris: ["http://pki.swarm.local/crl/nodes.crl"], only: "user" },
    ...changes,
  });
}

function crlOf(authority: TestAuthority, changes: Partial<TbsCrlInput> = {}): Uint8Array {
  const tbs = tbsOf(authority, changes);
  expect(lintTbsCrl(tbs, authority.context, 6n)).toEqual([]);
  return assembleCrl(
    tbs,
    authority.context.signatureAlgorithm,
    signWith(authority.key, authority.context.signatureAlgorithm, tbs),
  );
}

describe("a CRL", () => {
  it.each(["P-256", "P-384", "Ed25519"] satisfies AuthorityKeyAlgorithm[])(
    "of a %s authority is accepted by OpenSSL",
    (algorithm) => {
      const authority = testIssuing(root, algorithm);
      const entries = reasons.map((reason) =>
        encodeCrlEntry({ serial: randomSerial(), revokedAt: thisUpdate, reason }),
      );
      openssl.write("issuing.pem", encodePem("CERTIFICATE", authority.der));
      for (const list of [[], entries]) {
        openssl.write("list.pem", encodePem("X509 CRL", crlOf(authority, { entries: list })));
        expect(openssl.attempt("crl", "-in", "list.pem", "-noout", "-verify", "-CAfile", "issuing.pem")).toMatchObject({
          code: 0,
          output: "verify OK\n",
        });
      }
      const text = openssl.run("crl", "-in", "list.pem", "-noout", "-text");
      expect(text).toContain("X509v3 CRL Number: \n                7");
      expect(text).toContain("X509v3 Issuing Distribution Point: critical");
      expect(text).toContain("Only User Certificates");
      expect(text.match(/Serial Number:/g)).toHaveLength(reasons.length);
      expect(text).not.toContain("Unspecified");
    },
  );

  it("makes OpenSSL refuse the revoked certificate and accept the other one", () => {
    const key = testKey("P-256");
    const serial = randomSerial();
    openssl.write("root.pem", encodePem("CERTIFICATE", root.der));
    openssl.write("issuing.pem", encodePem("CERTIFICATE", issuing.der));
    openssl.write("bad.pem", encodePem("CERTIFICATE", signLeaf(issuing, testLeafTbs(issuing, key, { serial }))));
    openssl.write("good.pem", encodePem("CERTIFICATE", signLeaf(issuing, testLeafTbs(issuing, key))));
    const entries = [encodeCrlEntry({ serial, revokedAt: new Date(Date.now() - 1000), reason: "keyCompromise" })];
    const times = { thisUpdate: new Date(Date.now() - 1000), nextUpdate: new Date(Date.now() + 3_600_000) };
    openssl.write("list.pem", encodePem("X509 CRL", crlOf(issuing, { entries, ...times })));
    const verify = (leaf: string) =>
      openssl.attempt(
        "verify",
        "-x509_strict",
        "-crl_check",
        "-CRLfile",
        "list.pem",
        "-CAfile",
        "root.pem",
        "-untrusted",
        "issuing.pem",
        leaf,
      );
    expect(verify("good.pem")).toEqual({ code: 0, output: "good.pem: OK\n" });
    expect(verify("bad.pem").output).toContain("certificate revoked");
  });

  it("reads back what was written, and agrees with @peculiar/asn1-x509", () => {
    const inputs = reasons.map((reason, index) => ({
      serial: randomSerial(),
      reason,
      revokedAt: new Date(thisUpdate.getTime() - index * 1000),
    }));
    const number = 2n ** 100n;
    // Two chunks, as they lie in a store: joined entries and single ones mean the same.
    const encoded = inputs.map(encodeCrlEntry);
    const der = crlOf(issuing, { number, entries: [concatBytes(encoded.slice(0, 4)), ...encoded.slice(4)] });
    const list = parseCrl(der);
    expect(list).toMatchObject({
      number,
      thisUpdate,
      nextUpdate,
      only: "user",
      distributionPoints: ["http://pki.swarm.local/crl/nodes.crl"],
      signatureAlgorithm: "ecdsa-with-SHA256",
    });
    expect(list.issuer.der).toEqual(issuing.context.name);
    expect(list.authorityKeyIdentifier).toEqual(issuing.context.keyIdentifier);
    expect(list.entries).toEqual(inputs.map((input) => ({ ...input, serial: serialToHex(input.serial) })));
    const theirs = AsnConvert.parse(der, ForeignList).tbsCertList;
    expect(theirs.revokedCertificates?.map((entry) => serialToHex(new Uint8Array(entry.userCertificate)))).toEqual(
      list.entries.map(({ serial }) => serial),
    );
    expect(theirs.revokedCertificates?.map((entry) => entry.revocationDate.getTime())).toEqual(
      list.entries.map(({ revokedAt }) => revokedAt),
    );
  });

  it("is not given an entry that a complete CRL cannot carry", () => {
    expect(() => encodeCrlEntry({ serial: randomSerial(), revokedAt: thisUpdate, reason: "removeFromCRL" })).toThrow(
      "delta CRL",
    );
    expect(() =>
      encodeCrlEntry({ serial: fromHex(`ff${"00".repeat(20)}`), revokedAt: thisUpdate, reason: "superseded" }),
    ).toThrow("20 octets");
  });

  it("switches to GeneralizedTime at 2050", () => {
    const late = crlOf(issuing, {
      thisUpdate: new Date("2049-12-31T23:59:59Z"),
      nextUpdate: new Date("2050-01-01T00:00:00Z"),
    });
    expect(parseCrl(late)).toMatchObject({
      thisUpdate: new Date("2049-12-31T23:59:59Z"),
      nextUpdate: new Date("2050-01-01T00:00:00Z"),
    });
    openssl.write("late.pem", encodePem("X509 CRL", late));
    expect(openssl.run("crl", "-in", "late.pem", "-noout", "-nextupdate").trim()).toBe(
      "nextUpdate=Jan  1 00:00:00 2050 GMT",
    );
  });

  it("builds, lints and reads 100,000 entries, and finds the one that is there twice", () => {
    const revokedAt = new Date("2026-02-03T04:05:06Z");
    const entries = Array.from({ length: 100_000 }, () =>
      encodeCrlEntry({ serial: randomSerial(), revokedAt, reason: "superseded" }),
    );
    const chunk = concatBytes(entries);
    expect(parseCrl(crlOf(issuing, { entries: [chunk] })).entries).toHaveLength(100_000);
    const twice = tbsOf(issuing, { entries: [chunk, entries[5_000] ?? new Uint8Array()] });
    expect(lintTbsCrl(twice, issuing.context, 6n).map(({ id }) => id)).toEqual(["crl_entries_unique"]);
  });
});
