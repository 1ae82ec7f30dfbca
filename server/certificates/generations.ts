import type { ReadDatabase } from "@/server/kernel/context";
import type { CertificateDetail } from "./contract";
import { type CertificateRow, countOlderGenerations, findCertificate, summaryOf } from "./store";

type Generation = CertificateDetail["generations"][number];

/** How many generations are shown to each side of a certificate. */
const EACH_SIDE = 10;

/** A certificate among those that it renews and that renew it, oldest first, and how many older ones are not shown. */
export function generationsOf(
  db: ReadDatabase,
  row: CertificateRow,
  now: Date,
): { shown: Generation[]; older: number } {
  const before = walk(db, row, (generation) => generation.renews).reverse();
  const after = walk(db, row, (generation) => generation.renewed_by);
  const shown = [...before, row, ...after].map((generation) => {
    const { serial, notBefore, notAfter, renewAfter, issuedAt, issuedByName, status } = summaryOf(generation, now);
    const isThis = serial === row.serial;
    return { serial, notBefore, notAfter, renewAfter, issuedAt, issuedByName, status, isThis };
  });
  const oldest = before[0] ?? row;
  return { shown, older: oldest.renews === null ? 0 : countOlderGenerations(db, oldest.serial) };
}

function walk(
  db: ReadDatabase,
  from: CertificateRow,
  nextOf: (row: CertificateRow) => string | null,
): CertificateRow[] {
  const found: CertificateRow[] = [];
  let serial = nextOf(from);
  while (serial !== null && found.length < EACH_SIDE) {
    const row = findCertificate(db, serial);
    if (!row) break;
    found.push(row);
    serial = nextOf(row);
  }
  return found;
}
