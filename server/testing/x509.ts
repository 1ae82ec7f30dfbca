import { execFileSync, spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  assembleCertificate,
  buildAuthorityTbs,
  buildLeafTbs,
  leafTemplate,
  type AuthorityInput,
  type LeafInput,
  type LeafTemplateInput,
} from "@/server/engines/x509/certificate";
import { type Certificate, parseCertificate } from "@/server/engines/x509/certificate-reader";
import { type KeyAlgorithm, keyIdentifier, parsePublicKey, type PublicKeyInfo } from "@/server/engines/x509/keys";
import { type IssuerContext, issuerContextOf } from "@/server/engines/x509/lint";
import {
  type AuthorityKeyAlgorithm,
  authoritySignatureAlgorithm,
  type SignatureAlgorithm,
  signatureHash,
} from "@/server/engines/x509/signatures";
import { rsaPair } from "./rsa-key";

/** A key pair made by Node, with the public half as the engine reads it. */
export interface TestKey {
  privateKey: KeyObject;
  publicKey: PublicKeyInfo;
  subjectKeyIdentifier: Uint8Array;
}

/** A fresh key of a kind; RSA keys of a size are one key. */
export function testKey(algorithm: KeyAlgorithm): TestKey {
  const pair = generate(algorithm);
  const publicKey = parsePublicKey(new Uint8Array(pair.publicKey.export({ format: "der", type: "spki" })));
  return { privateKey: pair.privateKey, publicKey, subjectKeyIdentifier: keyIdentifier(publicKey, sha256) };
}

function generate(algorithm: KeyAlgorithm): { publicKey: KeyObject; privateKey: KeyObject } {
  switch (algorithm) {
    case "P-256":
    case "P-384":
      return generateKeyPairSync("ec", { namedCurve: algorithm });
    case "Ed25519":
      return generateKeyPairSync("ed25519");
    case "RSA-2048":
    case "RSA-3072":
    case "RSA-4096":
      return rsaPair(Number(algorithm.slice(4)));
  }
}

/** SHA-256 as the engine takes it. */
export function sha256(data: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(data).digest());
}

/** A signature by Node, ECDSA as DER. */
export function signWith(key: TestKey, algorithm: SignatureAlgorithm, tbs: Uint8Array): Uint8Array {
  return new Uint8Array(sign(signatureHash(algorithm), tbs, key.privateKey));
}

/** 16 random octets. */
export function randomSerial(): Uint8Array {
  return new Uint8Array(randomBytes(16));
}

/** An authority with its key and its finished certificate. */
export interface TestAuthority {
  key: TestKey;
  der: Uint8Array;
  certificate: Certificate;
  context: IssuerContext;
}

/** A root with a key of this kind. */
export function testRoot(algorithm: AuthorityKeyAlgorithm, changes: Partial<AuthorityInput> = {}): TestAuthority {
  const key = testKey(algorithm);
  return finish(key, key, authoritySignatureAlgorithm(algorithm), {
    ...authorityDefaults(key),
    issuerName: "self",
    issuerKeyIdentifier: "self",
    signatureAlgorithm: authoritySignatureAlgorithm(algorithm),
    subject: [
      { type: "CN", value: `Root ${algorithm}` },
      { type: "O", value: "Acme" },
    ],
    pathLength: 1,
    ...changes,
  });
}

/** An issuing authority below another one. */
export function testIssuing(
  root: TestAuthority,
  algorithm: AuthorityKeyAlgorithm,
  changes: Partial<AuthorityInput> = {},
): TestAuthority {
  const key = testKey(algorithm);
  return finish(root.key, key, root.context.signatureAlgorithm, {
    ...authorityDefaults(key),
    issuerName: root.certificate.subject.der,
    issuerKeyIdentifier: root.context.keyIdentifier,
    signatureAlgorithm: root.context.signatureAlgorithm,
    subject: [
      { type: "CN", value: `Issuing ${algorithm}` },
      { type: "O", value: "Acme" },
    ],
    pathLength: 0,
    notAfter: root.context.notAfter,
    crlUrls: ["http://pki.swarm.local/crl/root.crl"],
    ...changes,
  });
}

function authorityDefaults(key: TestKey) {
  return {
    serial: randomSerial(),
    publicKey: key.publicKey,
    subjectKeyIdentifier: key.subjectKeyIdentifier,
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 3_600_000 * 24 * 365),
  };
}

function finish(
  signer: TestKey,
  key: TestKey,
  algorithm: SignatureAlgorithm & AuthorityInput["signatureAlgorithm"],
  input: AuthorityInput,
): TestAuthority {
  const tbs = buildAuthorityTbs(input);
  const der = assembleCertificate(tbs, algorithm, signWith(signer, algorithm, tbs));
  const certificate = parseCertificate(der);
  return { key, der, certificate, context: issuerContextOf(certificate) };
}

/** A leaf's TBS below an authority; everything may be changed. */
export function testLeafTbs(
  issuer: TestAuthority,
  key: TestKey,
  changes: Partial<LeafInput> = {},
  templateChanges: Partial<LeafTemplateInput> = {},
): Uint8Array {
  const template = leafTemplate({
    issuerName: issuer.context.name,
    issuerKeyIdentifier: issuer.context.keyIdentifier,
    signatureAlgorithm: issuer.context.signatureAlgorithm,
    keyUsage: ["digitalSignature"],
    extendedKeyUsage: ["clientAuth", "serverAuth"],
    crlUrls: ["http://pki.swarm.local/crl/nodes.crl"],
    caIssuersUrl: "http://pki.swarm.local/ca/nodes.cer",
    ...templateChanges,
  });
  return buildLeafTbs(template, {
    serial: randomSerial(),
    subject: [{ type: "CN", value: "gpu-7" }],
    names: [
      { type: "dns", value: "gpu-7.swarm.local" },
      { type: "uri", value: "spiffe://swarm.local/node/gpu-7" },
    ],
    publicKey: key.publicKey,
    subjectKeyIdentifier: key.subjectKeyIdentifier,
    notBefore: new Date(Date.now() - 30_000),
    notAfter: new Date(Date.now() + 3_600_000),
    ...changes,
  });
}

/** The finished certificate of a TBS. */
export function signLeaf(issuer: TestAuthority, tbs: Uint8Array): Uint8Array {
  const algorithm = issuer.context.signatureAlgorithm;
  return assembleCertificate(tbs, algorithm, signWith(issuer.key, algorithm, tbs));
}

/** A directory in which OpenSSL's command line works on files. */
export interface OpensslDirectory {
  write(name: string, content: Uint8Array | string): string;
  read(name: string): Uint8Array;
  /** Runs it and returns what it printed. @throws when it fails */
  run(...args: string[]): string;
  /** Runs it and returns its exit code with everything that it printed. */
  attempt(...args: string[]): { code: number; output: string };
  remove(): void;
}

/** A new directory of this kind; to be removed by the test. */
export function opensslDirectory(): OpensslDirectory {
  const directory = mkdtempSync(join(tmpdir(), "swarm-x509-"));
  return {
    write(name, content) {
      const path = join(directory, name);
      writeFileSync(path, content);
      return path;
    },
    read: (name) => new Uint8Array(readFileSync(join(directory, name))),
    run: (...args) =>
      execFileSync("openssl", args, { cwd: directory, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }),
    attempt(...args) {
      const result = spawnSync("openssl", args, { cwd: directory, encoding: "utf8" });
      return { code: result.status ?? -1, output: `${result.stdout}${result.stderr}` };
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
