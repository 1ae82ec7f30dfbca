import { currentPermissions, Refused } from "@/components/shell/guard";
import { PageHead, Section } from "@/components/ui/page-head";
import { Cols, Table, Th } from "@/components/ui/table";
import { IMPORT_COLUMNS } from "@/server/identities/import-contract";
import { ImportForm } from "./import-form";

/** Many identities at once: the file is looked at first, then all of it is made or nothing. */
export async function ImportPage() {
  const reason = (await currentPermissions())["identity.create"];
  if (reason !== null) {
    return <Refused refused={{ action: "identity.create", reason: reason ?? "" }} doing="import identities" />;
  }
  return (
    <>
      <PageHead
        title="Import people, services and nodes"
        lead="The file is looked at first, and you see what is wrong with it. Then all of it is made, or nothing."
      />
      <div className="pad">
        <ImportForm />
      </div>
      <Section className="pad pt-6" title="The file" aside="CSV in UTF-8, columns in any order; what Export gives fits">
        <Table caption="Columns of the file" isInset isStacked isStill>
          <Cols widths={[140, null, { width: 260, className: "drop-narrow" }]} />
          <thead>
            <tr>
              <Th>Column</Th>
              <Th>What it says</Th>
              <Th className="drop-narrow">Such as</Th>
            </tr>
          </thead>
          <tbody>
            {IMPORT_COLUMNS.map((column) => (
              <tr key={column}>
                <td className="a-name mono">{column}</td>
                <td className="a-more wrap">{COLUMNS[column].says}</td>
                <td className="drop-narrow mono">{COLUMNS[column].example}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Section>
    </>
  );
}

const COLUMNS: Readonly<Record<(typeof IMPORT_COLUMNS)[number], { readonly says: string; readonly example: string }>> =
  {
    kind: { says: "What it is. Needed in every row.", example: "user, service or node" },
    name: {
      says: "Its name for ever, as certificates have it. People without one are named after their address.",
      example: "gpu-7.rack-3",
    },
    displayName: { says: "How lists show it.", example: "Noor Haddad" },
    email: { says: "Of people, and of nobody else. They sign in with it.", example: "noor@swarm.local" },
    team: { says: "The name of a team that there is.", example: "vision" },
    labels: { says: "Policies and grants may go by them.", example: "rack=3;zone=eu-north" },
  };
