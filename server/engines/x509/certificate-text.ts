import type { Certificate } from "./certificate-reader";
import { formatGeneralName } from "./general-names";
import { formatFingerprint } from "./hex";
import type { ConstraintSet } from "./name-constraints";
import { extensionOids } from "./oids";
import { formatName } from "./names";

/** One field in words; `critical` only where an extension carries it. */
export interface DescribedField {
  label: string;
  values: string[];
  critical?: boolean;
}

/** Every field of a certificate in words, in the order in which it is encoded. */
export function describeCertificate(certificate: Certificate): DescribedField[] {
  return [
    { label: "Version", values: [String(certificate.version)] },
    { label: "Serial number", values: [certificate.serial] },
    { label: "Signature algorithm", values: [certificate.signatureAlgorithm] },
    { label: "Issuer", values: [certificate.issuer.text] },
    { label: "Not before", values: [utcText(certificate.notBefore)] },
    { label: "Not after", values: [utcText(certificate.notAfter)] },
    { label: "Subject", values: [formatName(certificate.subject.attributes) || "empty"] },
    { label: "Public key", values: [certificate.publicKeyText] },
    ...certificate.extensions.map(({ oid, name, critical, value }) => ({
      label: name,
      critical,
      values: extensionWords(certificate, oid, value),
    })),
    { label: "Signature", values: [formatFingerprint(certificate.signature)] },
  ];
}

function extensionWords(certificate: Certificate, oid: string, value: Uint8Array): string[] {
  switch (oid) {
    case extensionOids.subjectAltName:
      return certificate.subjectAltNames.map(formatGeneralName);
    case extensionOids.keyUsage:
      return certificate.keyUsage.map((usage) => keyUsageWords[usage]);
    case extensionOids.extendedKeyUsage:
      return certificate.extendedKeyUsage.map((purpose) => purposeWords.get(purpose) ?? purpose);
    case extensionOids.basicConstraints:
      return basicConstraintsWords(certificate);
    case extensionOids.subjectKeyIdentifier:
      return [formatFingerprint(certificate.subjectKeyIdentifier ?? value)];
    case extensionOids.authorityKeyIdentifier:
      return [formatFingerprint(certificate.authorityKeyIdentifier ?? value)];
    case extensionOids.nameConstraints:
      return nameConstraintsWords(certificate);
    case extensionOids.crlDistributionPoints:
      return certificate.crlUrls;
    case extensionOids.authorityInfoAccess:
      return [
        ...certificate.ocspUrls.map((url) => `OCSP responder: ${url}`),
        ...certificate.caIssuersUrls.map((url) => `Issuer's certificate: ${url}`),
      ];
    case extensionOids.certificatePolicies:
      return certificate.policies;
    default:
      return [formatFingerprint(value)];
  }
}

const keyUsageWords = {
  digitalSignature: "Digital signature",
  nonRepudiation: "Non-repudiation",
  keyEncipherment: "Key encipherment",
  dataEncipherment: "Data encipherment",
  keyAgreement: "Key agreement",
  keyCertSign: "Certificate signing",
  cRLSign: "CRL signing",
  encipherOnly: "Encipher only",
  decipherOnly: "Decipher only",
} as const;

const purposeWords = new Map([
  ["serverAuth", "TLS server authentication"],
  ["clientAuth", "TLS client authentication"],
  ["codeSigning", "Code signing"],
  ["emailProtection", "E-mail protection"],
  ["timeStamping", "Time stamping"],
  ["OCSPSigning", "OCSP signing"],
  ["2.5.29.37.0", "Any purpose"],
]);

function basicConstraintsWords({ basicConstraints }: Certificate): string[] {
  if (basicConstraints === null || !basicConstraints.authority) return ["Not an authority"];
  const { pathLength } = basicConstraints;
  if (pathLength === null) return ["Authority, any number of authorities may follow"];
  if (pathLength === 0) return ["Authority, no further authority may follow"];
  return [`Authority, at most ${pathLength} further ${pathLength === 1 ? "authority" : "authorities"} may follow`];
}

function nameConstraintsWords({ nameConstraints }: Certificate): string[] {
  if (nameConstraints === null) return [];
  return [
    ...subtreeWords(nameConstraints.permitted).map((subtree) => `Permitted ${subtree}`),
    ...subtreeWords(nameConstraints.excluded).map((subtree) => `Excluded ${subtree}`),
  ];
}

function subtreeWords(set: ConstraintSet): string[] {
  return [
    ...(set.dns ?? []).map((value) => (value === "" ? "every DNS name" : `dns:${value}`)),
    ...(set.uri ?? []).map((value) => `uri host:${value}`),
    ...(set.email ?? []).map((value) => `email:${value}`),
    ...(set.ip ?? []).map((value) => `ip:${value}`),
  ];
}

function utcText(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
