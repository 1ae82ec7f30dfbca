import type { Context } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { type InventoryPage, ListCertificatesInput } from "./inventory-contract";
import { type Cursor, readCursor, writeCursor } from "./inventory-cursor";
import type { Place } from "./inventory-order-model";
import { CANDIDATES, findPlaces } from "./inventory-places";
import { selectRows } from "./inventory-row-store";
import { selectCells } from "./inventory-store";

/** How many rows may be looked at for a text that nearly every row or hardly any has. */
const PATIENCE = 3_000;

/** How long the pages of one walk are told by the time of its first page. */
const WALK_MS = 3_600_000;

/**
 * A page of the inventory. Its cost does not depend on where in the order it lies.
 *
 * @throws {BadCursor} when the cursor belongs to another order.
 */
export async function listCertificates(
  ctx: Context,
  input: ListCertificatesInput,
  candidates = CANDIDATES,
): Promise<InventoryPage> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  const { filter, sort, cursor, limit } = ListCertificatesInput.parse(input);
  const now = ctx.now().getTime();
  const at = cursor === undefined ? undefined : readCursor(cursor, sort);
  const asOf = at && at.asOf <= now && now - at.asOf < WALK_MS ? at.asOf : now;
  const direction = at?.direction ?? "next";

  const found = findPlaces(ctx.read, selectCells(ctx.read), {
    filter,
    sort,
    now: asOf,
    from: at?.place ?? null,
    direction,
    limit,
    patience: PATIENCE,
    candidates,
  });
  const write = (way: Cursor["direction"], place: Place | null | undefined) =>
    place ? writeCursor({ sort, direction: way, place, asOf }) : null;
  const further = found.hasMore ? found.end : null;
  const back = at ? ((direction === "next" ? found.places.at(0) : found.places.at(-1)) ?? at.place) : null;
  return {
    rows: selectRows(
      ctx.read,
      found.places.map((place) => place.seq),
      now,
    ),
    next: write("next", direction === "next" ? further : back),
    previous: write("previous", direction === "next" ? back : further),
    isPartial: found.isPartial,
    now,
  };
}
