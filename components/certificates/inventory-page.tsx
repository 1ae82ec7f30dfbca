import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { Pane, WorkArea } from "@/components/ui/facets";
import { PageHead } from "@/components/ui/page-head";
import { Tabs } from "@/components/ui/tabs";
import type { InventoryAddress, InventoryFacets } from "@/server/certificates/inventory-contract";
import { inventoryHref, isWhole, viewOf, viewsAt } from "./inventory-address";
import { InventoryActions } from "./inventory-actions";
import { InventoryFacetRail } from "./inventory-facets";
import { InventoryQuery } from "./inventory-query";
import { InventoryTable } from "./inventory-table";
import { leadLine, nowLine } from "./inventory-words";
import { NothingFits, NothingYet } from "./nothing-here";

/** The list of certificates: what breaks first, then everything, searched and filtered by its address. */
export async function InventoryPage({ address }: { readonly address: InventoryAddress }) {
  const now = Date.now();
  const { filter } = address;
  const views = viewsAt(now);
  const read = await readPage(async ({ inventory }) => {
    const [page, facets, ...counted] = await Promise.all([
      inventory.list({ ...address }),
      inventory.facets({ filter }),
      ...views.map((view) => inventory.facets({ filter: view.filter })),
    ]);
    return { page, facets, counted };
  });
  if (read.refused) return <Refused refused={read.refused} doing="see certificates" />;

  const { page, facets, counted } = read.value;
  const permissions = await currentPermissions();
  const [whole, breaking] = counted;
  if (!whole || !breaking) return null;
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

  const rail = <InventoryFacetRail address={address} facets={facets} />;
  const current = viewOf(filter, now);
  return (
    <>
      <PageHead title={nowLine(whole, breaking)} lead={leadLine(whole, breaking, address)} actions={actions} isTight />
      <Tabs
        label="Views"
        items={views.map((view, index) => ({
          href: inventoryHref({ filter: view.filter }),
          label: view.label,
          count: counted[index]?.total.count,
          countTone: view.key === "breaking" ? "danger" : undefined,
          isCurrent: view.key === current,
        }))}
      />
      <WorkArea rail={rail}>
        <Pane>
          <InventoryQuery address={address} labels={labelsOf(facets)} holder={holderOf(address, page.rows)} now={now}>
            {rail}
          </InventoryQuery>
          {page.rows.length === 0 && page.next === null ? (
            <NothingFits address={address} labels={labelsOf(facets)} />
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
function labelsOf(facets: InventoryFacets): Readonly<Record<string, string>> {
  return Object.fromEntries([...facets.authority, ...facets.profile].map(({ value, label }) => [value, label]));
}

function holderOf(address: InventoryAddress, rows: readonly { identityId: string; name: string }[]) {
  return rows.find((row) => row.identityId === address.filter.identity)?.name;
}
