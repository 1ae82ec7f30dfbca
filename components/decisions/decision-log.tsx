import { type Caller, readPage, Refused } from "@/components/shell/guard";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import type { DecisionFilter, ListedDecisions } from "@/server/policies/decision-contract";
import { type DecisionAddress, decisionsFileHref } from "./decision-address";
import { DecisionFacets } from "./decision-facets";
import { DecisionPanel } from "./decision-panel";
import { DecisionScreen } from "./decision-screen";
import { HowToAsk } from "./how-to-ask";

/** A page of the log looks through a part of it; so many parts are looked through before it is said that none fits. */
const LOOKS = 8;

/** What machines asked, with its filters and the decision that is open. */
export async function DecisionLog({ address }: { readonly address: DecisionAddress }) {
  const now = Date.now();
  const { filter, before, open } = address;
  const read = await readPage(async (caller) => ({
    // First by itself: whoever may not read the decisions is refused once.
    page: await findRows(caller, filter, before),
    detail: open === undefined ? undefined : await caller.decisions.get({ seq: open }),
  }));
  if (read.refused) return <Refused refused={read.refused} doing="read what machines asked" />;

  const { page, detail } = read.value;
  if (page.newest === 0) return <HowToAsk askAt={page.askAt} />;
  return (
    <DecisionScreen
      key={`${JSON.stringify(filter)} ${before}`}
      address={address}
      page={page}
      now={now}
      actions={<ExportMenu filter={filter} />}
      facets={<DecisionFacets address={address} now={now} />}
      panel={detail && <DecisionPanel key={detail.seq} address={address} detail={detail} now={now} />}
    />
  );
}

/** The first page in which something fits, or the last that was looked through. */
async function findRows(caller: Caller, filter: DecisionFilter, before: number | undefined): Promise<ListedDecisions> {
  let page = await caller.decisions.list({ ...filter, before });
  for (let look = 1; look < LOOKS && page.rows.length === 0 && page.next !== null; look += 1) {
    page = { ...(await caller.decisions.list({ ...filter, before: page.next })), newest: page.newest };
  }
  return page;
}

function ExportMenu({ filter }: { readonly filter: DecisionFilter }) {
  return (
    <Menu
      trigger={<Button icon="load">Export</Button>}
      items={[
        { label: "CSV, for a spreadsheet", href: decisionsFileHref(filter, "csv"), isExternal: true },
        { label: "NDJSON, a decision a line", href: decisionsFileHref(filter, "ndjson"), isExternal: true },
      ]}
    />
  );
}
