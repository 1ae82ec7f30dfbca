import { sentence } from "@/components/rpc/failure";
import { formatCount } from "@/components/ui/format";
import { Cols, Table, TableFoot, Th } from "@/components/ui/table";
import type { ImportProblem } from "@/server/identities/import-contract";

/** So many are drawn; who has more mends these first, or asks the terminal for all of them. */
const MOST = 200;

/** What is wrong with a file, by row and column as a spreadsheet counts them. */
export function ProblemTable({ problems }: { readonly problems: readonly ImportProblem[] }) {
  const shown = problems.slice(0, MOST);
  return (
    <div>
      <Table caption="What is wrong with the file, by row" isInset isStacked isStill>
        <Cols widths={[90, 140, null]} />
        <thead>
          <tr>
            <Th>Row</Th>
            <Th>Column</Th>
            <Th>Problem</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, column, message }) => (
            <tr key={`${row} ${column} ${message}`}>
              <td className="a-name">
                <span className="phone:hidden">Row </span>
                {formatCount(row)}
              </td>
              <td className="a-status mono">{column ?? <span className="x3">All</span>}</td>
              <td className="a-more wrap">{sentence(message)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <TableFoot
        total={problems.length}
        shown={problems.length > MOST ? `The first ${MOST}` : undefined}
        noun="problem"
        hint="The head is row 1."
      />
    </div>
  );
}
