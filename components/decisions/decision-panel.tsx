import Link from "next/link";
import { auditHref } from "@/components/audit/audit-address";
import { placeOf } from "@/components/audit/object-place";
import { DECISIONS } from "@/components/policies/words";
import { Badge } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy";
import { DefinitionList } from "@/components/ui/definition-list";
import { formatCount, formatFull, formatRelative, sentence } from "@/components/ui/format";
import { Section } from "@/components/ui/page-head";
import { SidePanel } from "@/components/ui/side-panel";
import type { DecisionDetail } from "@/server/policies/decision-contract";
import { type DecisionAddress, decisionsHref } from "./decision-address";
import { DecidedBy, EpochLink } from "./decision-table";
import { latencyWords } from "./decision-words";
import { Explanation } from "./explanation";
import { KnownThings } from "./known-things";

type Props = { readonly address: DecisionAddress; readonly detail: DecisionDetail; readonly now: number };

/** One decision whole: what was asked, what was told, what was known, and why. */
export function DecisionPanel({ address, detail, now }: Props) {
  const { seq, at, asker, subject, action, resource, decision, reason, requestId } = detail;
  const { word, tone, icon } = DECISIONS[decision];
  const place = placeOf({ type: "Identity", id: asker.id });
  return (
    <SidePanel
      label={`Decision ${formatCount(seq)}`}
      title={<span className="mono x2">decision {formatCount(seq)}</span>}
      closeHref={decisionsHref({ ...address, open: undefined })}
    >
      <div className="stack">
        <div>
          <p className="lead anywhere">
            {subject.type} {subject.id} {decision === "allow" ? "was allowed" : "was denied"}{" "}
            <span className="nw">{action}</span> on {resource.type} {resource.id}.
          </p>
          <p className="x2 t12">
            {formatFull(at)}, {formatRelative(at, now)}
          </p>
        </div>
        <div>
          <Badge tone={tone} icon={icon}>
            {word}
          </Badge>
        </div>
        {reason === null ? (
          <Explanation seq={seq} />
        ) : (
          <Section title="Why">
            <p className="topline pt-2">No policy was asked. {sentence(reason, now)}</p>
          </Section>
        )}
        <Section title="What was asked">
          <DefinitionList
            isNarrow
            items={[
              {
                term: "Asked by",
                detail: place ? (
                  <Link className="link" href={place}>
                    {asker.name}
                  </Link>
                ) : (
                  asker.name
                ),
              },
              {
                term: "Subject",
                detail: filterLink(address, { subject: subject.id }, `${subject.type} ${subject.id}`),
              },
              { term: "Action", detail: filterLink(address, { action }, action) },
              {
                term: "Resource",
                detail: filterLink(address, { resource: resource.id }, `${resource.type} ${resource.id}`),
              },
              { term: "Workload", detail: detail.workloadKind ?? <span className="x3">none</span> },
              { term: "Decided by", detail: <DecidedBy row={detail} /> },
              { term: "Epoch", detail: <EpochLink epoch={detail.epoch} /> },
              { term: "Took", detail: latencyWords(detail.latencyMicros) },
              { term: "Request", detail: <CopyText text={requestId} label="Copy request id" /> },
              {
                term: "In the log",
                detail: (
                  <Link className="link" href={auditHref({ filter: { actorId: asker.id } })}>
                    What {asker.name} did
                  </Link>
                ),
              },
            ]}
          />
        </Section>
        <KnownThings detail={detail} />
      </div>
    </SidePanel>
  );
}

/** All decisions of one value, out of those that are shown. */
function filterLink({ filter, isLive }: DecisionAddress, change: Partial<typeof filter>, words: string) {
  return (
    <Link
      className="link"
      href={decisionsHref({ filter: { ...filter, ...change }, isLive })}
      title={`Show the decisions about ${words}`}
    >
      {words}
    </Link>
  );
}
