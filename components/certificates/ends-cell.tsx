import { formatFull } from "@/components/ui/format";
import { Expiry } from "@/components/ui/lifeline";
import { Time } from "@/components/ui/time";
import type { InventoryRow } from "@/server/certificates/inventory-contract";
import { lifeTone, reasonWords } from "./words";

/** When it ends over its lifeline; for a revoked one, when that was and why. */
export function EndsCell({ row, now }: { readonly row: InventoryRow; readonly now: number }) {
  const { notBefore, notAfter, renewAfter, revokedAt, revocationReason, status } = row;
  if (revokedAt !== null) {
    return (
      <span title={`${formatFull(revokedAt)}: ${reasonWords(revocationReason)}`}>
        <span className="x3">Revoked</span> <Time at={revokedAt} now={now} form="absolute" />
      </span>
    );
  }
  return <Expiry start={notBefore} end={notAfter} renewAt={renewAfter} now={now} tone={lifeTone(status)} />;
}
