import { Status } from "@/components/ui/badge";
import { plural } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import type { RoleDetail } from "@/server/roles/contract";
import type { MatrixRow } from "../matrix";

/** When what a role permits was used by it. */
export interface Usage {
  readonly uses: RoleDetail["uses"];
  readonly now: number;
}

const LONG_AGO_MS = 90 * 24 * 60 * 60 * 1_000;

/** When an action was last used by the role itself; what it only inherits is counted where it comes from. */
export function LastUsed({ row: { action, isOwn, from }, usage: { uses, now } }: LastUsedProps) {
  if (!isOwn) return <span className="x3">Counted with {from.join(", ")}</span>;
  const use = uses.find((one) => one.action === action);
  if (!use?.lastAt) return <Status tone="warn">Never in 90 days</Status>;
  if (use.lastAt.getTime() < now - LONG_AGO_MS) {
    return (
      <Status tone="warn">
        Not in 90 days, last <Time at={use.lastAt} now={now} form="absolute" />
      </Status>
    );
  }
  return (
    <>
      <Time at={use.lastAt} now={now} form="relative" />
      <span className="x3">, {plural(use.decisions, "time")}</span>
    </>
  );
}

type LastUsedProps = { readonly row: MatrixRow; readonly usage: Usage };
