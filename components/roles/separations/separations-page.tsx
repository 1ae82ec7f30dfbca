import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { formatCount, plural } from "@/components/ui/format";
import { PageHead, Section } from "@/components/ui/page-head";
import { EmptyState } from "@/components/ui/state";
import type { RoleSummary, Separation, SeparationList } from "@/server/roles/contract";
import { ConflictTable } from "./conflict-table";
import { AddSeparation } from "./separation-deeds";
import { SeparationTable } from "./separation-table";

/** Which roles are kept apart, and who has them together today. */
export async function SeparationsPage() {
  const now = Date.now();
  const read = await readPage(async (caller) => ({
    list: await caller.roles.separations(),
    roles: (await caller.roles.list()).roles,
  }));
  if (read.refused) return <Refused refused={read.refused} doing="see which duties are separated" />;

  const { list, roles } = read.value;
  const { separations, conflicts } = list;
  const permissions = await currentPermissions();
  const refusals = { put: whyNot(permissions, "separation.put"), remove: whyNot(permissions, "separation.remove") };
  const choices = choicesOf(roles);
  return (
    <>
      <PageHead
        title={nowLine(list)}
        lead={leadLine(separations)}
        actions={<AddSeparation choices={choices} refused={refusals.put} />}
      />
      {separations.length === 0 ? (
        <EmptyState title="No duties are separated" icon="split">
          A separation keeps roles apart, so that nobody does alone what two should do. For example: nobody both
          publishes policies and audits them.
        </EmptyState>
      ) : (
        <div className="grid gap-7 pb-6">
          {conflicts.length > 0 && (
            <Section title="Held together today" aside="nothing was taken away" className="sep">
              <ConflictTable conflicts={conflicts} />
            </Section>
          )}
          <Section title="Kept apart" className="sep">
            <SeparationTable {...{ separations, conflicts, choices, refusals, now }} />
          </Section>
        </div>
      )}
    </>
  );
}

function choicesOf(roles: readonly RoleSummary[]) {
  return roles.filter(({ retiredAt }) => retiredAt === null).map(({ name, title }) => ({ name, detail: title }));
}

function nowLine({ separations, conflicts }: SeparationList): string {
  const holders = new Set(conflicts.map(({ holder }) => holder.id)).size;
  if (holders > 0) return `${formatCount(holders)} ${holders === 1 ? "has" : "have"} together what is kept apart.`;
  if (separations.length === 0) return "Anybody may hold any roles together.";
  return `Nobody has together what ${plural(separations.length, "separation keeps", "separations keep")} apart.`;
}

function leadLine(separations: readonly Separation[]): string {
  return separations.length === 0
    ? "Who gives a role is asked for a reason, but no two roles exclude each other."
    : "A grant that would bring them together is refused, by whichever way it is given.";
}
