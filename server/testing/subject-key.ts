import { generateKeyPairSync, sign } from "node:crypto";
import { parseGeneralName } from "@/server/engines/x509/general-names";
import type { KeyAlgorithm } from "@/server/engines/x509/keys";
import { encodePem } from "@/server/engines/x509/pem";
import { writeRequest } from "@/server/engines/x509/request-writer";
import { requestSignatureAlgorithm, signatureHash } from "@/server/engines/x509/signatures";
import { rsaPair } from "./rsa-key";

/** A key pair of a subject, and requests for it. */
export interface SubjectKey {
  readonly spki: Uint8Array;
  /** A request of this key, PEM. */
  request(commonName: string | null, sans?: readonly string[]): Promise<string>;
}

/** A new subject key, as a machine would make one; RSA keys of a size are one key. */
export function subjectKey(algorithm: KeyAlgorithm = "P-256"): SubjectKey {
  const { privateKey, publicKey } = pairOf(algorithm);
  const spki = publicKey.export({ type: "spki", format: "der" });
  const signatureAlgorithm = requestSignatureAlgorithm(algorithm);
  return {
    spki,
    async request(commonName, sans = []) {
      const der = await writeRequest({
        subject: commonName === null ? [] : [{ type: "CN", value: commonName }],
        names: sans.map(parseGeneralName),
        spki,
        signatureAlgorithm,
        sign: async (tbs) => sign(signatureHash(signatureAlgorithm), tbs, privateKey),
      });
      return encodePem("CERTIFICATE REQUEST", der);
    },
  };
}

function pairOf(algorithm: KeyAlgorithm) {
  switch (algorithm) {
    case "P-256":
      return generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    case "P-384":
      return generateKeyPairSync("ec", { namedCurve: "secp384r1" });
    case "Ed25519":
      return generateKeyPairSync("ed25519");
    default:
      return rsaPair(Number(algorithm.slice("RSA-".length)));
  }
}
