/** Object identifiers of subject public keys (RFC 5480, RFC 8410, RFC 8017). */
export const keyOids = {
  ecPublicKey: "1.2.840.10045.2.1",
  p256: "1.2.840.10045.3.1.7",
  p384: "1.3.132.0.34",
  ed25519: "1.3.101.112",
  rsaEncryption: "1.2.840.113549.1.1.1",
} as const;

/** Object identifiers of certificate, CRL and CRL entry extensions (RFC 5280 sections 4.2 and 5.2). */
export const extensionOids = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  invalidityDate: "2.5.29.24",
  deltaCrlIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  certificateIssuer: "2.5.29.29",
  nameConstraints: "2.5.29.30",
  crlDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  freshestCrl: "2.5.29.46",
  inhibitAnyPolicy: "2.5.29.54",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
  tlsFeature: "1.3.6.1.5.5.7.1.24",
  signedCertificateTimestamps: "1.3.6.1.4.1.11129.2.4.2",
} as const;

/** Object identifiers of access methods (RFC 5280 section 4.2.2.1). */
export const accessOids = { ocsp: "1.3.6.1.5.5.7.48.1", caIssuers: "1.3.6.1.5.5.7.48.2" } as const;

/** The PKCS#9 attribute that carries requested extensions (RFC 2985 section 5.4.2). */
export const extensionRequestOid = "1.2.840.113549.1.9.14";

const extensionNames = new Map<string, string>([
  [extensionOids.subjectKeyIdentifier, "Subject key identifier"],
  [extensionOids.keyUsage, "Key usage"],
  [extensionOids.subjectAltName, "Subject alternative name"],
  [extensionOids.issuerAltName, "Issuer alternative name"],
  [extensionOids.basicConstraints, "Basic constraints"],
  [extensionOids.crlNumber, "CRL number"],
  [extensionOids.reasonCode, "Reason code"],
  [extensionOids.invalidityDate, "Invalidity date"],
  [extensionOids.deltaCrlIndicator, "Delta CRL indicator"],
  [extensionOids.issuingDistributionPoint, "Issuing distribution point"],
  [extensionOids.certificateIssuer, "Certificate issuer"],
  [extensionOids.nameConstraints, "Name constraints"],
  [extensionOids.crlDistributionPoints, "CRL distribution points"],
  [extensionOids.certificatePolicies, "Certificate policies"],
  [extensionOids.policyMappings, "Policy mappings"],
  [extensionOids.authorityKeyIdentifier, "Authority key identifier"],
  [extensionOids.policyConstraints, "Policy constraints"],
  [extensionOids.extendedKeyUsage, "Extended key usage"],
  [extensionOids.freshestCrl, "Freshest CRL"],
  [extensionOids.inhibitAnyPolicy, "Inhibit any policy"],
  [extensionOids.authorityInfoAccess, "Authority information access"],
  [extensionOids.tlsFeature, "TLS feature"],
  [extensionOids.signedCertificateTimestamps, "Signed certificate timestamps"],
]);

/** The name of an extension in words, or its object identifier when it has none here. */
export function extensionName(oid: string): string {
  return extensionNames.get(oid) ?? oid;
}
