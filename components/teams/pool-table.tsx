import Link from "next/link";
import { ButtonLink } from "@/components/ui/button-link";
import { formatCount, plural } from "@/components/ui/format";
import { Icon } from "@/components/ui/icon";
import { Section } from "@/components/ui/page-head";
import { EmptyState } from "@/components/ui/state";
import { Cols, Table, Th } from "@/components/ui/table";
import { resourcesHref } from "@/components/resources/resource-address";
import type { Pool } from "./read-pools";
import { treeRows } from "./tree";
import { TreeName } from "./tree-name";

type Props = { readonly pools: readonly Pool[]; readonly total: number };

/** The pools as a tree, each with how much compute is in it. They are kept with the resources. */
export function PoolTable({ pools, total }: Props) {
  const all = resourcesHref({ text: "", type: "Pool" });
  if (pools.length === 0) {
    return (
      <EmptyState
        title="No pools yet"
        icon="inbox"
        actions={<ButtonLink href="/resources?add=1">Add a pool</ButtonLink>}
      >
        A pool is a resource of the type Pool. Compute that names it as a parent is in it, and roles may be given within
        it.
      </EmptyState>
    );
  }
  const aside = total > pools.length ? `the first ${pools.length} of ${formatCount(total)}` : "compute that is shared";
  return (
    <Section
      className="pad pt-6"
      title="Pools"
      aside={aside}
      end={
        <Link className="link" href={all}>
          All pools in resources
        </Link>
      }
    >
      <Table caption="Pools, each followed by those within it" isInset isStacked>
        <Cols widths={[null, 220, 192]} />
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Team</Th>
            <Th>Compute</Th>
          </tr>
        </thead>
        <tbody>
          {treeRows(pools).map(({ item: pool, depth }) => (
            <tr key={pool.id}>
              <td className="name a-name">
                <TreeName depth={depth} within={pool.parentId ?? undefined}>
                  <Link
                    className="row name"
                    href={resourcesHref({ text: "", type: "Pool", open: { type: "Pool", id: pool.id } })}
                  >
                    <Icon name="inbox" className="x3" />
                    <span className="cut">{pool.name}</span>
                  </Link>
                  {pool.others.length > 0 && <span className="x3 t12">also in {pool.others.join(", ")}</span>}
                </TreeName>
              </td>
              <td className={pool.team === null ? undefined : "a-more"}>
                {pool.team ?? <span className="x3">Everybody’s</span>}
              </td>
              <td className="a-status">
                {pool.computes === 0 ? (
                  <span className="x3">None</span>
                ) : (
                  <span>{plural(pool.computes, "compute resource")}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
