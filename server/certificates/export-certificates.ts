import { setImmediate } from "node:timers/promises";
import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import { csvLine } from "@/server/platform/csv";
import { facetsAt } from "./count-facets";
import { ExportCertificatesInput, type InventoryRow } from "./inventory-contract";
import type { Place } from "./inventory-order-model";
import { findPlaces, type Places } from "./inventory-places";
import { selectRows } from "./inventory-row-store";
import { selectCells } from "./inventory-store";

const BATCH = 500;

/** Rows that are looked at before others get their turn. */
const PATIENCE = 10_000;

const COLUMNS = [
  "serial",
  "name",
  "kind",
  "status",
  "authority",
  "profile",
  "sans",
  "key_algorithm",
  "fingerprint_sha256",
  "not_before",
  "not_after",
  "renew_after",
  "issued_at",
  "issued_by",
  "renews",
  "renewed_by",
  "revoked_at",
  "revocation_reason",
  "last_seen_at",
  "last_seen_address",
] as const;

/**
 * Exactly the certificates that a filter shows, in the order shown, as text in pieces: CSV (RFC 4180) whose cells no
 * spreadsheet runs as formulas, or a JSON object a line. Statuses are those of the moment at which it began. That it was
 * exported is in the audit log before the first piece.
 */
export async function exportCertificates(
  ctx: Context,
  input: ExportCertificatesInput,
): Promise<AsyncGenerator<string, void>> {
  const permit = await authorize(ctx, "certificate.export", { type: "Certificate", id: "*" });
  const wanted = ExportCertificatesInput.parse(input);
  const { filter, sort, format } = wanted;
  const now = ctx.now().getTime();
  const { total } = facetsAt(ctx.read, filter, now);
  await commit(permit, async () => ({
    value: undefined,
    event: {
      kind: "certificate.exported",
      detail: { filter, sort, format, certificates: total.isExact ? total.count : `at least ${total.count}` },
    },
  }));
  return write(ctx, wanted, now);
}

async function* write(ctx: Context, { filter, sort, format }: Wanted, now: number): AsyncGenerator<string, void> {
  if (format === "csv") yield csvLine(COLUMNS);
  const cells = selectCells(ctx.read);
  for (let from: Place | null = null; ; ) {
    const found: Places = findPlaces(ctx.read, cells, {
      filter,
      sort,
      now,
      from,
      direction: "next",
      limit: BATCH,
      patience: PATIENCE,
    });
    const rows = selectRows(
      ctx.read,
      found.places.map((place) => place.seq),
      now,
    );
    yield rows.map(format === "csv" ? csvOf : ndjsonOf).join("");
    if (!found.hasMore) return;
    from = found.end;
    await setImmediate();
  }
}

type Wanted = ReturnType<typeof ExportCertificatesInput.parse>;

function fieldsOf(row: InventoryRow): Record<(typeof COLUMNS)[number], string | readonly string[] | null> {
  return {
    serial: row.serial,
    name: row.name,
    kind: row.kind,
    status: row.status,
    authority: row.authorityName,
    profile: row.profileName,
    sans: row.sans,
    key_algorithm: row.keyAlgorithm,
    fingerprint_sha256: row.fingerprint,
    not_before: timeOf(row.notBefore),
    not_after: timeOf(row.notAfter),
    renew_after: timeOf(row.renewAfter),
    issued_at: timeOf(row.issuedAt),
    issued_by: row.issuedByName,
    renews: row.renews,
    renewed_by: row.renewedBy,
    revoked_at: timeOf(row.revokedAt),
    revocation_reason: row.revocationReason,
    last_seen_at: timeOf(row.lastSeenAt),
    last_seen_address: row.lastSeenAddress,
  };
}

function csvOf(row: InventoryRow): string {
  const fields = fieldsOf(row);
  return csvLine(
    COLUMNS.map((column) => {
      const value = fields[column];
      return typeof value === "string" || value === null ? value : value.join(" ");
    }),
  );
}

function ndjsonOf(row: InventoryRow): string {
  return `${JSON.stringify(fieldsOf(row))}\n`;
}

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
