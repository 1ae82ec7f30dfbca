import { Status } from "@/components/ui/badge";
import { formatCount, plural } from "@/components/ui/format";
import { Section } from "@/components/ui/page-head";
import { Table, TableScroll, Th } from "@/components/ui/table";
import type { GainsPage } from "@/server/policies/impact-contract";

type Props = {
  readonly identities: GainsPage["identities"];
  readonly asked: number;
  readonly of: number;
  readonly isRunning: boolean;
};

/** Rows that are shown; the others are counted. */
const SHOWN = 200;

/** What active identities could do from then on that they cannot do now, and the other way round. */
export function GainsTable({ identities, asked, of, isRunning }: Props) {
  const rows = identities.flatMap(({ type, id, differences }) =>
    differences.map((difference) => ({ who: `${type} ${id}`, ...difference })),
  );
  const isKnown = !isRunning && of > 0;
  return (
    <Section
      className="pad"
      title="What everybody gains and loses"
      aside={
        <span className="x3">{`${formatCount(asked)} of ${plural(of, "active identity", "active identities")} asked`}</span>
      }
    >
      {rows.length === 0 && isKnown && <p className="x2">Nobody can do more or less than now.</p>}
      {rows.length > 0 && (
        <TableScroll>
          <Table caption="What identities gain and lose" isInset isSmall isStacked>
            <thead>
              <tr>
                <Th>Who</Th>
                <Th>Change</Th>
                <Th>What</Th>
                <Th>On</Th>
                <Th>By</Th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, SHOWN).map((row) => (
                <tr key={[row.who, row.change, row.action, row.workload, row.resourceType, ...row.policies].join()}>
                  <td className="name a-name">{row.who}</td>
                  <td className="a-status">
                    <Status
                      tone={row.change === "gains" ? "warn" : "danger"}
                      icon={row.change === "gains" ? "plus" : "ban"}
                    >
                      {row.change === "gains" ? "Gains" : "Loses"}
                    </Status>
                  </td>
                  <td>
                    {row.action}
                    {row.workload !== null && <span className="x2"> ({row.workload})</span>}
                  </td>
                  <td>{placesOf(row)}</td>
                  <td className="a-more wrap">
                    <span className="block phone:hidden">
                      {row.action}
                      {row.workload !== null && ` (${row.workload})`} on {placesOf(row)}
                    </span>
                    {row.policies.join(", ") || <span className="x2">no policy permits it</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </TableScroll>
      )}
      {rows.length > SHOWN && <p className="x3 pt-2">and {plural(rows.length - SHOWN, "more")}</p>}
    </Section>
  );
}

function placesOf({ resourceType, resources, count }: GainsPage["identities"][number]["differences"][number]): string {
  if (resources.includes("*")) return `every ${resourceType}`;
  const more = count > resources.length ? ` and ${formatCount(count - resources.length)} more` : "";
  return `${resourceType} ${resources.join(", ")}${more}`;
}
