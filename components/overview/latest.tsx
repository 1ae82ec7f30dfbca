import Link from "next/link";
import { auditHref } from "@/components/audit/audit-address";
import { eventWords } from "@/components/audit/event-words";
import { EventItem, EventList } from "@/components/ui/lists";
import { Section } from "@/components/ui/page-head";
import type { AuditRow } from "@/server/audit/contract";

/** The newest events of the log. */
export function LatestEvents({ rows, now }: { readonly rows: readonly AuditRow[]; readonly now: number }) {
  return (
    <Section
      title="Latest events"
      end={
        <Link className="link" href="/audit">
          Audit log
        </Link>
      }
    >
      <EventList>
        {rows.map((row) => {
          const { who, did, what, icon, outcome } = eventWords(row);
          return (
            <EventItem
              key={row.seq}
              at={row.at}
              now={now}
              icon={row.outcome === "refused" ? "stop" : icon}
              tone={row.outcome === "refused" ? outcome.tone : undefined}
              who={who}
              href={auditHref({ filter: {}, open: row.seq })}
              did={`${did} ${what}`}
            />
          );
        })}
      </EventList>
    </Section>
  );
}
