import type { ReadDatabase } from "@/server/kernel/context";
import type { AuthoritySummary } from "./authority-contract";
import { countMatrix } from "./inventory-count-store";
import { ALWAYS, STATUSES } from "./inventory-model";
import { selectCells } from "./inventory-store";

/** How much each authority has issued, by its id; those that issued nothing are not in it. */
export type IssuedCounts = ReadonlyMap<string, AuthoritySummary["counts"]>;

/** Counts what each authority issued from the tallies of the inventory, without a look at every certificate. */
export function countIssued(db: ReadDatabase, at: Date): IssuedCounts {
  const cells = selectCells(db);
  const matrix = countMatrix(db, cells, ALWAYS, at.getTime());
  const counts = new Map<string, { issued: number; valid: number; revoked: number }>();
  for (const { id, authorityId } of cells) {
    const entry = counts.get(authorityId) ?? { issued: 0, valid: 0, revoked: 0 };
    for (const [index, status] of STATUSES.entries()) {
      const count = matrix.get(id)?.[index] ?? 0;
      entry.issued += count;
      if (status === "revoked") entry.revoked += count;
      else if (status !== "expired") entry.valid += count;
    }
    counts.set(authorityId, entry);
  }
  return counts;
}
