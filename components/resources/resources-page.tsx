import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { Facets, Pane, PanelLayout, WorkArea } from "@/components/ui/facets";
import { PageHead } from "@/components/ui/page-head";
import type { ResourcePage } from "@/server/resources/contract";
import { AddResource } from "./add-resource";
import { readFormGround } from "./read-form-ground";
import { type ResourceAddress, resourcesHref } from "./resource-address";
import { ResourcePanel } from "./resource-panel";
import { ResourceQuery } from "./resource-query";
import { ResourceTable } from "./resource-table";
import { iconOf, nowLine } from "./words";

type Props = { readonly address: ResourceAddress; readonly isAdding: boolean };

/** What policies decide about: all of it, and the one that is open. */
export async function ResourcesPage({ address, isAdding }: Props) {
  const now = Date.now();
  const { open, ...filter } = address;
  const read = await readPage(async (caller) => {
    // First by itself: whoever may not see resources is refused once.
    const page = await caller.resources.list(filter);
    const [teams, detail] = await Promise.all([caller.teams.list(), open ? caller.resources.get(open) : undefined]);
    return { page, teams, detail };
  });
  if (read.refused) return <Refused refused={read.refused} doing="see the resources" />;

  const { page, teams, detail } = read.value;
  const [permissions, ground] = await Promise.all([currentPermissions(), readFormGround()]);
  const facets = <ResourceFacets address={address} page={page} teams={teams.map(({ name }) => name)} />;
  return (
    <>
      <PageHead
        title={nowLine(page.all)}
        lead="What policies decide about, and what is known of it. What a caller says about itself is never believed."
        actions={
          <AddResource ground={ground} isOpenAtFirst={isAdding} disabledBecause={whyNot(permissions, "resource.put")} />
        }
      />
      <PanelLayout panel={detail && <ResourcePanel address={address} resource={detail} ground={ground} now={now} />}>
        <WorkArea rail={detail ? undefined : facets}>
          <Pane>
            <ResourceQuery address={address}>{facets}</ResourceQuery>
            <ResourceTable address={address} page={page} now={now} />
          </Pane>
        </WorkArea>
      </PanelLayout>
    </>
  );
}

type FacetsProps = {
  readonly address: ResourceAddress;
  readonly page: ResourcePage;
  readonly teams: readonly string[];
};

function ResourceFacets({ address, page, teams }: FacetsProps) {
  const { text, type, team } = address;
  const types = page.byType.map((counted) => {
    const isOn = counted.type === type;
    return {
      ...{ label: counted.type, icon: iconOf(counted.type), count: counted.count, isOn },
      href: resourcesHref({ text, team, type: isOn ? undefined : counted.type }),
    };
  });
  const ofTeams = teams.map((name) => {
    const isOn = name === team;
    return { label: name, isOn, href: resourcesHref({ text, type, team: isOn ? undefined : name }) };
  });
  return (
    <Facets
      label="Filters"
      groups={[
        { title: "Type", items: types },
        { title: "Team", items: ofTeams },
      ].filter(({ items }) => items.length > 0)}
    />
  );
}
