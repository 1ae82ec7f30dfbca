import { DeedButton } from "@/components/shell/disabled-button";
import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { ButtonLink } from "@/components/ui/button-link";
import { Facets, Pane, WorkArea } from "@/components/ui/facets";
import { PageHead } from "@/components/ui/page-head";
import type { RoleSummary } from "@/server/roles/contract";
import { type RoleAddress, rolesAt, rolesHref } from "./role-address";
import { RoleQuery } from "./role-query";
import { RoleTable } from "./role-table";
import { leadLine, nowLine } from "./words";

/** Every role that can be given, and those that were. */
export async function RolesPage({ address }: { readonly address: RoleAddress }) {
  const now = Date.now();
  const read = await readPage((caller) => caller.roles.list());
  if (read.refused) return <Refused refused={read.refused} doing="see the roles" />;

  const { roles } = read.value;
  const createRefused = whyNot(await currentPermissions(), "role.create");
  const { show } = address;
  const total = rolesAt(roles, { query: "", show: show === "retired" ? show : undefined }).length;
  const facets = <RoleFacets address={address} roles={roles} />;
  return (
    <>
      <PageHead
        title={nowLine(read.value)}
        lead={leadLine(read.value)}
        actions={
          <>
            <ButtonLink href="/roles/separations" icon="split">
              Separations
            </ButtonLink>
            {createRefused ? (
              <DeedButton icon="plus" disabledBecause={createRefused}>
                New role
              </DeedButton>
            ) : (
              <ButtonLink href="/roles/new" variant="main" icon="plus">
                New role
              </ButtonLink>
            )}
          </>
        }
      />
      <WorkArea rail={facets}>
        <Pane>
          <RoleQuery address={address}>{facets}</RoleQuery>
          <RoleTable address={address} shown={rolesAt(roles, address)} total={total} now={now} />
        </Pane>
      </WorkArea>
    </>
  );
}

type FacetsProps = { readonly address: RoleAddress; readonly roles: readonly RoleSummary[] };

function RoleFacets({ address, roles }: FacetsProps) {
  const facet = (label: string, filter: Partial<RoleAddress>) => {
    const isOn = Object.entries(filter).every(([field, value]) => address[field as keyof RoleAddress] === value);
    const cleared = Object.fromEntries(Object.keys(filter).map((field) => [field, undefined]));
    return {
      ...{ label, isOn, count: rolesAt(roles, { ...address, ...filter }).length },
      href: rolesHref({ ...address, ...(isOn ? cleared : filter) }),
    };
  };
  return (
    <Facets
      label="Filters"
      groups={[
        {
          title: "Origin",
          items: [facet("Written here", { origin: "written" }), facet("Built in", { origin: "built-in" })],
        },
        {
          title: "Worth a look",
          items: [facet("Unused in 90 days", { show: "unused" }), facet("Held by nobody", { show: "unheld" })],
        },
        { title: "State", items: [facet("Retired", { show: "retired" })] },
      ]}
    />
  );
}
