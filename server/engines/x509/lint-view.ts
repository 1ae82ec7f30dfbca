import { X509Error } from "./errors";
import {
  type Extension,
  readAuthorityInfoAccess,
  readAuthorityKeyIdentifier,
  readCertificatePolicies,
  readCrlDistributionPoints,
  readExtendedKeyUsage,
  readKeyUsage,
  readRawBasicConstraints,
  readSubjectKeyIdentifier,
  sequenceValue,
} from "./extension-reader";
import type { KeyUsage } from "./extensions";
import { decodeGeneralNames, type GeneralName } from "./general-names";
import { type PublicKeyInfo, readPublicKey } from "./keys";
import { type NameConstraints, readNameConstraints } from "./name-constraints";
import type { IssuerContext } from "./lint";
import { decodeNameElement, type NameAttribute } from "./names";
import { extensionName, extensionOids } from "./oids";
import { type RawTbs, readTbsCertificate } from "./tbs-reader";

/** A part of the view that may be unreadable: what it is, or why it cannot be read. */
type Reading<T> = { value: T; problem: null } | { value: null; problem: string };

/** A finished `TBSCertificate`, read once for all checks. */
export interface CertificateView {
  tbs: RawTbs;
  issuer: IssuerContext;
  subject: Reading<NameAttribute[]>;
  publicKey: Reading<PublicKeyInfo>;
  /** The first extension of each kind. */
  extensions: ReadonlyMap<string, Extension>;
  /** Why a known extension cannot be read; the fields below are then null. */
  malformed: string[];
  authorityKeyIdentifier: Uint8Array | null;
  subjectKeyIdentifier: Uint8Array | null;
  keyUsage: ReadonlySet<KeyUsage> | null;
  extendedKeyUsage: string[] | null;
  basicConstraints: { authority: boolean; pathLength: number | null } | null;
  subjectAltNames: GeneralName[] | null;
  nameConstraints: NameConstraints | null;
  crlUrls: string[] | null;
  access: { caIssuers: string[]; ocsp: string[] } | null;
  policies: string[] | null;
}

/** Reads a finished `TBSCertificate` for the checks. @throws DerError when it is not one */
export function viewCertificate(encoded: Uint8Array, issuer: IssuerContext): CertificateView {
  const tbs = readTbsCertificate(encoded);
  const extensions = new Map<string, Extension>();
  for (const extension of tbs.extensions) {
    if (!extensions.has(extension.oid)) extensions.set(extension.oid, extension);
  }
  const malformed: string[] = [];
  const read = <T>(oid: string, readValue: (extension: Extension) => T): T | null => {
    const extension = extensions.get(oid);
    if (extension === undefined) return null;
    const reading = attempt(() => readValue(extension));
    if (reading.problem !== null) malformed.push(`${extensionName(oid)}: ${reading.problem}`);
    return reading.value;
  };
  return {
    tbs,
    issuer,
    extensions,
    malformed,
    subject: attempt(() => decodeNameElement(tbs.subject)),
    publicKey: attempt(() => readPublicKey(tbs.publicKey)),
    authorityKeyIdentifier: read(extensionOids.authorityKeyIdentifier, ({ value }) =>
      readAuthorityKeyIdentifier(value),
    ),
    subjectKeyIdentifier: read(extensionOids.subjectKeyIdentifier, ({ value }) => readSubjectKeyIdentifier(value)),
    keyUsage: read(extensionOids.keyUsage, ({ value }) => new Set(readKeyUsage(value))),
    extendedKeyUsage: read(extensionOids.extendedKeyUsage, ({ value }) => readExtendedKeyUsage(value)),
    basicConstraints: read(extensionOids.basicConstraints, ({ value }) => readRawBasicConstraints(value)),
    subjectAltNames: read(extensionOids.subjectAltName, ({ value }) => readAltNames(value)),
    nameConstraints: read(extensionOids.nameConstraints, (extension) => readNameConstraints(sequenceValue(extension))),
    crlUrls: read(extensionOids.crlDistributionPoints, ({ value }) => readCrlDistributionPoints(value)),
    access: read(extensionOids.authorityInfoAccess, ({ value }) => readAuthorityInfoAccess(value)),
    policies: read(extensionOids.certificatePolicies, ({ value }) => readCertificatePolicies(value)),
  };
}

/** An empty list of names is well-formed DER; that it must not be empty is a check of its own. */
function readAltNames(value: Uint8Array): GeneralName[] {
  const isEmpty = value.length === 2 && value[0] === 0x30 && value[1] === 0;
  return isEmpty ? [] : decodeGeneralNames(value);
}

/** What a reader returns, or the words of its refusal; anything but a refusal of this engine goes on. */
export function attempt<T>(read: () => T): Reading<T> {
  try {
    return { value: read(), problem: null };
  } catch (error) {
    if (error instanceof X509Error) return { value: null, problem: error.message };
    throw error;
  }
}

/** Whether the certificate says that its subject is an authority. */
export function isAuthority(view: CertificateView): boolean {
  return view.basicConstraints?.authority === true;
}
