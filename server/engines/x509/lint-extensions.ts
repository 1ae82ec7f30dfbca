import { equalBytes } from "./hex";
import type { Check } from "./lint";
import { type CertificateView, isAuthority } from "./lint-view";
import { isHttpUri } from "./name-syntax";
import { extensionName, extensionOids } from "./oids";

const knownOids = new Set<string>([
  extensionOids.authorityKeyIdentifier,
  extensionOids.subjectKeyIdentifier,
  extensionOids.keyUsage,
  extensionOids.extendedKeyUsage,
  extensionOids.basicConstraints,
  extensionOids.subjectAltName,
  extensionOids.nameConstraints,
  extensionOids.crlDistributionPoints,
  extensionOids.authorityInfoAccess,
  extensionOids.certificatePolicies,
]);

/** The checks on the extensions of a certificate but for its names (RFC 5280 section 4.2). */
export const extensionChecks: readonly Check[] = [
  {
    id: "extensions_unique",
    section: "RFC 5280 4.2",
    requirement: "no extension appears twice",
    check: ({ tbs, extensions }) => (extensions.size === tbs.extensions.length ? null : "an extension appears twice"),
  },
  {
    id: "extensions_readable",
    section: "RFC 5280 4.2",
    requirement: "every extension that is known here has a well-formed value",
    check: ({ malformed }) => malformed[0] ?? null,
  },
  {
    id: "critical_extensions_known",
    section: "RFC 5280 4.2",
    requirement: "no extension that verifiers may not know is critical",
    check: ({ tbs }) => {
      const unknown = tbs.extensions.find(({ critical, oid }) => critical && !knownOids.has(oid));
      return unknown === undefined ? null : `${extensionName(unknown.oid)} is critical`;
    },
  },
  {
    id: "authority_key_identifier_of_issuer",
    section: "RFC 5280 4.2.1.1",
    requirement: "the authority key identifier is there and is the issuer's subject key identifier",
    applies: (view) => isReadable(view, extensionOids.authorityKeyIdentifier, view.authorityKeyIdentifier),
    check: ({ authorityKeyIdentifier, issuer }) =>
      authorityKeyIdentifier !== null && equalBytes(authorityKeyIdentifier, issuer.keyIdentifier)
        ? null
        : "the authority key identifier is missing or another one",
  },
  plain("authority_key_identifier_plain", "4.2.1.1", extensionOids.authorityKeyIdentifier),
  {
    id: "subject_key_identifier_present",
    section: "RFC 5280 4.2.1.2",
    requirement: "there is a subject key identifier",
    applies: (view) => isReadable(view, extensionOids.subjectKeyIdentifier, view.subjectKeyIdentifier),
    check: ({ subjectKeyIdentifier }) =>
      subjectKeyIdentifier !== null && subjectKeyIdentifier.length > 0 ? null : "the subject key identifier is missing",
  },
  plain("subject_key_identifier_plain", "4.2.1.2", extensionOids.subjectKeyIdentifier),
  {
    id: "key_usage_present",
    section: "RFC 5280 4.2.1.3",
    requirement: "key usage is there and names at least one usage",
    applies: (view) => isReadable(view, extensionOids.keyUsage, view.keyUsage),
    check: ({ keyUsage }) => (keyUsage !== null && keyUsage.size > 0 ? null : "key usage is missing or empty"),
  },
  critical("key_usage_critical", "4.2.1.3", extensionOids.keyUsage),
  {
    id: "key_usage_fits_key",
    section: "RFC 8813 3",
    requirement: "only RSA keys encipher keys or data, and Ed25519 keys only sign",
    applies: ({ keyUsage, publicKey }) => keyUsage !== null && publicKey.value !== null,
    check: unfitUsage,
  },
  {
    id: "certificate_signing_needs_authority",
    section: "RFC 5280 4.2.1.9",
    requirement: "keyCertSign and cRLSign are for authorities only",
    applies: (view) => view.keyUsage !== null && !isAuthority(view),
    check: ({ keyUsage }) =>
      keyUsage?.has("keyCertSign") || keyUsage?.has("cRLSign")
        ? "a certificate of no authority may sign certificates or CRLs"
        : null,
  },
  {
    id: "authority_needs_certificate_signing",
    section: "RFC 5280 4.2.1.3",
    requirement: "an authority may sign certificates",
    applies: (view) => isAuthority(view) && view.keyUsage !== null && view.keyUsage.size > 0,
    check: ({ keyUsage }) => (keyUsage?.has("keyCertSign") ? null : "the authority's key usage lacks keyCertSign"),
  },
  {
    id: "basic_constraints_critical",
    section: "RFC 5280 4.2.1.9",
    requirement: "the basic constraints of an authority are critical",
    applies: isAuthority,
    check: ({ extensions }) =>
      extensions.get(extensionOids.basicConstraints)?.critical === true ? null : "basic constraints are not critical",
  },
  {
    id: "path_length_needs_authority",
    section: "RFC 5280 4.2.1.9",
    requirement: "only an authority has a path length",
    applies: (view) => view.basicConstraints !== null && !isAuthority(view),
    check: ({ basicConstraints }) =>
      basicConstraints?.pathLength === null ? null : "a path length without an authority",
  },
  {
    id: "path_length_below_issuer",
    section: "RFC 5280 6.1.4",
    requirement: "an authority fits below its issuer's path length",
    applies: (view) => isAuthority(view) && view.issuer.pathLength !== null,
    check: tooLongPath,
  },
  {
    id: "extended_key_usage_specific",
    section: "RFC 5280 4.2.1.12",
    requirement: "every purpose is named once, and none is any purpose",
    applies: ({ extendedKeyUsage }) => extendedKeyUsage !== null,
    check: ({ extendedKeyUsage }) => {
      const purposes = extendedKeyUsage ?? [];
      if (purposes.includes("2.5.29.37.0")) return "any purpose is not a purpose";
      return new Set(purposes).size === purposes.length ? null : "a purpose is named twice";
    },
  },
  {
    id: "extended_key_usage_fits_key_usage",
    section: "RFC 5280 4.2.1.12",
    requirement: "the purposes of an end entity agree with its key usage",
    applies: (view) => view.extendedKeyUsage !== null && view.keyUsage !== null && !isAuthority(view),
    check: unfitPurpose,
  },
  critical("name_constraints_critical", "4.2.1.10", extensionOids.nameConstraints),
  {
    id: "name_constraints_need_authority",
    section: "RFC 5280 4.2.1.10",
    requirement: "only an authority has name constraints",
    applies: ({ extensions }) => extensions.has(extensionOids.nameConstraints),
    check: (view) => (isAuthority(view) ? null : "name constraints in a certificate of no authority"),
  },
  plain("crl_distribution_points_plain", "4.2.1.13", extensionOids.crlDistributionPoints),
  {
    id: "crl_distribution_points_http",
    section: "RFC 5280 4.2.1.13",
    requirement: "every CRL distribution point is an http URI",
    applies: ({ crlUrls }) => crlUrls !== null,
    check: ({ crlUrls }) =>
      crlUrls !== null && crlUrls.length > 0 && crlUrls.every(isHttpUri)
        ? null
        : "a CRL distribution point is not an http URI",
  },
  plain("authority_info_access_plain", "4.2.2.1", extensionOids.authorityInfoAccess),
  {
    id: "authority_info_access_http",
    section: "RFC 5280 4.2.2.1",
    requirement: "every access location is an http URI",
    applies: ({ access }) => access !== null,
    check: ({ access }) => {
      const urls = [...(access?.caIssuers ?? []), ...(access?.ocsp ?? [])];
      return urls.length > 0 && urls.every(isHttpUri) ? null : "an access location is not an http URI";
    },
  },
  {
    id: "policies_unique",
    section: "RFC 5280 4.2.1.4",
    requirement: "no policy appears twice",
    applies: ({ policies }) => policies !== null,
    check: ({ policies }) => (new Set(policies).size === policies?.length ? null : "a policy appears twice"),
  },
];

/** An extension that is there but cannot be read is the finding of `extensions_readable` alone. */
function isReadable(view: CertificateView, oid: string, value: unknown): boolean {
  return (
    value !== null || !view.extensions.has(oid) || !view.malformed.some((text) => text.startsWith(extensionName(oid)))
  );
}

function plain(id: string, section: string, oid: string): Check {
  return {
    id,
    section: `RFC 5280 ${section}`,
    requirement: `${extensionName(oid).toLowerCase()} is not critical`,
    applies: ({ extensions }) => extensions.has(oid),
    check: ({ extensions }) => (extensions.get(oid)?.critical ? `${extensionName(oid)} is critical` : null),
  };
}

function critical(id: string, section: string, oid: string): Check {
  return {
    id,
    section: `RFC 5280 ${section}`,
    requirement: `${extensionName(oid).toLowerCase()} is critical`,
    applies: ({ extensions }) => extensions.has(oid),
    check: ({ extensions }) => (extensions.get(oid)?.critical ? null : `${extensionName(oid)} is not critical`),
  };
}

function unfitUsage({ keyUsage, publicKey }: CertificateView): string | null {
  const algorithm = publicKey.value?.algorithm ?? "";
  if (algorithm.startsWith("RSA")) return keyUsage?.has("keyAgreement") ? "an RSA key does not agree on keys" : null;
  if (keyUsage?.has("keyEncipherment") || keyUsage?.has("dataEncipherment"))
    return `a ${algorithm} key does not encipher`;
  return algorithm === "Ed25519" && keyUsage?.has("keyAgreement") ? "an Ed25519 key does not agree on keys" : null;
}

function unfitPurpose({ extendedKeyUsage, keyUsage }: CertificateView): string | null {
  const signs = keyUsage?.has("digitalSignature") ?? false;
  const establishes = signs || keyUsage?.has("keyEncipherment") || keyUsage?.has("keyAgreement");
  for (const purpose of extendedKeyUsage ?? []) {
    if (purpose === "serverAuth" && !establishes)
      return "serverAuth needs digitalSignature, keyEncipherment or keyAgreement";
    if (purpose === "clientAuth" && !signs && !keyUsage?.has("keyAgreement")) {
      return "clientAuth needs digitalSignature or keyAgreement";
    }
    if (["codeSigning", "timeStamping", "OCSPSigning"].includes(purpose) && !signs)
      return `${purpose} needs digitalSignature`;
  }
  return null;
}

function tooLongPath({ basicConstraints, issuer }: CertificateView): string | null {
  const allowed = issuer.pathLength ?? 0;
  if (allowed === 0) return "no authority may follow below this issuer";
  const pathLength = basicConstraints?.pathLength ?? null;
  return pathLength !== null && pathLength < allowed ? null : `the path length must be at most ${allowed - 1}`;
}
