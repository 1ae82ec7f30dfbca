import Link from "next/link";
import { CopyText } from "@/components/ui/copy";
import { DefinitionList } from "@/components/ui/definition-list";
import { colonHex, formatDuration, formatFull, listWords, shortenMiddle } from "@/components/ui/format";
import { Section } from "@/components/ui/page-head";
import { Time } from "@/components/ui/time";
import type { CertificateDetail } from "@/server/certificates/contract";
import { bareName, KINDS } from "./words";

type Props = { readonly certificate: CertificateDetail; readonly now: number };

/** What a certificate says, for people. */
export function CertificateFacts({ certificate, now }: Props) {
  const { identity, profile, sans, notBefore, notAfter, serial, fingerprint, crlUrl } = certificate;
  const { word, place } = KINDS[identity.kind];
  const names = sans.map(bareName).filter((name) => name !== certificate.spiffeId);
  return (
    <Section
      title="In words"
      end={
        <a className="link" href="#fields">
          All fields
        </a>
      }
    >
      <DefinitionList
        items={[
          {
            term: "Who it is",
            detail: (
              <>
                {word}{" "}
                <Link className="link w5" href={`${place}/${identity.id}`}>
                  {identity.name}
                </Link>
                {identity.state !== "active" && `, ${identity.state}`}. Issued under{" "}
                <Link className="link" href={`/profiles/${profile.name}`}>
                  profile {profile.name}
                </Link>
                .
              </>
            ),
          },
          { term: "What it may do", detail: purposeWords(certificate) },
          { term: "Key", detail: <KeyWords certificate={certificate} /> },
          {
            term: "Names",
            detail:
              names.length === 0 ? (
                "Its SPIFFE ID alone."
              ) : (
                <ul>
                  {names.map((name) => (
                    <li className="mono" key={name}>
                      {name}
                    </li>
                  ))}
                </ul>
              ),
          },
          {
            term: "Valid",
            detail: `${formatFull(notBefore)} to ${formatFull(notAfter)}, ${formatDuration(notAfter.getTime() - notBefore.getTime())}`,
          },
          { term: "Renewal", detail: <RenewalWords certificate={certificate} now={now} /> },
          {
            term: "Issued",
            detail: (
              <>
                <Time at={certificate.issuedAt} now={now} />, by {certificate.issuedByName}
                {certificate.issuedFrom ? ` from ${certificate.issuedFrom}` : " on this machine"}
              </>
            ),
          },
          {
            term: "Last seen",
            detail: certificate.lastSeenAt ? (
              <>
                <Time at={certificate.lastSeenAt} now={now} />
                {certificate.lastSeenAddress && ` from ${certificate.lastSeenAddress}`}, at the gateway
              </>
            ) : (
              "Never, at the gateway."
            ),
          },
          {
            term: "Serial",
            detail: <CopyText text={colonHex(serial)} label="Copy the serial" />,
          },
          {
            term: "Fingerprint",
            detail: (
              <>
                <span className="x3">SHA-256</span>{" "}
                <CopyText text={colonHex(fingerprint)} label="Copy the fingerprint" />
              </>
            ),
          },
          crlUrl !== null && {
            term: "Revocation list",
            detail: <CopyText text={crlUrl} label="Copy the address of the revocation list" />,
          },
        ]}
      />
    </Section>
  );
}

function KeyWords({ certificate }: { readonly certificate: CertificateDetail }) {
  const { keyAlgorithm, keyFingerprint, keptItsKey } = certificate;
  return (
    <>
      {keyAlgorithm}
      {keptItsKey === true && ", the same as before the renewal"}
      {keptItsKey === false && ", new with this renewal"}.{" "}
      <span className="nw">
        <span className="x3">SHA-256</span>{" "}
        <CopyText
          text={colonHex(keyFingerprint)}
          shown={shortenMiddle(colonHex(keyFingerprint), 11, 5)}
          label="Copy the fingerprint of the key"
        />
      </span>
    </>
  );
}

const DEEDS: Readonly<Record<string, string>> = {
  "TLS client authentication": "prove itself when it connects",
  "TLS server authentication": "accept connections under its names",
  "E-mail protection": "sign and receive e-mail",
};

/** The purposes that the certificate itself names, in words. */
function purposeWords({ fields }: CertificateDetail): string {
  const purposes = fields.find(({ label }) => label === "Extended key usage")?.values ?? [];
  const words = purposes.map((purpose) => DEEDS[purpose] ?? purpose);
  if (words.length === 0) return "It does not say. It may not sign certificates.";
  const text = listWords(words);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}. It may not sign certificates.`;
}

function RenewalWords({ certificate, now }: Props) {
  const { status, renewAfter, renewalOpensAt, renewedAt, renews, kind } = certificate;
  const before = renews ? (
    <>
      {" "}
      It renewed{" "}
      <Link className="link" href={`/certificates/${renews}`}>
        an earlier one
      </Link>
      .
    </>
  ) : null;
  if (renewedAt) {
    return (
      <>
        Done <Time at={renewedAt} now={now} />.{before}
      </>
    );
  }
  if (status === "revoked" || status === "expired") return <>It never was.{before}</>;
  const isOpen = renewalOpensAt.getTime() <= now;
  return (
    <>
      {kind === "user" ? "By a new request" : "By itself"}, due <Time at={renewAfter} now={now} />
      {isOpen ? "; it may be renewed at any time" : ""}.{before}
    </>
  );
}
