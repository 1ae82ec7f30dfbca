import { cache } from "react";
import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { Page } from "@/components/shell/page";
import { whyNot } from "@/components/shell/refusal";
import { Badge } from "@/components/ui/badge";
import { Note } from "@/components/ui/note";
import { PageHead } from "@/components/ui/page-head";
import { Tabs } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import type { GrantPage } from "@/server/roles/grant-contract";
import type { KnownAction, RoleDetail, RoleSummary } from "@/server/roles/contract";
import { countHolders, roleHref, type RoleView } from "../role-address";
import { CedarView } from "./cedar-view";
import { HistoryView } from "./history-view";
import { HoldersView } from "./holders-view";
import { InheritanceView } from "./inheritance-view";
import { PermissionsView } from "./permissions-view";
import { RoleDeeds } from "./role-deeds";

/** The list that roles stand in, in the way to them. */
export const ROLES_PLACE = { label: "Roles", href: "/roles" };

const readRole = cache((name: string) =>
  readPage(async (caller) => ({
    role: await caller.roles.get({ name }),
    roles: (await caller.roles.list()).roles,
    actions: await caller.roles.actions(),
  })),
);

/** The title of the page. */
export async function roleTitle(name: string): Promise<string> {
  const read = await readRole(name);
  return read.value ? `Role ${read.value.role.title}` : "Not allowed";
}

type Props = { readonly name: string; readonly view: RoleView };

/** One role: what it permits, who has it, what it is in Cedar, and what it was. */
export async function RolePage({ name, view }: Props) {
  const now = Date.now();
  const read = await readRole(name);
  if (read.refused) {
    return (
      <Page crumbs={[ROLES_PLACE, { label: "Not allowed" }]}>
        <Refused refused={read.refused} doing="see this role" />
      </Page>
    );
  }
  const { role, roles, actions } = read.value;
  const permissions = await currentPermissions();
  return (
    <Page crumbs={[ROLES_PLACE, { label: role.title }]}>
      <PageHead
        title={role.title}
        badge={<RoleBadge role={role} />}
        lead={<Lead role={role} now={now} />}
        actions={
          <RoleDeeds
            role={role}
            refusals={{
              create: whyNot(permissions, "role.create"),
              update: whyNot(permissions, "role.update"),
              retire: whyNot(permissions, "role.retire"),
            }}
          />
        }
      />
      <RoleNotes role={role} now={now} />
      <Tabs label="About this role" items={tabsOf(role, view)} />
      <View {...{ view, role, roles, actions, now }} />
    </Page>
  );
}

function RoleBadge({ role: { origin, retiredAt, version } }: { readonly role: RoleDetail }) {
  if (retiredAt) return <Badge tone="neutral">Retired</Badge>;
  if (origin === "built-in") return <Badge tone="neutral">Built in</Badge>;
  return (
    <Badge tone="ok">
      In force, <span className="lowercase">{version}</span>
    </Badge>
  );
}

function Lead({ role: { name, description, changedAt }, now }: { readonly role: RoleDetail; readonly now: number }) {
  return (
    <>
      <span className="mono">{name}</span>
      {changedAt && (
        <span className="x3">
          {" "}
          changed <Time at={changedAt} now={now} />
        </span>
      )}
      {description && <p>{description}</p>}
    </>
  );
}

function RoleNotes({ role: { origin, retiredAt }, now }: { readonly role: RoleDetail; readonly now: number }) {
  return (
    <div className="pad grid gap-3 pb-4 empty:hidden">
      {origin === "built-in" && (
        <Note tone="neutral" title="It comes with the program.">
          It changes with the program alone. To permit less or something else, make a role of your own.
        </Note>
      )}
      {retiredAt && (
        <Note tone="neutral" title="Retired, and does not come back.">
          Its grants ended <Time at={retiredAt} now={now} />. Its name stays taken; copy it to a new role.
        </Note>
      )}
    </div>
  );
}

function tabsOf(role: RoleDetail, view: RoleView) {
  const tab = (name: RoleView, label: string, count?: number) => ({
    ...{ label, href: roleHref(role.name, name), isCurrent: view === name },
    ...(count !== undefined && { count }),
  });
  return [
    tab("permissions", "Permissions"),
    tab("holders", "Who has it", countHolders(role)),
    tab("inheritance", "Inheritance", role.inherits.length + role.inheritedBy.length),
    tab("cedar", "Cedar", role.policies.length),
    tab("history", "History", role.history.length),
  ];
}

type ViewProps = {
  readonly view: RoleView;
  readonly role: RoleDetail;
  readonly roles: readonly RoleSummary[];
  readonly actions: readonly KnownAction[];
  readonly now: number;
};

async function View({ view, role, roles, actions, now }: ViewProps) {
  switch (view) {
    case "permissions":
      return <PermissionsView role={role} actions={actions} now={now} />;
    case "holders":
      return <Holders name={role.name} now={now} />;
    case "inheritance":
      return <InheritanceView role={role} roles={roles} />;
    case "cedar":
      return <CedarView role={role} />;
    case "history":
      return <HistoryView history={role.history} now={now} />;
  }
}

async function Holders({ name, now }: { readonly name: string; readonly now: number }) {
  const read = await readPage((caller): Promise<GrantPage> => caller.grants.list({ role: name, limit: 500 }));
  if (read.refused) return <Refused refused={read.refused} doing="see who holds it" />;
  return <HoldersView grants={read.value} now={now} />;
}
