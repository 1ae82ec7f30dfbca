import { hash } from "node:crypto";
import canonicalize from "canonicalize";
import type { EntryDraft, Transaction } from "@/server/kernel/context";
import { entryOf } from "./model";
import { insertEntry } from "./store";

/**
 * Appends one entry: its RFC 8785 canonical JSON, and the SHA-256 of those bytes as its leaf hash. Part of every commit.
 */
export async function appendAudit(tx: Transaction, draft: EntryDraft): Promise<void> {
  const entry = entryOf(draft);
  const canonical = canonicalize(entry);
  if (canonical === undefined) throw new Error("an audit entry must be JSON");
  insertEntry(tx, entry, draft.at, canonical, hash("sha256", canonical, "buffer"));
}
