import Link from "next/link";
import { Fragment } from "react";
import { formatCount } from "@/components/ui/format";
import { Cols, Table, TableFoot, Th, TwoLines } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Conflict, Separation } from "@/server/roles/contract";
import { roleHref } from "../role-address";
import { KIND_WORDS, type RoleChoice } from "./kind-words";
import { SeparationDeeds, type SeparationRefusals } from "./separation-deeds";

type Props = {
  readonly separations: readonly Separation[];
  readonly conflicts: readonly Conflict[];
  readonly choices: readonly RoleChoice[];
  readonly refusals: SeparationRefusals;
  readonly now: number;
};

/** The separations, one a row. */
export function SeparationTable({ separations, conflicts, choices, refusals, now }: Props) {
  return (
    <>
      <Table caption="Separations of duties" isStacked isStill>
        <Cols widths={[null, 320, { width: 280, className: "drop-wide" }, { width: 168, className: "drop-mid" }, 96]} />
        <thead>
          <tr>
            <Th>Separation</Th>
            <Th>Roles</Th>
            <Th className="drop-wide">Why</Th>
            <Th className="drop-mid">By</Th>
            <Th isHidden>What can be done</Th>
          </tr>
        </thead>
        <tbody>
          {separations.map((separation) => (
            <tr className="tall" key={separation.name}>
              <td className="name a-name wrap">
                <TwoLines first={separation.name} second={KIND_WORDS[separation.kind].word} />
              </td>
              <td className="a-more wrap">
                <Apart separation={separation} />
              </td>
              <td className="drop-wide wrap">{separation.reason}</td>
              <td className="drop-mid">
                <TwoLines
                  first={separation.updatedBy}
                  second={<Time at={separation.updatedAt} now={now} form="absolute" />}
                />
              </td>
              <td className="a-status sep__d">
                <SeparationDeeds
                  separation={separation}
                  conflicts={conflicts.filter((conflict) => conflict.separation === separation.name).length}
                  {...{ choices, refusals }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <TableFoot total={separations.length} noun="separation" />
    </>
  );
}

/** "at most 1 of a, b and c" */
function Apart({ separation: { roles, limit } }: { readonly separation: Separation }) {
  return (
    <>
      at most {formatCount(limit - 1)} of{" "}
      {roles.map((role, at) => (
        <Fragment key={role}>
          {at > 0 && ", "}
          <Link className="link mono t12" href={roleHref(role)}>
            {role}
          </Link>
        </Fragment>
      ))}
    </>
  );
}
