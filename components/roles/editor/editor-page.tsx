import { type Caller, currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/state";
import type { Permissions, RoleDetail } from "@/server/roles/contract";
import { ROLES_PLACE } from "../page/role-page";
import { roleHref } from "../role-address";
import { copyOf, draftOf } from "./draft";
import { RoleEditor } from "./role-editor";
import type { EditorGround } from "./role-fields";

/** A role that is not there yet: empty, or a copy of `from`. */
export async function NewRolePage({ from }: { readonly from: string | undefined }) {
  const permissions = await currentPermissions();
  const reason = permissions["role.create"];
  if (reason !== null) return <NotAllowed reason={reason} doing="make roles" />;
  const read = await readPage(async (caller) => ({
    copied: from === undefined ? null : (await caller.roles.get({ name: from })).definition,
    ground: await readGround(caller, permissions),
  }));
  if (read.refused) return <NotAllowed reason={read.refused.reason} doing="make roles" />;
  const { copied, ground } = read.value;
  return (
    <Page crumbs={[ROLES_PLACE, { label: "New role" }]}>
      <RoleEditor key={from} existing={null} start={copied ? copyOf(copied) : draftOf("", null)} ground={ground} />
    </Page>
  );
}

/** A role that is changed. */
export async function EditRolePage({ name }: { readonly name: string }) {
  const permissions = await currentPermissions();
  const reason = permissions["role.update"];
  if (reason !== null) return <NotAllowed reason={reason} doing="change roles" />;
  const read = await readPage(async (caller) => ({
    role: await caller.roles.get({ name }),
    ground: await readGround(caller, permissions),
  }));
  if (read.refused) return <NotAllowed reason={read.refused.reason} doing="change roles" />;
  const { role, ground } = read.value;
  const crumbs = [ROLES_PLACE, { label: role.title, href: roleHref(name) }, { label: "Edit" }];
  return (
    <Page crumbs={crumbs}>
      {role.definition === null || role.retiredAt !== null ? (
        <CannotChange role={role} />
      ) : (
        <RoleEditor key={name} existing={role} start={draftOf(name, role.definition)} ground={ground} />
      )}
    </Page>
  );
}

function CannotChange({ role: { name, title, retiredAt } }: { readonly role: RoleDetail }) {
  return (
    <EmptyState
      level={1}
      icon="lock"
      title={`${title} cannot be changed`}
      actions={<ButtonLink href={roleHref(name)}>Look at the role</ButtonLink>}
    >
      {retiredAt ? "It is retired, and does not come back." : "It comes with the program, and changes with it alone."}
    </EmptyState>
  );
}

function NotAllowed({ reason, doing }: { readonly reason: string | undefined; readonly doing: string }) {
  return (
    <Page crumbs={[ROLES_PLACE, { label: "Not allowed" }]}>
      <Refused refused={{ action: "", reason: reason ?? "no policy allows it" }} doing={doing} />
    </Page>
  );
}

/** What there is to choose from; what the person may not list is typed. */
async function readGround(caller: Caller, permissions: Permissions): Promise<EditorGround> {
  const mayList = (action: string) => permissions[action] === null;
  const [{ roles }, actions, teams, pools, computes] = await Promise.all([
    caller.roles.list(),
    caller.roles.actions(),
    mayList("team.list") ? caller.teams.list() : [],
    mayList("resource.list") ? caller.resources.list({ type: "Pool", limit: 200 }) : null,
    mayList("resource.list") ? caller.resources.list({ type: "Compute", limit: 200 }) : null,
  ]);
  const regions = (computes?.items ?? []).flatMap(({ attributes: { region } }) =>
    typeof region === "string" ? [region] : [],
  );
  return {
    ...{ actions, roles },
    names: {
      teams: teams.map(({ name }) => name),
      pools: (pools?.items ?? []).map(({ id }) => id),
      regions: [...new Set(regions)].sort(),
      roles: roles.filter(({ retiredAt }) => retiredAt === null).map(({ name, title }) => ({ name, title })),
    },
  };
}
