import Link from "next/link";
import { Icon } from "@/components/ui/icon";
import { Columns, Section } from "@/components/ui/page-head";
import type { RoleDetail, RoleSummary } from "@/server/roles/contract";
import { roleHref } from "../role-address";
import { holderWords } from "../words";

type Props = { readonly role: RoleDetail; readonly roles: readonly RoleSummary[] };

/** What a role has from others, and which have it in them. */
export function InheritanceView({ role, roles }: Props) {
  const further = [...new Set(role.cells.map(({ from }) => from))].filter(
    (from) => from !== role.name && !role.inherits.includes(from),
  );
  return (
    <Columns>
      <Section title="It inherits" aside="whoever holds it has these, too">
        <RoleLinks
          names={role.inherits}
          roles={roles}
          nothing="Nothing. It permits what it names itself, and no more."
        />
        {further.length > 0 && (
          <div className="grid gap-2 pt-4">
            <p className="x2">And by those:</p>
            <RoleLinks names={further} roles={roles} nothing="" />
          </div>
        )}
      </Section>
      <Section title="Inherit it" aside="a change of it changes these">
        <RoleLinks names={role.inheritedBy} roles={roles} nothing="No other role." />
      </Section>
    </Columns>
  );
}

type LinksProps = {
  readonly names: readonly string[];
  readonly roles: readonly RoleSummary[];
  readonly nothing: string;
};

function RoleLinks({ names, roles, nothing }: LinksProps) {
  if (names.length === 0) return <p className="x3 topline py-2">{nothing}</p>;
  return (
    <ul className="rlinks topline">
      {names.map((name) => {
        const role = roles.find((one) => one.name === name);
        return (
          <li key={name}>
            <Icon name="shield" className="x3" />
            <span className="min-w-0">
              <Link className="link w5" href={roleHref(name)}>
                {role?.title ?? name}
              </Link>
              <span className="mono x3 t12"> {name}</span>
              {role && <span className="block x2 t12">{holderWords(role.holders) || "Held by nobody"}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
