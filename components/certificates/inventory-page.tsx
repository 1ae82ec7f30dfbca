import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { Pane, WorkArea } from "@/components/ui/facets";
import { PageHead } from "@/components/ui/page-head";
import { Tabs } from "@/components/ui/tabs";
import type { FacetValue, InventoryAddress, InventoryFacets } from "@/server/certificates/inventory-contract";
import { inventoryHref, isWhole, type View, viewOf, viewsAt } from "./inventory-address";
import { InventoryActions } from "./inventory-actions";
import { InventoryFacetRail } from "./inventory-facets";
import { InventoryQuery } from "./inventory-query";
import { InventoryTable } from "./inventory-table";
import { countOf, leadLine, nowLine } from "./inventory-words";
import { NothingFits, NothingYet } from "./nothing-here";

/** The list of certificates: what breaks first, then everything, searched and filtered by its address. */
export async function InventoryPage({ address }: { readonly address: InventoryAddress }) {
  const now = Date.now();
  const { filter } = address;
  const views = viewsAt(now);
  const filterOf = (key: View["key"]) => views.find((view) => view.key === key)?.filter ?? {};
  const read = await readPage(async ({ inventory }) => {
    // First by itself: whoever may not see certificates is refused once.
    const page = await inventory.list({ ...address });
    const [whole, breaking, week] = await Promise.all([
      inventory.facets({}),
      inventory.facets({ filter: filterOf("breaking") }),
      inventory.facets({ filter: filterOf("week") }),
    ]);
    const facets = isWhole(filter) ? whole : await inventory.facets({ filter });
    const { teams } = await inventory.countByTeam({ filter });
    return { page, whole, breaking, week, facets, teams };
  });
  if (read.refused) return <Refused refused={read.refused} doing="see certificates" />;

  const { page, facets, whole, breaking, week, teams } = read.value;
  const permissions = await currentPermissions();
  const counts: Readonly<Record<View["key"], number>> = {
    all: whole.total.count,
    breaking: breaking.total.count,
    week: week.total.count,
    revoked: countOf(whole, "revoked"),
  };
  const actions = (
    <InventoryActions
      address={address}
      total={facets.total}
      exportRefused={whyNot(permissions, "certificate.export")}
      issueRefused={whyNot(permissions, "certificate.issue")}
    />
  );
  if (whole.total.count === 0) {
    return (
      <>
        <PageHead title="There is no certificate yet." lead="Certificates appear here as they are issued." />
        <NothingYet
          issueRefused={whyNot(permissions, "certificate.issue")}
          enrolRefused={whyNot(permissions, "join_token.create")}
        />
      </>
    );
  }

  const rail = <InventoryFacetRail address={address} facets={facets} teams={teams} />;
  const labels = labelsOf(facets, teams);
  const current = viewOf(filter, now);
  return (
    <>
      <PageHead title={nowLine(whole, breaking)} lead={leadLine(whole, breaking, address)} actions={actions} isTight />
      <Tabs
        label="Views"
        items={views.map((view) => ({
          href: inventoryHref({ filter: view.filter }),
          label: view.label,
          count: counts[view.key],
          countTone: view.key === "breaking" ? "danger" : undefined,
          isCurrent: view.key === current,
        }))}
      />
      <WorkArea rail={rail}>
        <Pane>
          <InventoryQuery address={address} labels={labels} holder={holderOf(address, page.rows)} now={now}>
            {rail}
          </InventoryQuery>
          {page.rows.length === 0 && page.next === null ? (
            <NothingFits address={address} labels={labels} />
          ) : (
            <InventoryTable
              key={inventoryHref(address)}
              address={address}
              page={page}
              total={facets.total}
              isWhole={isWhole(filter)}
              revokeRefused={whyNot(permissions, "certificate.revoke")}
            />
          )}
        </Pane>
      </WorkArea>
    </>
  );
}

/** What ids in the address are called. */
function labelsOf(
  { authority, profile }: InventoryFacets,
  teams: readonly FacetValue[],
): Readonly<Record<string, string>> {
  return Object.fromEntries([...authority, ...profile, ...teams].map(({ value, label }) => [value, label]));
}

function holderOf(address: InventoryAddress, rows: readonly { identityId: string; name: string }[]) {
  return rows.find((row) => row.identityId === address.filter.identity)?.name;
}
