import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import { RevocationReason } from "./contract";
import { putOnCrl } from "./revoke";
import { countValid, validCertificatesOf } from "./store";

/** No identity has more valid certificates than this at once. */
const ALL = 1_000_000;

/** The `revokeCertificatesOf` port: revokes every valid certificate of an identity and answers their serials. */
export async function revokeCertificatesOf(
  tx: Transaction,
  identityId: string,
  reason: string,
  at: Date,
): Promise<string[]> {
  const parsed = RevocationReason.parse(reason);
  return validCertificatesOf(tx, identityId, at, ALL)
    .filter((row) => putOnCrl(tx, row, parsed, at))
    .map((row) => row.serial);
}

/** The `countValidCertificates` port: how many unexpired and unrevoked certificates an identity has. */
export async function countValidCertificates(db: ReadDatabase, identityId: string, at: Date): Promise<number> {
  return countValid(db, identityId, at);
}
