import { readPage, Refused } from "@/components/shell/guard";
import { ButtonLink } from "@/components/ui/button-link";
import { Pane, PanelLayout, WorkArea } from "@/components/ui/facets";
import { plural } from "@/components/ui/format";
import { Menu } from "@/components/ui/menu";
import { PageHead } from "@/components/ui/page-head";
import { NoMatch } from "@/components/ui/state";
import { Button } from "@/components/ui/button";
import type { AuditFacets, AuditFilter, AuditPage } from "@/server/audit/contract";
import { type AuditAddress, auditHref } from "./audit-address";
import { AuditBars } from "./audit-bars";
import { AuditFacetRail } from "./audit-facets";
import { AuditPanel } from "./audit-panel";
import { AuditQuery } from "./audit-query";
import { AuditTable } from "./audit-table";

/** The log with its search, its bars and the entry that is open. */
export async function AuditLog({ address }: { readonly address: AuditAddress }) {
  const now = Date.now();
  const { filter, before, open } = address;
  const read = await readPage(async (caller) => {
    // First by itself: whoever may not read the log is refused once, not three times.
    const page = await caller.audit.list({ ...filter, before });
    const [facets, histogram, entry] = await Promise.all([
      caller.audit.facets(filter),
      caller.audit.histogram(filter),
      open ? caller.audit.get({ seq: open }) : undefined,
    ]);
    return { page, facets, histogram, entry };
  });
  if (read.refused) return <Refused refused={read.refused} doing="read the audit log" />;

  const { page, facets, histogram, entry } = read.value;
  const rail = <AuditFacetRail filter={filter} facets={facets} />;
  return (
    <>
      <PageHead title={nowLine(filter, facets)} lead={leadLine(page)} actions={<ExportMenu filter={filter} />} />
      <div className="pad">
        <AuditBars filter={filter} histogram={histogram} now={now} />
      </div>
      <PanelLayout panel={entry && <AuditPanel address={address} entry={entry} now={now} />}>
        <WorkArea rail={entry ? undefined : rail}>
          <Pane>
            <AuditQuery filter={filter} names={namesOf(filter, page)}>
              {rail}
            </AuditQuery>
            {page.rows.length > 0 ? (
              <AuditTable address={address} page={page} now={now} />
            ) : (
              <NoMatch title="No event fits" actions={<ButtonLink href="/audit">Show the whole log</ButtonLink>}>
                <p>Nothing in the log has all of these filters.</p>
              </NoMatch>
            )}
          </Pane>
        </WorkArea>
      </PanelLayout>
    </>
  );
}

function ExportMenu({ filter }: { readonly filter: AuditFilter }) {
  const href = (format: string) => {
    const address = auditHref({ filter }, "/api/export/audit");
    return `${address}${address.includes("?") ? "&" : "?"}format=${format}`;
  };
  return (
    <Menu
      trigger={<Button icon="load">Export</Button>}
      items={[
        { label: "CSV, for a spreadsheet", href: href("csv"), isExternal: true },
        { label: "NDJSON, the bytes under each leaf hash", href: href("ndjson"), isExternal: true },
      ]}
    />
  );
}

function nowLine(filter: AuditFilter, { outcomes }: AuditFacets): string {
  if (filter.outcome === "refused") return `${plural(outcomes.refused, "refusal")} in what is shown.`;
  const refused =
    outcomes.refused === 0
      ? "none of them refused"
      : `${plural(outcomes.refused, "of them was", "of them were")} refused`;
  return `${plural(outcomes.done + outcomes.refused, "event")}, ${refused}.`;
}

function leadLine(page: AuditPage): string {
  const newest = page.rows[0];
  return newest
    ? "Every change and every refusal is here; nothing can be altered or removed. Open an event to check its hash in this browser."
    : "Every change and every refusal will be here.";
}

/** The names of what is filtered by, as far as the rows shown know them. */
function namesOf(filter: AuditFilter, { rows }: AuditPage): { actor?: string; object?: string } {
  return {
    actor: rows.find((row) => row.actor.id === filter.actorId)?.actor.name,
    object: rows.find((row) => row.object.id === filter.objectId)?.object.name,
  };
}
