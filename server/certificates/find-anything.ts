import type { Context, ReadDatabase } from "@/server/kernel/context";
import { authorize } from "@/server/kernel/permit";
import { FindAnythingInput, type FoundThings, type InventoryRow } from "./inventory-contract";
import { readSearch, type SearchText } from "./inventory-query-model";
import { selectRows, selectRowsBySerial } from "./inventory-row-store";
import { findByFingerprint, findBySearch, prepareSearch } from "./inventory-search-store";
import { selectNames } from "./inventory-store";

/** Things a palette shows. */
const SHOWN = 8;

/** How many certificates with the text are ranked; the newest are. */
const RANKED = 200;

/** Digits below which a number is more likely part of a name than of a serial. */
const SERIAL_DIGITS = 4;

const KINDS = ["node", "service", "user"] as const;

/** What a pasted serial, fingerprint or name may mean: certificates and identities, the likeliest first. */
export async function findAnything(ctx: Context, input: FindAnythingInput): Promise<FoundThings> {
  await authorize(ctx, "certificate.list", { type: "Certificate", id: "*" });
  const search = readSearch(FindAnythingInput.parse(input).text);
  if (!search) return { certificates: [], identities: [] };
  const now = ctx.now().getTime();
  const found = new Map<string, FoundThings["certificates"][number]>();
  const add = (row: InventoryRow, matched: FoundThings["certificates"][number]["matched"]) => {
    if (found.has(row.serial)) return;
    const { serial, name, kind, status, notAfter } = row;
    found.set(serial, { serial, name, kind, status, notAfter, matched });
  };

  if (search.digits !== null && search.digits.length >= SERIAL_DIGITS) {
    for (const row of selectRowsBySerial(ctx.read, search.digits, now, SHOWN)) add(row, "serial");
    const seqs = findByFingerprint(ctx.read, search.digits, SHOWN);
    for (const row of selectRows(ctx.read, seqs, now)) add(row, "fingerprint");
  }
  for (const row of findByName(ctx.read, search, now))
    add(row, row.name.toLowerCase() === search.words ? "name" : "part");
  const identities = await Promise.all(KINDS.map((kind) => ctx.findIdentityByName(ctx.read, kind, search.words)));
  return {
    certificates: [...found.values()].slice(0, SHOWN),
    identities: identities
      .filter((identity) => identity !== undefined)
      .map(({ id, kind, name, state }) => ({ id, kind, name, state })),
  };
}

/** Whole names before beginnings before the rest, what is valid first, then the newest. */
function findByName(db: ReadDatabase, search: SearchText, now: number): InventoryRow[] {
  if (search.words.length < 2) return [];
  const { rows } = findBySearch(db, prepareSearch(db, search), RANKED, "newest");
  const rank = (name: string) => (name === search.words ? 0 : name.startsWith(search.words) ? 1 : 2);
  const isOver = (row: { fact: number; notAfter: number }) => (row.fact > 0 || row.notAfter <= now ? 1 : 0);
  const names = selectNames(
    db,
    rows.map((row) => row.seq),
  );
  const best = rows
    .map((row) => ({ seq: row.seq, rank: rank(names.get(row.seq)?.toLowerCase() ?? ""), isOver: isOver(row) }))
    .sort((a, b) => a.rank - b.rank || a.isOver - b.isOver || b.seq - a.seq)
    .slice(0, SHOWN);
  return selectRows(
    db,
    best.map((row) => row.seq),
    now,
  );
}
