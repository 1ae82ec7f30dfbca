import { Section } from "@/components/ui/page-head";
import { EmptyState } from "@/components/ui/state";
import type { KnownAction, RoleDetail } from "@/server/roles/contract";
import { layOut } from "../matrix";
import { ConditionList, PermissionList, PermissionMatrix } from "./permission-matrix";

type Props = { readonly role: RoleDetail; readonly actions: readonly KnownAction[]; readonly now: number };

/** What a role permits, its own and what it inherits. */
export function PermissionsView({ role, actions, now }: Props) {
  if (role.definition === null) return <OfTheProgram role={role} />;
  if (role.cells.length === 0) {
    return (
      <EmptyState title="It permits nothing yet" icon="shield">
        Whoever holds it can do nothing by it. Edit it, and choose what it permits.
      </EmptyState>
    );
  }
  const matrix = layOut(role.name, role.cells, actions);
  const shown = { role: role.name, matrix, usage: { uses: role.uses, now } };
  return (
    <>
      <div className="max-phone:hidden">
        <PermissionMatrix {...shown} />
        {matrix.conditions.length > 0 && (
          <Section title="Conditions" aside="as the table calls them" className="pad py-4">
            <ConditionList matrix={matrix} />
          </Section>
        )}
      </div>
      <div className="phone:hidden">
        <PermissionList {...shown} />
      </div>
    </>
  );
}

function OfTheProgram({ role: { policies } }: { readonly role: RoleDetail }) {
  return (
    <EmptyState title="Its policies are written by hand" icon="policy">
      It comes with the program and changes with it alone. What it permits is in its{" "}
      {policies.length === 1 ? "policy" : `${policies.length} policies`}, under Cedar.
    </EmptyState>
  );
}
