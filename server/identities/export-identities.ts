import type { Context } from "@/server/kernel/context";
import { authorize, commit } from "@/server/kernel/permit";
import { csvLine } from "@/server/platform/csv";
import { IdentityKind } from "./contract";
import { type ExportIdentitiesInput, IMPORT_COLUMNS } from "./import-contract";
import { writeLabels } from "./import-rows";
import { type IdentityRow, listIdentityRows } from "./store";

const BATCH = 500;

/**
 * The people, services and nodes that a list shows, by kind and name, in batches. That they were exported is in the log
 * before the first.
 */
export async function exportIdentities(
  ctx: Context,
  input: ExportIdentitiesInput,
): Promise<AsyncGenerator<readonly IdentityRow[], void>> {
  const { kind, teamId } = input;
  // What is exported is what a list shows: it needs no right of its own.
  const permit = await authorize(ctx, "identity.list", { type: "Identity", id: "*", kind, teamId });
  await commit(permit, async () => ({
    value: undefined,
    event: { kind: "identities.exported", detail: { ...input } },
  }));
  return read(ctx, input);
}

async function* read(ctx: Context, { kind, ...filter }: ExportIdentitiesInput) {
  for (const each of kind ? [kind] : IdentityKind.options) {
    for (let after: string | undefined; ; ) {
      const rows = await listIdentityRows(ctx.read, { ...filter, kind: each }, after, BATCH);
      if (rows.length === 0) break;
      yield rows;
      after = rows.at(-1)?.name;
    }
  }
}

/** The same as CSV that `importIdentities` reads, in pieces. */
export async function exportIdentitiesCsv(
  ctx: Context,
  input: ExportIdentitiesInput,
): Promise<AsyncGenerator<string, void>> {
  return write(await exportIdentities(ctx, input));
}

async function* write(batches: AsyncGenerator<readonly IdentityRow[], void>) {
  yield csvLine(IMPORT_COLUMNS);
  for await (const rows of batches) yield rows.map((row) => csvLine(cellsOf(row))).join("");
}

function cellsOf({ kind, name, displayName, email, teamName, labels }: IdentityRow): (string | null)[] {
  return [kind, name, displayName, email, teamName, writeLabels(labels)];
}
