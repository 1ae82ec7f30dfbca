import { createPrivateKey, X509Certificate } from "node:crypto";
import { NodeError } from "./errors";
import { publicKeyOf } from "./key-request";

/** What the gateway answers to enrolling and renewing, as far as a node needs it. */
export interface MachineAnswer {
  /** The certificate, PEM. */
  readonly certificate: string;
  /** Its intermediates, PEM. */
  readonly chain: string;
  readonly serial: string;
  readonly name: string;
  readonly spiffeId: string;
  readonly notAfter: string;
}

/**
 * Checks the shape of an answer, that its certificate is for our key, and that its chain ends at our anchors.
 *
 * @throws {NodeError} when it does not fit; nothing was kept then.
 */
export function readAnswer(answer: unknown, keyPem: string, caPem: string): MachineAnswer {
  const given = shapeOf(answer);
  const leaf = parse(given.certificate);
  if (!leaf.publicKey.export({ format: "der", type: "spki" }).equals(publicKeyOf(createPrivateKey(keyPem)))) {
    throw new NodeError("node.answer_key", "the certificate that came back is for another key");
  }
  assertChain(leaf, splitPem(given.chain).map(parse), splitPem(caPem).map(parse));
  return given;
}

/** The certificate of `cert.pem`: its first. */
export function leafOf(certPem: string): X509Certificate {
  const [first] = splitPem(certPem);
  if (!first) throw new NodeError("node.certificate", "cert.pem holds no certificate");
  return parse(first);
}

/** Every PEM certificate in a text. */
export function splitPem(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
}

function assertChain(leaf: X509Certificate, intermediates: X509Certificate[], anchors: X509Certificate[]): void {
  let current = leaf;
  for (let depth = 0; depth <= intermediates.length; depth++) {
    if (anchors.some((anchor) => isIssuer(anchor, current))) return;
    const next = intermediates.find((one) => isIssuer(one, current));
    if (!next) break;
    current = next;
  }
  throw new NodeError("node.answer_chain", "the certificate that came back does not chain to the CA file");
}

function isIssuer(issuer: X509Certificate, subject: X509Certificate): boolean {
  return issuer.ca && subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
}

function parse(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new NodeError("node.certificate", "a certificate cannot be read");
  }
}

function shapeOf(answer: unknown): MachineAnswer {
  const fields = typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>) : {};
  const text = (name: keyof MachineAnswer): string => {
    const value = fields[name];
    if (typeof value === "string") return value;
    throw new NodeError("node.answer", `the gateway's answer has no ${name}; is it a gateway of this version?`);
  };
  return {
    certificate: text("certificate"),
    chain: text("chain"),
    serial: text("serial"),
    name: text("name"),
    spiffeId: text("spiffeId"),
    notAfter: text("notAfter"),
  };
}
