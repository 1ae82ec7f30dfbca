import Link from "next/link";
import { eventWords } from "@/components/audit/event-words";
import { EventItem, EventList } from "@/components/ui/lists";
import { Section } from "@/components/ui/page-head";
import { serverCaller } from "@/server/api/caller";
import type { IdentityDetail } from "@/server/identities/contract";

type Props = { readonly identity: IdentityDetail; readonly refused: string | undefined; readonly now: number };

/** What happened to an identity last, out of the audit log. */
export async function IdentityHistory({ identity, refused, now }: Props) {
  const title = identity.kind === "user" ? "What happened to them" : "What happened to it";
  if (refused) {
    return (
      <Section title={title}>
        <p className="topline x2 py-2">You may not read the audit log. {refused}</p>
      </Section>
    );
  }
  const caller = await serverCaller();
  const { rows } = await caller.audit.list({ objectId: identity.id, limit: 8 });
  return (
    <Section
      title={title}
      end={
        <Link className="link" href={`/audit?object=${identity.id}`}>
          All of it in the audit log
        </Link>
      }
    >
      {rows.length === 0 ? (
        <p className="topline x3 py-2">Nothing is in the log.</p>
      ) : (
        <div className="topline">
          <EventList>
            {rows.map((row) => {
              const { who, did, what, icon, outcome } = eventWords(row);
              return (
                <EventItem
                  key={row.id}
                  at={row.at}
                  now={now}
                  icon={icon}
                  tone={row.outcome === "refused" ? outcome.tone : undefined}
                  who={who}
                  did={`${did} ${what}${row.outcome === "refused" ? `: ${outcome.word.toLowerCase()}` : ""}`}
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
