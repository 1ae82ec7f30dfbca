import { hash } from "node:crypto";
import { canonicalJson } from "@/server/engines/jcs/canonical-json";
import type { EntryDraft, Transaction } from "@/server/kernel/context";
import { entryOf } from "./model";
import { insertEntry } from "./store";

/**
 * Appends one entry: its RFC 8785 canonical JSON, and the SHA-256 of those bytes as its leaf hash. Part of every commit.
 */
export async function appendAudit(tx: Transaction, draft: EntryDraft): Promise<void> {
  const entry = entryOf(draft);
  const canonical = canonicalJson(entry);
  insertEntry(tx, entry, {
    at: draft.at,
    objectKey: draft.object.key ?? null,
    canonical,
    leafHash: hash("sha256", canonical, "buffer"),
  });
}
