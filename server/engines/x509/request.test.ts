import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { CertificationRequest as ForeignRequest } from "@peculiar/asn1-csr";
import { AsnConvert } from "@peculiar/asn1-schema";
import { GeneralNames as ForeignNames, Extensions as ForeignExtensions } from "@peculiar/asn1-x509";
import { afterAll, describe, expect, it } from "vitest";
import { kept } from "@/server/testing/kept";
import { rsaKeyFile } from "@/server/testing/rsa-key";
import { opensslDirectory, signWith, testKey } from "@/server/testing/x509";
import { encode, explicit, integer, sequence, setOf } from "./der";
import { oid, utf8String } from "./der-primitives";
import { encodeExtension, keyUsage, subjectAltName } from "./extensions";
import { toHex } from "./hex";
import { type KeyAlgorithm, keyAlgorithms } from "./keys";
import { encodeName } from "./names";
import { extensionRequestOid } from "./oids";
import { encodePem } from "./pem";
import { type CertificateRequest, parseRequest, parseRequestPem } from "./request";
import { buildRequestInfo } from "./request-writer";
import { encodeSignatureAlgorithm, requestSignatureAlgorithm, signatureHash } from "./signatures";
import { signedSequence } from "./certificate";

const openssl = opensslDirectory();
afterAll(() => openssl.remove());

const keyOptions: Record<KeyAlgorithm, string[]> = {
  "P-256": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
  "P-384": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
  Ed25519: ["-newkey", "ed25519"],
  "RSA-2048": ["-key", rsaKeyFile(2048)],
  "RSA-3072": ["-key", rsaKeyFile(3072)],
  "RSA-4096": ["-key", rsaKeyFile(4096)],
};

/** A request made by OpenSSL's command line, as DER; made once and kept. */
function opensslRequest(...args: string[]): Uint8Array {
  const file = kept(`openssl req ${args.join(" ")}`, () => {
    openssl.run("req", "-new", "-nodes", "-keyout", "key.pem", "-outform", "DER", "-out", "request.der", ...args);
    return openssl.read("request.der");
  });
  return new Uint8Array(readFileSync(file));
}

/** Whether the request proves possession of its key. */
function isProven(request: CertificateRequest): boolean {
  const key = createPublicKey({ key: Buffer.from(request.publicKey.spki), format: "der", type: "spki" });
  return verify(signatureHash(request.signatureAlgorithm), request.tbs, key, request.signature);
}

const withNames = [
  "-subj",
  "/O=Acmé/CN=gpu-7",
  "-utf8",
  "-addext",
  "subjectAltName=DNS:gpu-7.swarm.local,IP:10.1.2.3,IP:fd00::1,email:a@b.org,URI:spiffe://swarm.local/node/gpu-7",
  "-addext",
  "keyUsage=digitalSignature",
];

const valid = new Map<KeyAlgorithm, Uint8Array>(
  keyAlgorithms.map((algorithm) => [algorithm, opensslRequest(...keyOptions[algorithm], ...withNames)]),
);

describe("parseRequest", () => {
  it.each(keyAlgorithms)("reads and verifies what openssl req makes with a %s key", (algorithm) => {
    const request = parseRequest(valid.get(algorithm) ?? new Uint8Array());
    expect(request).toMatchObject({
      subjectText: "CN=gpu-7,O=Acmé",
      publicKey: { algorithm },
      otherExtensions: ["2.5.29.15"],
      requestedSans: [
        { type: "dns", value: "gpu-7.swarm.local" },
        { type: "ip", value: "10.1.2.3" },
        { type: "ip", value: "fd00::1" },
        { type: "email", value: "a@b.org" },
        { type: "uri", value: "spiffe://swarm.local/node/gpu-7" },
      ],
    });
    expect(isProven(request)).toBe(true);
  });

  it.each(["sha384", "sha512"])("verifies %s signatures of EC and RSA keys", (digest) => {
    for (const algorithm of ["P-256", "RSA-2048"] as const) {
      const request = parseRequest(opensslRequest(...keyOptions[algorithm], `-${digest}`, "-subj", "/CN=x"));
      expect(signatureHash(request.signatureAlgorithm)).toBe(digest);
      expect(isProven(request)).toBe(true);
    }
  });

  it.each(keyAlgorithms)("agrees with @peculiar/asn1-csr on a %s request", (algorithm) => {
    const der = valid.get(algorithm) ?? new Uint8Array();
    const ours = parseRequest(der);
    const theirs = AsnConvert.parse(der, ForeignRequest);
    const info = theirs.certificationRequestInfo;
    expect(toHex(ours.tbs)).toBe(toHex(new Uint8Array(theirs.certificationRequestInfoRaw ?? new ArrayBuffer(0))));
    expect(toHex(ours.signature)).toBe(toHex(new Uint8Array(theirs.signature)));
    expect(toHex(ours.subject)).toBe(toHex(new Uint8Array(AsnConvert.serialize(info.subject))));
    expect(toHex(ours.publicKey.spki)).toBe(toHex(new Uint8Array(AsnConvert.serialize(info.subjectPKInfo))));
    const attribute = info.attributes.find(({ type }) => type === extensionRequestOid);
    const extensions = AsnConvert.parse(attribute?.values[0] ?? new ArrayBuffer(0), ForeignExtensions);
    const san = extensions.find(({ extnID }) => extnID === "2.5.29.17");
    const names = AsnConvert.parse(san?.extnValue.buffer ?? new ArrayBuffer(0), ForeignNames);
    expect(ours.requestedSans.map(({ value }) => value)).toEqual(
      Array.from(names, (name) => name.dNSName ?? name.iPAddress ?? name.rfc822Name ?? name.uniformResourceIdentifier),
    );
  });

  it("reads PEM with CRLF, blanks, text around it and the older label", () => {
    const pem = encodePem("CERTIFICATE REQUEST", valid.get("P-256") ?? new Uint8Array());
    const older = `Here it is:\r\n${pem.replaceAll("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST").replaceAll("\n", " \r\n")}\r\n`;
    expect(parseRequestPem(older)).toEqual(parseRequestPem(pem));
  });

  it.each([
    ["SHA-1", [...keyOptions["RSA-2048"], "-sha1"], "signature.weak_hash"],
    ["MD5", [...keyOptions["RSA-2048"], "-md5"], "signature.weak_hash"],
    ["ECDSA with SHA-1", [...keyOptions["P-256"], "-sha1"], "signature.weak_hash"],
    ["RSA-PSS", [...keyOptions["RSA-2048"], "-sigopt", "rsa_padding_mode:pss"], "signature.algorithm"],
    ["RSA of 1024 bits", ["-key", rsaKeyFile(1024)], "key.rsa_size"],
    ["RSA of 2052 bits", ["-key", rsaKeyFile(2052)], "key.rsa_size"],
    ["an exponent of 3", ["-key", rsaKeyFile(2048, 3)], "key.rsa_exponent"],
    ["P-521", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"], "key.curve"],
    ["secp256k1", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"], "key.curve"],
    ["explicit curve parameters", [...keyOptions["P-256"], "-pkeyopt", "ec_param_enc:explicit"], "key.curve"],
    ["Ed448", ["-newkey", "ed448"], "key.algorithm"],
  ])("refuses %s by name", (_name, args, code) => {
    expect(() => parseRequest(opensslRequest(...args, "-subj", "/CN=x"))).toThrow(expect.objectContaining({ code }));
  });

  it("refuses a point in compressed form", () => {
    const key = kept("EC key of P-256 with a compressed point, PEM", () => {
      openssl.run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "plain.pem");
      openssl.run("ec", "-in", "plain.pem", "-conv_form", "compressed", "-out", "compressed.pem");
      return openssl.read("compressed.pem");
    });
    const der = opensslRequest("-key", key, "-subj", "/CN=x");
    expect(() => parseRequest(der)).toThrow(expect.objectContaining({ code: "key.point_form" }));
  });
});

describe("a request with a fault", () => {
  const key = testKey("P-256");
  const names = sequence([subjectAltName([{ type: "dns", value: "a.b" }], "plain")]);
  const attribute = (...values: Parameters<typeof setOf>[0]) => sequence([oid(extensionRequestOid), setOf(values)]);
  const requestOf = (
    attributes: Parameters<typeof explicit>[1],
    subject = encodeName([{ type: "CN", value: "a" }]),
    version = 0,
  ): Uint8Array => {
    const tbs = encode(sequence([integer(version), subject, key.publicKey.spki, explicit(0, attributes)]));
    const algorithm = requestSignatureAlgorithm("P-256");
    return encode(signedSequence(tbs, encodeSignatureAlgorithm(algorithm), signWith(key, algorithm, tbs)));
  };
  const nameOf = (value: Uint8Array) => encode(sequence([setOf([sequence([oid("2.5.4.3"), value])])]));

  it("is read when it has none", () => {
    expect(parseRequest(requestOf([attribute(names)])).requestedSans).toEqual([{ type: "dns", value: "a.b" }]);
  });

  it.each([
    ["an unknown version", requestOf([], undefined, 1), "der.value"],
    ["extensions requested twice", requestOf([attribute(names), attribute(names)]), "der.value"],
    [
      "two values in one extension request",
      requestOf([attribute(names, sequence([keyUsage(["digitalSignature"])]))]),
      "der.value",
    ],
    [
      "an extension twice",
      requestOf([attribute(sequence([keyUsage(["digitalSignature"]), keyUsage(["digitalSignature"])]))]),
      "der.value",
    ],
    ["an empty extension request", requestOf([attribute(sequence([]))]), "der.value"],
    [
      "an empty list of names",
      requestOf([attribute(sequence([encodeExtension("2.5.29.17", "plain", sequence([]))]))]),
      "der.value",
    ],
    [
      "NUL in a DNS name",
      requestOf([
        attribute(sequence([encodeExtension("2.5.29.17", "plain", sequence([Uint8Array.of(0x82, 3, 0x61, 0, 0x62)]))])),
      ]),
      "der.string",
    ],
    ["NUL in the subject", requestOf([], nameOf(utf8String("a\u0000b"))), "name.characters"],
    ["text that runs backwards in the subject", requestOf([], nameOf(utf8String("a\u202eb"))), "name.characters"],
    ["text that is no UTF-8 in the subject", requestOf([], nameOf(Uint8Array.of(0x0c, 1, 0xff))), "der.string"],
    ["T.61 in the subject", requestOf([], nameOf(Uint8Array.of(0x14, 1, 0x61))), "der.string"],
    ["something behind it", Uint8Array.from([...requestOf([]), 0]), "der.trailing"],
    ["more than 64 kB", new Uint8Array(65_537), "der.size"],
    ["nothing", new Uint8Array(), "der.truncated"],
  ])("is refused for %s", (_name, der, code) => {
    expect(() => parseRequest(der)).toThrow(expect.objectContaining({ code }));
  });

  it("is refused when its algorithm does not fit its key", () => {
    const tbs = buildRequestInfo({ subject: [], spki: key.publicKey.spki });
    const der = encode(signedSequence(tbs, encodeSignatureAlgorithm("Ed25519"), new Uint8Array(64)));
    expect(() => parseRequest(der)).toThrow(expect.objectContaining({ code: "signature.key_mismatch" }));
  });
});
