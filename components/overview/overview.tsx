import { readPage, Refused } from "@/components/shell/guard";
import { ButtonLink } from "@/components/ui/button-link";
import { formatCount, formatLongInstant } from "@/components/ui/format";
import { Columns, PageHead } from "@/components/ui/page-head";
import { EmptyState } from "@/components/ui/state";
import type { InventoryStatus } from "@/server/certificates/inventory-contract";
import { ByAuthority } from "./by-authority";
import { ExpiryDays } from "./calendar";
import { History } from "./history";
import { LatestEvents } from "./latest";
import { needsOf, nowLine } from "./needs";
import { NeedsList } from "./needs-list";
import { type Overview, readOverview } from "./read-overview";

/** The overview: what needs a person, then how everything else is. */
export async function OverviewContent() {
  const read = await readPage(readOverview);
  if (read.refused) return <Refused refused={read.refused} doing="see the overview" />;

  const overview = read.value;
  const needs = needsOf(overview);
  const isEmpty = overview.authorities.authorities.every(({ total }) => total === 0);
  return (
    <>
      <PageHead
        title={nowLine(needs, overview.now)}
        lead={leadLine(overview)}
        actions={<span className="x3 t12 m-hide">{formatLongInstant(overview.now)}</span>}
      />
      <NeedsList needs={needs} now={overview.now} />
      {isEmpty && <NoCertificates />}
      <Columns isWide>
        {!isEmpty && <ByAuthority counts={overview.authorities} />}
        {!isEmpty && <ExpiryDays calendar={overview.calendar} />}
        <History history={overview.history} refusals={overview.refusals} />
        {overview.latest && <LatestEvents rows={overview.latest} now={overview.now} />}
      </Columns>
    </>
  );
}

function NoCertificates() {
  return (
    <EmptyState
      icon="cert"
      title="No machine has a certificate yet"
      actions={<ButtonLink href="/join-tokens?add=1">Make a join token</ButtonLink>}
    >
      <p>A node enrols itself with a join token and a key of its own. It appears here at once.</p>
    </EmptyState>
  );
}

function leadLine({ authorities: { authorities } }: Overview): string {
  const of = (status: InventoryStatus) => authorities.reduce((sum, { counts }) => sum + counts[status], 0);
  const calm = of("active") + of("renewed");
  const valid = calm + of("due");
  if (valid === 0) return "There is no valid certificate yet.";
  return `Everything else renews by itself: ${formatCount(calm)} of ${formatCount(valid)} valid certificates are on schedule.`;
}
