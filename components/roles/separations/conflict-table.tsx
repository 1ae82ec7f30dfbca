import Link from "next/link";
import { identityHref, KINDS } from "@/components/identities/kinds";
import { Icon } from "@/components/ui/icon";
import { listWords } from "@/components/ui/format";
import { Cols, Table, Th } from "@/components/ui/table";
import type { Conflict } from "@/server/roles/contract";

/** Who has what a separation keeps apart: from before it was there. */
export function ConflictTable({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  return (
    <Table caption="Held together today" isStacked isStill>
      <Cols widths={[null, 360, { width: 320, className: "drop-narrow" }]} />
      <thead>
        <tr>
          <Th>Who</Th>
          <Th>Has</Th>
          <Th className="drop-narrow">Which is kept apart by</Th>
        </tr>
      </thead>
      <tbody>
        {conflicts.map(({ separation, holder, roles }) => (
          <tr key={`${separation} ${holder.id}`}>
            <td className="name a-name wrap">
              <Link className="row" href={identityHref(holder)}>
                <Icon name={KINDS[holder.kind].icon} className="x3" />
                <span>{holder.name}</span>
              </Link>
            </td>
            <td className="a-more wrap">
              <span className="row da-x">
                <Icon name="stop" size={14} />
                <span className="mono t12">{listWords(roles)}</span>
              </span>
            </td>
            <td className="drop-narrow a-when wrap">{separation}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
