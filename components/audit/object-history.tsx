import Link from "next/link";
import { EventItem, EventList } from "@/components/ui/lists";
import { Section } from "@/components/ui/page-head";
import { serverCaller } from "@/server/api/caller";
import { auditHref } from "./audit-address";
import { eventWords } from "./event-words";

const SHOWN = 8;

type Props = {
  /** Serial of a certificate, id of an authority or identity. */
  readonly objectId: string;
  /** Also what it did: machines renew by themselves. */
  readonly isActor?: boolean;
  readonly title?: string;
  readonly refused: string | undefined;
  readonly now: number;
};

/** What happened to one thing, out of the audit log, when the person may read it. */
export async function ObjectHistory({ objectId, isActor, title = "What happened to it", refused, now }: Props) {
  if (refused) {
    return (
      <Section title={title}>
        <p className="topline x2 py-2">You may not read the audit log. {refused}</p>
      </Section>
    );
  }
  const caller = await serverCaller();
  const about = await caller.audit.list({ objectId, limit: SHOWN });
  const own = isActor ? await caller.audit.list({ actorId: objectId, limit: SHOWN }) : undefined;
  const all = new Map([...about.rows, ...(own?.rows ?? [])].map((row) => [row.seq, row]));
  const rows = [...all.values()].sort((a, b) => b.seq - a.seq).slice(0, SHOWN);
  const isCounted = !isActor && about.total.isExact && about.total.count > rows.length;
  return (
    <Section
      title={title}
      end={
        <>
          {own && own.rows.length > 0 && (
            <Link className="link mr-4" href={auditHref({ filter: { actorId: objectId } })}>
              What it did
            </Link>
          )}
          <Link className="link" href={auditHref({ filter: { objectId } })}>
            {isCounted ? `All ${about.total.count} events` : "In the audit log"}
          </Link>
        </>
      }
    >
      {rows.length === 0 ? (
        <p className="topline x3 py-2">Nothing is in the log.</p>
      ) : (
        <div className="topline">
          <EventList>
            {rows.map((row) => {
              const { who, did, what, icon, outcome } = eventWords(row);
              const isRefused = row.outcome === "refused";
              return (
                <EventItem
                  key={row.id}
                  at={row.at}
                  now={now}
                  icon={icon}
                  tone={isRefused ? outcome.tone : undefined}
                  who={who}
                  href={auditHref({ filter: {}, open: row.seq })}
                  did={[did, what].filter(Boolean).join(" ") + (isRefused ? `: ${outcome.word.toLowerCase()}` : "")}
                  end={row.address ?? undefined}
                  isWide
                />
              );
            })}
          </EventList>
        </div>
      )}
    </Section>
  );
}
