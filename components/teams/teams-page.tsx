import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { PageHead } from "@/components/ui/page-head";
import { AddTeam } from "./add-team";
import { PoolTable } from "./pool-table";
import { readPools } from "./read-pools";
import { TeamTable } from "./team-table";
import { treeRows } from "./tree";
import { nowLine } from "./words";

type Props = { readonly isAdding: boolean };

/** Who belongs together, and which hardware does. */
export async function TeamsPage({ isAdding }: Props) {
  const read = await readPage(async (caller) => {
    // First by itself: whoever may not see teams is refused once.
    const teams = await caller.teams.list();
    return { teams, ...(await readPools(caller)) };
  });
  if (read.refused) return <Refused refused={read.refused} doing="see the teams" />;

  const { teams, pools, total } = read.value;
  const permissions = await currentPermissions();
  const choices = treeRows(teams).map(({ item: { id, name, parentId }, depth }) => ({ id, name, parentId, depth }));
  return (
    <>
      <PageHead
        title={nowLine(teams)}
        lead="Whoever is in a team is in every team above it, holds what those hold, and is reached by who leads them."
        actions={
          <AddTeam teams={choices} isOpenAtFirst={isAdding} disabledBecause={whyNot(permissions, "team.create")} />
        }
      />
      <TeamTable teams={teams} choices={choices} moveRefused={whyNot(permissions, "team.update")} />
      <PoolTable pools={pools} total={total} />
    </>
  );
}
