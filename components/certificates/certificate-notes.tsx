import Link from "next/link";
import type { ReactNode } from "react";
import { formatDuration, formatRelative, plural, sentence } from "@/components/ui/format";
import { Note } from "@/components/ui/note";
import { Time } from "@/components/ui/time";
import type { CertificateDetail } from "@/server/certificates/contract";
import { ResolveAlert } from "./resolve-alert";
import { KINDS, reasonWords } from "./words";

type Props = { readonly certificate: CertificateDetail; readonly now: number };
type AllProps = Props & { readonly alertRefused: string | undefined };

/** The sentences that change what the reader does; a certificate on schedule needs none. */
export function CertificateNotes({ certificate, now, alertRefused }: AllProps) {
  const open = certificate.alerts.filter(({ resolvedAt }) => resolvedAt === null);
  const standing = standingNote({ certificate, now });
  const { identity } = certificate;
  const holder = `${KINDS[identity.kind].place}/${identity.id}`;
  if (open.length === 0 && !standing && identity.state === "active") return null;
  return (
    <div className="pad grid gap-3 pb-5">
      {open.map((alert) => (
        <Note
          key={alert.id}
          tone="danger"
          title="It looks as if somebody else has this key."
          actions={<ResolveAlert id={alert.id} disabledBecause={alertRefused} />}
        >
          {sentence(alert.detail, now)} Raised <Time at={alert.raisedAt} now={now} />.
        </Note>
      ))}
      {identity.state !== "active" && (
        <Note tone="danger" icon="lock" title={`${KINDS[identity.kind].word} ${identity.name} is ${identity.state}.`}>
          Whatever this certificate says, it is refused. See{" "}
          <Link className="link" href={holder}>
            {identity.name}
          </Link>
          .
        </Note>
      )}
      {standing}
    </div>
  );
}

function standingNote({ certificate, now }: Props): ReactNode {
  switch (certificate.status) {
    case "active":
      return null;
    case "due":
      return <LateNote certificate={certificate} now={now} />;
    case "renewed":
      return (
        <Note tone="neutral" icon="turn" title="Another certificate took its place.">
          {certificate.renewedAt && <>Renewed {formatRelative(certificate.renewedAt, now)}. </>}
          It stays valid until it ends, so that nothing breaks meanwhile. <Successor certificate={certificate} />
        </Note>
      );
    case "expired":
      return (
        <Note tone="neutral" icon="clock" title={`It ended ${formatRelative(certificate.notAfter, now)}.`}>
          It proves nothing any more. <Successor certificate={certificate} />
        </Note>
      );
    case "revoked":
      return (
        <Note tone="neutral" icon="ban" title="It is revoked.">
          {certificate.revokedAt && <Time at={certificate.revokedAt} now={now} />}:{" "}
          {reasonWords(certificate.revocationReason).toLowerCase()}. The gateway refuses it, and so does whoever reads
          the revocation list. <Successor certificate={certificate} />
        </Note>
      );
  }
}

function LateNote({ certificate, now }: Props) {
  const { notAfter, renewAfter, renewalFailure, kind, lastSeenAt } = certificate;
  const left = notAfter.getTime() - now;
  const since = formatDuration(now - renewAfter.getTime());
  return (
    <Note
      tone={left < 86_400_000 ? "danger" : "warn"}
      title={`It ends in ${formatDuration(left)} and will not renew by itself.`}
    >
      {renewalFailure ? (
        <>
          Renewal was refused {plural(renewalFailure.failures, "time")}, last{" "}
          {formatRelative(renewalFailure.lastAt, now)}: {renewalFailure.lastMessage}.{" "}
        </>
      ) : (
        `It is due since ${since}, and nobody asked. `
      )}
      {kind === "user" ? (
        "Issue a new one for this person."
      ) : (
        <>
          {lastSeenAt ? `It was last seen ${formatRelative(lastSeenAt, now)}. ` : "It was never seen at the gateway. "}
          See that <span className="mono">renew --watch</span> runs there, or enrol it again.
        </>
      )}
    </Note>
  );
}

function Successor({ certificate }: { readonly certificate: CertificateDetail }) {
  if (!certificate.renewedBy) return null;
  return (
    <Link className="link" href={`/certificates/${certificate.renewedBy}`}>
      See the one that came after
    </Link>
  );
}
