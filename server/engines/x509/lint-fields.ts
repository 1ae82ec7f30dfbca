import { equalBytes } from "./hex";
import type { Check } from "./lint";
import { type CertificateView, isAuthority } from "./lint-view";
import { encodeSignatureAlgorithm } from "./signatures";
import type { DerTime } from "./der-values";
import { oidText } from "./der-values";

/** The checks on the fields of a certificate (RFC 5280 sections 4.1.2.1 to 4.1.2.9). */
export const fieldChecks: readonly Check[] = [
  {
    id: "version_3",
    section: "RFC 5280 4.1.2.1",
    requirement: "the version is 3, for there are extensions",
    check: ({ tbs }) => (tbs.version === 3 ? null : `the version is ${tbs.version}`),
  },
  {
    id: "serial_positive",
    section: "RFC 5280 4.1.2.2",
    requirement: "the serial number is positive",
    check: ({ tbs }) =>
      (tbs.serial[0] ?? 0x80) < 0x80 && tbs.serial.some((octet) => octet !== 0)
        ? null
        : "the serial number is not positive",
  },
  {
    id: "serial_at_most_20_octets",
    section: "RFC 5280 4.1.2.2",
    requirement: "the serial number has at most 20 octets",
    check: ({ tbs }) => (tbs.serial.length <= 20 ? null : `the serial number has ${tbs.serial.length} octets`),
  },
  {
    id: "serial_at_least_64_bits",
    section: "CA/Browser Forum BR 7.1",
    requirement: "the serial number has room for 64 random bits",
    applies: ({ tbs }) => (tbs.serial[0] ?? 0) < 0x80 && tbs.serial.some((octet) => octet !== 0),
    check: ({ tbs }) => (tbs.serial.length >= 8 ? null : `the serial number has only ${tbs.serial.length} octets`),
  },
  {
    id: "signature_algorithm_of_issuer",
    section: "RFC 5280 4.1.2.3",
    requirement: "the signature algorithm is the one that the issuer signs with",
    check: ({ tbs, issuer }) =>
      equalBytes(tbs.signatureAlgorithm.encoded, encodeSignatureAlgorithm(issuer.signatureAlgorithm))
        ? null
        : `the signature algorithm is not ${issuer.signatureAlgorithm}`,
  },
  {
    id: "issuer_not_empty",
    section: "RFC 5280 4.1.2.4",
    requirement: "the issuer has a name",
    check: ({ tbs }) => (tbs.issuer.end > tbs.issuer.contentStart ? null : "the issuer's name is empty"),
  },
  {
    id: "issuer_equals_issuing_subject",
    section: "RFC 5280 4.1.2.4",
    requirement: "the issuer's name is the subject of the issuing certificate, byte for byte",
    applies: ({ tbs }) => tbs.issuer.end > tbs.issuer.contentStart,
    check: ({ tbs, issuer }) =>
      equalBytes(tbs.issuer.encoded, issuer.name) ? null : "the issuer's name is another one",
  },
  {
    id: "validity_encoding",
    section: "RFC 5280 4.1.2.5",
    requirement: "times through 2049 are UTCTime, later ones GeneralizedTime",
    check: ({ tbs }) =>
      isRightlyEncoded(tbs.notBefore) && isRightlyEncoded(tbs.notAfter)
        ? null
        : "a time has the wrong type for its year",
  },
  {
    id: "validity_order",
    section: "RFC 5280 4.1.2.5",
    requirement: "the validity ends after it begins",
    check: ({ tbs }) => (tbs.notAfter.date > tbs.notBefore.date ? null : "the validity ends before it begins"),
  },
  {
    id: "validity_within_issuer",
    section: "RFC 5280 6.1.3",
    requirement: "the validity lies within the issuer's",
    check: ({ tbs, issuer }) =>
      tbs.notBefore.date >= wholeSeconds(issuer.notBefore) && tbs.notAfter.date <= issuer.notAfter
        ? null
        : "the validity reaches outside the issuer's",
  },
  {
    id: "subject_readable",
    section: "RFC 5280 4.1.2.6",
    requirement: "the subject holds readable text within its upper bounds, without control or invisible characters",
    check: ({ subject }) => subject.problem,
  },
  {
    id: "subject_string_types",
    section: "RFC 5280 4.1.2.6",
    requirement:
      "the subject's values are UTF8String or PrintableString, domain components and e-mail addresses IA5String",
    applies: ({ subject }) => subject.problem === null,
    check: wrongStringType,
  },
  {
    id: "authority_has_subject",
    section: "RFC 5280 4.1.2.6",
    requirement: "an authority has a subject name",
    applies: isAuthority,
    check: (view) => (isSubjectEmpty(view) ? "the authority's subject is empty" : null),
  },
  {
    id: "empty_subject_needs_critical_san",
    section: "RFC 5280 4.2.1.6",
    requirement: "an empty subject goes with a critical subject alternative name",
    applies: (view) => isSubjectEmpty(view) && !isAuthority(view),
    check: ({ extensions }) =>
      extensions.get("2.5.29.17")?.critical === true
        ? null
        : "the subject is empty and there is no critical alternative name",
  },
  {
    id: "public_key_accepted",
    section: "RFC 5280 4.1.2.7",
    requirement: "the subject's key is P-256, P-384, Ed25519 or RSA of 2048 to 4096 bits, and not weak",
    check: ({ publicKey }) => publicKey.problem,
  },
  {
    id: "no_unique_identifiers",
    section: "RFC 5280 4.1.2.8",
    requirement: "there are no unique identifiers",
    check: ({ tbs }) => (tbs.hasUniqueIdentifiers ? "there is a unique identifier" : null),
  },
];

function isSubjectEmpty({ tbs }: CertificateView): boolean {
  return tbs.subject.end === tbs.subject.contentStart;
}

/** Whether a time has the type that its year asks for (RFC 5280 section 4.1.2.5). */
export function isRightlyEncoded(time: DerTime): boolean {
  const isUtc = time.date.getUTCFullYear() >= 1950 && time.date.getUTCFullYear() < 2050;
  return time.encoding === (isUtc ? "utc" : "generalized");
}

function wholeSeconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000);
}

const ia5Attributes = new Set(["0.9.2342.19200300.100.1.25", "1.2.840.113549.1.9.1"]);

function wrongStringType({ tbs }: CertificateView): string | null {
  const names = tbs.subject.reader();
  while (!names.isDone) {
    const attributes = names.enter(0x31);
    while (!attributes.isDone) {
      const attribute = attributes.enter(0x30);
      const type = oidText(attribute.read(0x06));
      const { tag } = attribute.readAny();
      const isRight = ia5Attributes.has(type) ? tag === 0x16 : tag === 0x0c || tag === 0x13;
      if (!isRight) return `attribute ${type} has a string type that new names must not use`;
    }
  }
  return null;
}
