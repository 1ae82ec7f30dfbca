import Link from "next/link";
import { proofWords, roleWords } from "@/components/identities/kinds";
import { CodeBlock, CopyText } from "@/components/ui/copy";
import { DefinitionList } from "@/components/ui/definition-list";
import { diffRecords } from "@/components/ui/diff";
import { DiffRows } from "@/components/ui/diff-rows";
import { Badge } from "@/components/ui/badge";
import { formatCount, formatLongInstant, formatRelative } from "@/components/ui/format";
import { Section } from "@/components/ui/page-head";
import { SidePanel } from "@/components/ui/side-panel";
import type { AuditDetail } from "@/server/audit/contract";
import { type AuditAddress, auditHref } from "./audit-address";
import { eventWords } from "./event-words";
import { LeafProof } from "./leaf-proof";
import { placeOf } from "./object-place";

type Props = { readonly address: AuditAddress; readonly entry: AuditDetail; readonly now: number };

/** One entry whole: what it says, before and after, why it was allowed, and its proof. */
export function AuditPanel({ address, entry, now }: Props) {
  const { who, did, what, outcome } = eventWords(entry);
  const place = placeOf(entry.object);
  const changes = diffRecords(entry.before, entry.after);
  return (
    <SidePanel
      label={`Event ${entry.seq}`}
      title={<span className="mono x2">event {entry.seq}</span>}
      closeHref={auditHref({ ...address, open: undefined })}
    >
      <div className="stack">
        <div>
          <p className="lead">{[who, did, what].filter(Boolean).join(" ")}.</p>
          <p className="x2 t12">
            {formatLongInstant(entry.at)}, {formatRelative(entry.at, now)}
          </p>
        </div>
        <div>
          <Badge tone={outcome.tone}>{outcome.word}</Badge>
        </div>
        <LeafProof canonical={entry.canonical} leafHash={entry.leafHash} />
        {changes.length > 0 && (
          <Section title="Before and after">
            <DiffRows rows={changes} />
          </Section>
        )}
        {entry.detail && (
          <Section title="What it says">
            <DefinitionList
              isNarrow
              items={Object.entries(entry.detail).map(([term, value]) => ({
                term: termWords(term),
                detail: <Value value={value} />,
              }))}
            />
          </Section>
        )}
        <Section title={entry.outcome === "refused" ? "Who was refused" : "Why it was allowed"}>
          <DefinitionList
            isNarrow
            items={[
              { term: "Action", detail: <span className="mono">{entry.action}</span> },
              { term: "Policy", detail: <span className="mono">{entry.policyVersion}</span> },
              {
                term: "Who",
                detail: (
                  <Link className="link" href={auditHref({ filter: { actorId: entry.actor.id } })}>
                    {entry.actor.name}
                  </Link>
                ),
              },
              { term: "Roles", detail: roleWords(entry.roles) },
              { term: "Proved by", detail: entry.provedBy.length > 0 ? proofWords(entry.provedBy) : "Nothing yet" },
              { term: "From", detail: entry.address ?? "this machine" },
              entry.userAgent !== null && { term: "Program", detail: entry.userAgent },
              {
                term: "On",
                detail: place ? (
                  <Link className="link" href={place}>
                    {entry.object.name ?? entry.object.id}
                  </Link>
                ) : (
                  (entry.object.name ?? entry.object.id)
                ),
              },
              {
                term: "Same object",
                detail: (
                  <Link className="link" href={auditHref({ filter: { objectId: entry.object.id } })}>
                    Its other events
                  </Link>
                ),
              },
              { term: "Request", detail: <CopyText text={entry.requestId} label="Copy request id" /> },
            ]}
          />
        </Section>
        <Section title="Canonical bytes" aside="RFC 8785, under the leaf hash">
          <CodeBlock text={entry.canonical} label="Copy canonical bytes" />
        </Section>
      </div>
    </SidePanel>
  );
}

/** A field of the entry, as people call it; the canonical bytes have its very name. */
function termWords(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1).replace(/ id$/, " ID");
}

function Value({ value }: { readonly value: unknown }) {
  if (typeof value === "string") return <>{value}</>;
  if (typeof value === "boolean") return <>{value ? "Yes" : "No"}</>;
  if (typeof value === "number") return <>{formatCount(value)}</>;
  if (value === null || (Array.isArray(value) && value.length === 0)) return <span className="x3">None</span>;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return <>{value.join(", ")}</>;
  return <span className="mono">{JSON.stringify(value)}</span>;
}
