import type { GeneralName } from "./general-names";
import type { Check } from "./lint";
import type { CertificateView } from "./lint-view";
import { constraintViolation } from "./name-constraints";
import { isDnsName, isEmail, isSpiffeUri, isUri } from "./name-syntax";

/** The checks on alternative names (RFC 5280 sections 4.2.1.6 and 4.2.1.10, SPIFFE X509-SVID section 2). */
export const nameChecks: readonly Check[] = [
  {
    id: "san_not_empty",
    section: "RFC 5280 4.2.1.6",
    requirement: "a subject alternative name holds at least one name",
    applies: hasNames,
    check: ({ subjectAltNames }) => (subjectAltNames?.length === 0 ? "the subject alternative name is empty" : null),
  },
  {
    id: "san_kinds",
    section: "RFC 5280 4.2.1.6",
    requirement: "alternative names are DNS names, IP addresses, URIs or e-mail addresses",
    applies: hasNames,
    check: (view) => firstBad(view, "other", () => false, "is of a kind that is not issued"),
  },
  {
    id: "san_unique",
    section: "RFC 5280 4.2.1.6",
    requirement: "no alternative name appears twice",
    applies: hasNames,
    check: ({ subjectAltNames }) => {
      const seen = new Set(subjectAltNames?.map(({ type, value }) => `${type}:${value}`));
      return seen.size === subjectAltNames?.length ? null : "an alternative name appears twice";
    },
  },
  {
    id: "san_dns_syntax",
    section: "RFC 5280 4.2.1.6",
    requirement: "DNS names are in preferred name syntax, a wildcard only as the whole leftmost label",
    applies: hasNames,
    check: (view) => firstBad(view, "dns", (value) => isDnsName(value, "wildcard"), "is not a DNS name"),
  },
  {
    id: "san_email_syntax",
    section: "RFC 5280 4.2.1.6",
    requirement: "e-mail addresses are plain mailboxes",
    applies: hasNames,
    check: (view) => firstBad(view, "email", isEmail, "is not an e-mail address"),
  },
  {
    id: "san_uri_syntax",
    section: "RFC 5280 4.2.1.6",
    requirement: "URIs are absolute and name a host where they have an authority",
    applies: hasNames,
    check: (view) => firstBad(view, "uri", (value) => isSpiffe(value) || isUri(value), "is not an absolute URI"),
  },
  {
    id: "san_spiffe_form",
    section: "SPIFFE-ID 2",
    requirement: "a SPIFFE ID has a lower-case trust domain and a path of plain segments",
    applies: hasNames,
    check: (view) => firstBad(view, "uri", (value) => !isSpiffe(value) || isSpiffeUri(value), "is not a SPIFFE ID"),
  },
  {
    id: "san_spiffe_single",
    section: "X509-SVID 2",
    requirement: "a certificate with a SPIFFE ID has exactly one URI",
    applies: hasNames,
    check: ({ subjectAltNames }) => {
      const uris = (subjectAltNames ?? []).filter(({ type }) => type === "uri");
      return uris.length > 1 && uris.some(({ value }) => isSpiffe(value))
        ? "there is another URI beside the SPIFFE ID"
        : null;
    },
  },
  {
    id: "names_within_constraints",
    section: "RFC 5280 4.2.1.10",
    requirement: "every name lies within the issuer's name constraints",
    applies: ({ issuer }) => issuer.nameConstraints !== null,
    check: outsideConstraints,
  },
];

function hasNames({ subjectAltNames }: CertificateView): boolean {
  return subjectAltNames !== null;
}

/** A scheme is compared without regard to case (RFC 3986 section 3.1). */
function isSpiffe(uri: string): boolean {
  return /^spiffe:/i.test(uri);
}

function firstBad(
  { subjectAltNames }: CertificateView,
  type: GeneralName["type"],
  isGood: (value: string) => boolean,
  problem: string,
): string | null {
  for (const name of subjectAltNames ?? []) {
    if (name.type === type && !isGood(name.value)) return `"${name.value}" ${problem}`;
  }
  return null;
}

function outsideConstraints(view: CertificateView): string | null {
  const { nameConstraints } = view.issuer;
  if (nameConstraints === null) return null;
  for (const name of [...(view.subjectAltNames ?? []), ...namesInSubject(view)]) {
    const violation = constraintViolation(name, nameConstraints);
    if (violation !== null) return `${name.type} "${name.value}": ${violation}`;
  }
  return null;
}

/**
 * Names in the subject that verifiers compare as well: e-mail addresses (RFC 5280 section 4.2.1.10), and, where there
 * is no DNS alternative name, a common name that looks like a host (what OpenSSL does).
 */
function namesInSubject({ subject, subjectAltNames }: CertificateView): GeneralName[] {
  const hasDnsName = (subjectAltNames ?? []).some(({ type }) => type === "dns");
  const names: GeneralName[] = [];
  for (const { type, value } of subject.value ?? []) {
    if (type === "emailAddress") names.push({ type: "email", value });
    if (type === "CN" && !hasDnsName && value.includes(".") && isDnsName(value)) names.push({ type: "dns", value });
  }
  return names;
}
