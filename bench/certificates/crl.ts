import { randomBytes } from "node:crypto";
import { findAuthority } from "@/server/certificates/authority-store";
import { insertCrlEntry } from "@/server/certificates/crl-store";
import { publishCrl } from "@/server/certificates/publish-crl";
import { encodeCrlEntry } from "@/server/engines/x509/crl";
import { toHex } from "@/server/engines/x509/hex";
import { atMost, informs, type Report } from "../lib/figures";
import { type Ground, openGround } from "../lib/ground";
import { percentile, timeOf } from "../lib/measure";

const BAR_MS = 150;
const ENTRIES = 100_000;
const ROUNDS = 25;
const DAY = 86_400_000;

/** A CRL of 100,000 entries, published again through the verb after one more revocation: built, linted, signed, committed. */
export async function benchCrl(report: Report): Promise<void> {
  const ground = await openGround();
  try {
    await addEntries(ground, ENTRIES);
    const publish = () => publishCrl(ground.jobs, { authority: "nodes" });
    const first = await timeOf(publish);
    const times: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      await addEntries(ground, 1);
      const publishing = async () => {
        if ((await publish()).entryCount !== ENTRIES + round) throw new Error("every entry is on the CRL");
      };
      times.push(await timeOf(publishing));
    }
    report.note(`one more revocation before each of ${ROUNDS}; the first, after a start, also reads every entry`);
    report.add(
      atMost(1, "CRL of 100,000 entries re-signed, p95", percentile(times, 0.95), BAR_MS, "ms"),
      informs("CRL of 100,000 entries, the first after a start", first, BAR_MS, "ms"),
    );
  } finally {
    ground.close();
  }
}

async function addEntries({ runtime, jobs }: Ground, count: number): Promise<void> {
  const authority = findAuthority(jobs.read, "nodes");
  if (!authority) throw new Error("there is no authority for nodes");
  const revokedAt = new Date();
  const notAfter = revokedAt.getTime() + DAY;
  const writing: Promise<void>[] = [];
  for (let from = 0; from < count; from += 50) {
    const write = runtime.database.writer.write(async (tx) => {
      for (let n = from; n < Math.min(count, from + 50); n += 1) {
        const serial = randomBytes(16);
        const der = encodeCrlEntry({ serial, revokedAt, reason: "keyCompromise" });
        insertCrlEntry(tx, { authorityId: authority.id, serial: toHex(serial), notAfter, der });
      }
    });
    writing.push(write);
  }
  await Promise.all(writing);
}
