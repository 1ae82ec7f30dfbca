import { currentPermissions, readPage, Refused } from "@/components/shell/guard";
import { whyNot } from "@/components/shell/refusal";
import { ButtonLink } from "@/components/ui/button-link";
import { plural } from "@/components/ui/format";
import { PageHead } from "@/components/ui/page-head";
import { EmptyState } from "@/components/ui/state";
import type { Hierarchy } from "@/server/certificates/authority-contract";
import { AuthorityGraph } from "./authority-graph";
import { AuthorityTable } from "./authority-table";
import { KeyProtection } from "./key-protection";
import { nowLine } from "./words";

/** The hierarchy: drawn, as a table, and what protects its keys. */
export async function AuthoritiesPage() {
  const now = Date.now();
  const read = await readPage((caller) => caller.authorities.list());
  if (read.refused) return <Refused refused={read.refused} doing="see the authorities" />;

  const hierarchy = read.value;
  const { authorities, bundleUrl } = hierarchy;
  if (authorities.length === 0) {
    return (
      <EmptyState title="There are no authorities yet" icon="ca" level={1}>
        The setup makes a root and one issuing authority for nodes, services and people each.
      </EmptyState>
    );
  }
  const permissions = await currentPermissions();
  return (
    <>
      <PageHead
        title={nowLine(hierarchy)}
        lead={leadLine(hierarchy)}
        actions={
          <ButtonLink href={bundleUrl} icon="load" isExternal download="bundle.pem">
            Trust bundle
          </ButtonLink>
        }
      />
      <div className="pad grid gap-7 pb-8">
        <AuthorityGraph
          authorities={authorities.map(({ id, slug, name, role, parentId, keyAlgorithm, notAfter, status, crl }) => ({
            ...{ id, slug, name, role, parentId, keyAlgorithm, status },
            ends: notAfter.getTime(),
            crl: crl?.state ?? "late",
          }))}
          now={now}
        />
        <AuthorityTable
          authorities={authorities}
          now={now}
          publishRefused={whyNot(permissions, "authority.publish_crl")}
        />
        <KeyProtection protection={hierarchy.keyProtection} />
      </div>
    </>
  );
}

function leadLine({ authorities }: Hierarchy): string {
  const issuing = authorities.filter(({ role }) => role !== "root");
  const valid = issuing.reduce((sum, { counts }) => sum + counts.valid, 0);
  return `One root signs ${plural(issuing.length, "issuing authority", "issuing authorities")}; ${plural(valid, "certificate of theirs is", "certificates of theirs are")} valid now.`;
}
