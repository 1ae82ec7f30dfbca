import Link from "next/link";
import { eventWords } from "@/components/audit/event-words";
import { EventItem, EventList } from "@/components/ui/lists";
import { Section } from "@/components/ui/page-head";
import { serverCaller } from "@/server/api/caller";

type Props = {
  /** Serial of a certificate, id of an authority. */
  readonly objectId: string;
  readonly refused: string | undefined;
  readonly now: number;
};

/** What happened to one thing, out of the audit log, when the person may read it. */
export async function ObjectHistory({ objectId, refused, now }: Props) {
  if (refused) {
    return (
      <Section title="What happened to it">
        <p className="topline x2 py-2">You may not read the audit log. {refused}</p>
      </Section>
    );
  }
  const caller = await serverCaller();
  const { rows, total } = await caller.audit.list({ objectId, limit: 8 });
  return (
    <Section
      title="What happened to it"
      end={
        <Link className="link" href={`/audit?object=${objectId}`}>
          {total.isExact && total.count > rows.length ? `All ${total.count} events` : "In the audit log"}
        </Link>
      }
    >
      {rows.length === 0 ? (
        <p className="topline x3 py-2">Nothing is in the log.</p>
      ) : (
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
                did={`${did} ${what}${isRefused ? `: ${outcome.word.toLowerCase()}` : ""}`}
                end={row.address ?? undefined}
                isWide
              />
            );
          })}
        </EventList>
      )}
    </Section>
  );
}
