import { Suspense } from "react";
import { currentAccount, currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import { whyNot } from "@/components/shell/refusal";
import { Pane, WorkArea } from "@/components/ui/facets";
import { formatCount, plural } from "@/components/ui/format";
import { PageHead } from "@/components/ui/page-head";
import { TableSkeleton } from "@/components/ui/skeleton";
import type { IdentityKind, IdentityPage } from "@/server/identities/contract";
import { AddIdentity } from "./add-identity";
import { IdentityFacets } from "./identity-facets";
import { IdentityQuery } from "./identity-query";
import { IdentityTable } from "./identity-table";
import { KINDS } from "./kinds";
import { type ListAddress, readListAddress } from "./list-address";
import { ListFiles } from "./list-files";
import { readTrust } from "./read-trust";

type Props = {
  readonly kind: IdentityKind;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** People, services or nodes: what needs a person first, then all of them. */
export async function IdentityListPage({ kind, searchParams }: Props) {
  const parameters = await searchParams;
  const address = readListAddress(parameters);
  const { title, many } = KINDS[kind];
  return (
    <Page crumbs={[{ label: title }]}>
      <Suspense key={JSON.stringify(address)} fallback={<ListSkeleton title={title} />}>
        <IdentityList kind={kind} address={address} isAdding={parameters["add"] !== undefined} many={many} />
      </Suspense>
    </Page>
  );
}

type ListProps = {
  readonly kind: IdentityKind;
  readonly address: ListAddress;
  readonly isAdding: boolean;
  readonly many: string;
};

async function IdentityList({ kind, address, isAdding, many }: ListProps) {
  const now = Date.now();
  const read = await readPage(async (caller) => ({
    page: await caller.identities.list({ kind, ...address }),
    teams: await caller.teams.list(),
    counts: await caller.identities.countByTeam({ kind, query: address.query, state: address.state }),
  }));
  if (read.refused) return <Refused refused={read.refused} doing={`see ${many}`} />;

  const { page, teams, counts } = read.value;
  const permissions = await currentPermissions();
  const account = await currentAccount();
  const deed = kind === "node" ? "join_token.create" : "identity.create";
  const facets = <IdentityFacets kind={kind} address={address} page={page} teams={teams} counts={counts} />;
  return (
    <>
      <PageHead
        title={nowLine(kind, page, address)}
        lead={leadLine(kind, page)}
        actions={
          <>
            <ListFiles kind={kind} address={address} importRefused={whyNot(permissions, "identity.create")} />
            <AddIdentity
              kind={kind}
              teams={teams.map(({ id, name }) => ({ id, name }))}
              isOpenAtFirst={isAdding}
              trust={kind === "node" ? await readTrust(permissions) : undefined}
              disabledBecause={whyNot(permissions, deed)}
              rolesRefused={whyNot(permissions, "role.bind")}
              newTeamRefused={whyNot(permissions, "team.create")}
              defaultTeamId={account.roles.includes("admin") ? "" : (account.team?.id ?? "")}
            />
          </>
        }
      />
      <WorkArea rail={facets}>
        <Pane>
          <IdentityQuery kind={kind} address={address} teams={teams}>
            {facets}
          </IdentityQuery>
          <IdentityTable kind={kind} address={address} page={page} now={now} />
        </Pane>
      </WorkArea>
    </>
  );
}

function ListSkeleton({ title }: { readonly title: string }) {
  return (
    <>
      <PageHead title={title} />
      <TableSkeleton columns={5} />
    </>
  );
}

/** What needs a person now, counted. */
function nowLine(kind: IdentityKind, { byState, items, nextCursor }: IdentityPage, address: ListAddress): string {
  const { one, many } = KINDS[kind];
  const isWhole = nextCursor === null && !address.cursor && !address.query && !address.teamId && !address.state;
  if (byState.locked > 0 && !address.query && !address.teamId) {
    return `${plural(byState.locked, one, many)} ${byState.locked === 1 ? "is" : "are"} locked and refused everywhere.`;
  }
  const withoutSecondFactor = items.filter(
    ({ state, hasSecondFactor }) => state === "active" && hasSecondFactor === false,
  );
  if (kind === "user" && isWhole && withoutSecondFactor.length > 0) {
    const count = withoutSecondFactor.length;
    return `${plural(count, one, many)} ${count === 1 ? "signs" : "sign"} in with a password alone.`;
  }
  if (byState.active === 0)
    return address.query || address.teamId ? `No active ${one} fits.` : `There is no ${one} yet.`;
  return `${plural(byState.active, one, many)} ${byState.active === 1 ? "is" : "are"} active, none is locked.`;
}

function leadLine(kind: IdentityKind, { byState }: IdentityPage): string {
  const others = [
    byState.locked > 0 && `${formatCount(byState.active)} active`,
    byState.retired > 0 && `${formatCount(byState.retired)} retired`,
  ].filter(Boolean);
  const rest = others.length > 0 ? ` ${others.join(", ")}.` : "";
  switch (kind) {
    case "user":
      return `Whoever signs in here or holds a certificate.${rest}`;
    case "service":
      return `Programs that prove themselves by a certificate.${rest}`;
    case "node":
      return `Machines that enrol with a join token and renew by themselves.${rest}`;
  }
}
