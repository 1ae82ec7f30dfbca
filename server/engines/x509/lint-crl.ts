import {
  type IssuingDistributionPoint,
  type RawTbsCrl,
  readCrlAuthorityKey,
  readCrlNumber,
  readIssuingDistributionPoint,
  readTbsCrl,
} from "./crl-reader";
import { equalBytes } from "./hex";
import { type EntryProblems, scanEntries } from "./lint-crl-entries";
import { isRightlyEncoded } from "./lint-fields";
import type { Finding, IssuerContext } from "./lint";
import { attempt } from "./lint-view";
import { isHttpUri } from "./name-syntax";
import { extensionName, extensionOids } from "./oids";
import { encodeSignatureAlgorithm } from "./signatures";

/** What the lint of a CRL must know of the authority that will sign it. */
export type CrlIssuerContext = Pick<IssuerContext, "name" | "keyIdentifier" | "signatureAlgorithm">;

interface CrlView {
  crl: RawTbsCrl;
  issuer: CrlIssuerContext;
  previousNumber: bigint | null;
  number: bigint | null;
  authorityKeyIdentifier: Uint8Array | null;
  point: IssuingDistributionPoint | null;
  malformed: string | null;
  entries: EntryProblems;
}

/** One named rule for CRLs; `check` returns what is wrong, or null. */
export interface CrlCheck {
  id: string;
  section: string;
  requirement: string;
  applies?: (view: CrlView) => boolean;
  check: (view: CrlView) => string | null;
}

const knownOids = new Set<string>([
  extensionOids.authorityKeyIdentifier,
  extensionOids.crlNumber,
  extensionOids.issuingDistributionPoint,
]);

/** Every rule that a finished `TBSCertList` must keep before it is signed, beside `crl_readable`. */
export const crlChecks: readonly CrlCheck[] = [
  {
    id: "crl_version_2",
    section: "RFC 5280 5.1.2.1",
    requirement: "the version is 2",
    check: ({ crl }) => (crl.version === 2 ? null : `the version is ${crl.version}`),
  },
  {
    id: "crl_signature_algorithm_of_issuer",
    section: "RFC 5280 5.1.2.2",
    requirement: "the signature algorithm is the one that the issuer signs with",
    check: ({ crl, issuer }) =>
      equalBytes(crl.signatureAlgorithm.encoded, encodeSignatureAlgorithm(issuer.signatureAlgorithm))
        ? null
        : `the signature algorithm is not ${issuer.signatureAlgorithm}`,
  },
  {
    id: "crl_issuer_equals_issuing_subject",
    section: "RFC 5280 5.1.2.3",
    requirement: "the issuer's name is the subject of the issuing certificate, byte for byte, and not empty",
    check: ({ crl, issuer }) =>
      crl.issuer.end > crl.issuer.contentStart && equalBytes(crl.issuer.encoded, issuer.name)
        ? null
        : "the issuer's name is another one",
  },
  {
    id: "crl_time_encoding",
    section: "RFC 5280 5.1.2.4",
    requirement: "times through 2049 are UTCTime, later ones GeneralizedTime",
    check: ({ crl }) =>
      isRightlyEncoded(crl.thisUpdate) && (crl.nextUpdate === null || isRightlyEncoded(crl.nextUpdate))
        ? null
        : "a time has the wrong type for its year",
  },
  {
    id: "crl_next_update_present",
    section: "RFC 5280 5.1.2.5",
    requirement: "the CRL says when the next one comes",
    check: ({ crl }) => (crl.nextUpdate === null ? "nextUpdate is missing" : null),
  },
  {
    id: "crl_next_update_later",
    section: "RFC 5280 5.1.2.5",
    requirement: "the next CRL comes after this one",
    applies: ({ crl }) => crl.nextUpdate !== null,
    check: ({ crl }) =>
      crl.nextUpdate !== null && crl.nextUpdate.date > crl.thisUpdate.date ? null : "nextUpdate is not later",
  },
  {
    id: "crl_entries_readable",
    section: "RFC 5280 5.1.2.6",
    requirement: "every entry is well formed, and the list is absent when nothing is revoked",
    check: ({ entries }) => entries.readable,
  },
  {
    id: "crl_entries_unique",
    section: "RFC 5280 5.1.2.6",
    requirement: "no serial number appears twice",
    check: ({ entries }) => entries.unique,
  },
  {
    id: "crl_entry_dates",
    section: "RFC 5280 5.1.2.6",
    requirement: "every revocation lies before this CRL, its time of the type that its year asks for",
    check: ({ entries }) => entries.dates,
  },
  {
    id: "crl_entry_reasons",
    section: "RFC 5280 5.3.1",
    requirement: "an unspecified reason is left out, and nothing is removed in a complete CRL",
    check: ({ entries }) => entries.reasons,
  },
  {
    id: "crl_extensions_unique",
    section: "RFC 5280 5.2",
    requirement: "no extension appears twice",
    check: ({ crl }) =>
      new Set(crl.extensions.map(({ oid }) => oid)).size === crl.extensions.length
        ? null
        : "an extension appears twice",
  },
  {
    id: "crl_extensions_readable",
    section: "RFC 5280 5.2",
    requirement: "every extension has a well-formed value",
    check: ({ malformed }) => malformed,
  },
  {
    id: "crl_critical_extensions_known",
    section: "RFC 5280 5.2",
    requirement: "no extension that verifiers may not know is critical",
    check: ({ crl }) => {
      const unknown = crl.extensions.find(({ critical, oid }) => critical && !knownOids.has(oid));
      return unknown === undefined ? null : `${extensionName(unknown.oid)} is critical`;
    },
  },
  {
    id: "crl_authority_key_identifier_of_issuer",
    section: "RFC 5280 5.2.1",
    requirement: "the authority key identifier is there and is the issuer's subject key identifier",
    applies: ({ malformed }) => malformed === null,
    check: ({ authorityKeyIdentifier, issuer }) =>
      authorityKeyIdentifier !== null && equalBytes(authorityKeyIdentifier, issuer.keyIdentifier)
        ? null
        : "the authority key identifier is missing or another one",
  },
  plain("crl_authority_key_identifier_plain", "5.2.1", extensionOids.authorityKeyIdentifier),
  {
    id: "crl_number_present",
    section: "RFC 5280 5.2.3",
    requirement: "there is a CRL number",
    applies: ({ malformed }) => malformed === null,
    check: ({ number }) => (number === null ? "the CRL number is missing" : null),
  },
  {
    id: "crl_number_at_most_20_octets",
    section: "RFC 5280 5.2.3",
    requirement: "the CRL number has at most 20 octets",
    applies: ({ number }) => number !== null,
    check: ({ number }) => ((number ?? 0n) < 2n ** 159n ? null : "the CRL number has more than 20 octets"),
  },
  {
    id: "crl_number_grows",
    section: "RFC 5280 5.2.3",
    requirement: "the CRL number is greater than the one before",
    applies: ({ number, previousNumber }) => number !== null && previousNumber !== null,
    check: ({ number, previousNumber }) =>
      (number ?? 0n) > (previousNumber ?? 0n) ? null : `the CRL number is not greater than ${previousNumber}`,
  },
  plain("crl_number_plain", "5.2.3", extensionOids.crlNumber),
  {
    id: "crl_distribution_point_critical",
    section: "RFC 5280 5.2.5",
    requirement: "the issuing distribution point is critical",
    applies: ({ point }) => point !== null,
    check: ({ point }) => (point?.critical ? null : "the issuing distribution point is not critical"),
  },
  {
    id: "crl_distribution_point_http",
    section: "RFC 5280 5.2.5",
    requirement: "the issuing distribution point names http URIs",
    applies: ({ point }) => point !== null,
    check: ({ point }) => (point?.uris.every(isHttpUri) ? null : "a distribution point is not an http URI"),
  },
];

/**
 * What is wrong with a finished `TBSCertList`, read again from its bytes; an empty list means that it may be signed.
 * Time is linear in the number of entries.
 */
export function lintTbsCrl(tbs: Uint8Array, issuer: CrlIssuerContext, previousNumber: bigint | null): Finding[] {
  const crl = attempt(() => readTbsCrl(tbs));
  if (crl.value === null) return [{ id: "crl_readable", section: "RFC 5280 5.1", message: crl.problem }];
  const view = viewCrl(crl.value, issuer, previousNumber);
  const findings: Finding[] = [];
  for (const { id, section, applies, check } of crlChecks) {
    if (applies !== undefined && !applies(view)) continue;
    const message = check(view);
    if (message !== null) findings.push({ id, section, message });
  }
  return findings;
}

function viewCrl(crl: RawTbsCrl, issuer: CrlIssuerContext, previousNumber: bigint | null): CrlView {
  const number = attempt(() => readCrlNumber(crl.extensions));
  const key = attempt(() => readCrlAuthorityKey(crl.extensions));
  const point = attempt(() => readIssuingDistributionPoint(crl.extensions));
  return {
    crl,
    issuer,
    previousNumber,
    number: number.value,
    authorityKeyIdentifier: key.value,
    point: point.value,
    malformed: number.problem ?? key.problem ?? point.problem,
    entries: scanEntries(crl.revoked, crl.thisUpdate.date),
  };
}

function plain(id: string, section: string, oid: string): CrlCheck {
  return {
    id,
    section: `RFC 5280 ${section}`,
    requirement: `${extensionName(oid)} is not critical`,
    applies: ({ crl }) => crl.extensions.some((extension) => extension.oid === oid),
    check: ({ crl }) =>
      crl.extensions.some((extension) => extension.oid === oid && extension.critical)
        ? `${extensionName(oid)} is critical`
        : null,
  };
}
