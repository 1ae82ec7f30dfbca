import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enrollAll, fetchCrl, Ledger, Renewer, watchCrl } from "./load";
import { LATEST, Site } from "./site";
import { must, shownSerial } from "./tools";

const ROUNDS = 50;
const RENEWERS = 6;
const TOKENS = 12;
/** Answers after which a round ends: from so many to nearly twice as many. */
const ANSWERS = 10;
/** What an audit entry of an issuance looks like. */
const ISSUING = "kind IN ('certificate.issued', 'certificate.renewed') AND outcome = 'done'";

describe(`after ${ROUNDS} rounds of kill -9 while certificates are issued and revoked`, () => {
  const ledger = new Ledger();
  let site: Site;
  let database: Sqlite.Database;

  beforeAll(async () => {
    site = await Site.start();
    const csr = await readFile((await site.request("late")).csr, "utf8");
    const tokens: string[] = [];
    for (let count = 0; count < TOKENS; count++) tokens.push(await site.token(`late-${count}`));
    const renewers: Renewer[] = [];
    for (let count = 0; count < RENEWERS; count++) {
      renewers.push(new Renewer(site, await site.enroll(`gpu-${count}`), ledger));
    }

    for (let round = 0; round < ROUNDS; round++) {
      await site.product.start(["gateway"]);
      const answers = ANSWERS + ((round * 7) % ANSWERS);
      await killUnderLoad(answers, (onAnswer) => [
        ...renewers.map((renewer) => renewer.run(onAnswer)),
        enrollAll(site, tokens.splice(0, round % 4 === 0 ? 1 : 0), csr, ledger),
        watchCrl(site, ledger),
      ]);
    }
    await site.product.start(["gateway"]);
    database = new Sqlite(join(site.product.dataDir, "swarm.db"), { readonly: true });
  }, 600_000);
  afterAll(async () => {
    database?.close();
    await site?.remove();
  });

  /** Kills the gateway once so many renewals were answered; the others are under way then. */
  async function killUnderLoad(answers: number, begin: (onAnswer: () => void) => Promise<void>[]): Promise<void> {
    let left = answers;
    let load: Promise<unknown> = Promise.resolve();
    const enough = new Promise<void>((resolve) => {
      load = Promise.all(
        begin(() => {
          if (--left === 0) resolve();
        }),
      ).finally(resolve);
    });
    await enough;
    await site.product.kill("gateway");
    await load;
    if (left > 0) throw new Error(`the load ended by itself:\n${ledger.refusals.join("\n")}`);
  }

  it("the load was real: hundreds of certificates, dozens of revocations and of CRLs, and nobody was refused", () => {
    expect(ledger.certificates.length).toBeGreaterThan(ROUNDS * ANSWERS);
    expect(ledger.revoked.length).toBeGreaterThan(ROUNDS);
    expect(ledger.crls.length).toBeGreaterThan(ROUNDS / 2);
    expect(ledger.refusals).toEqual([]);
  });

  it("every answered certificate has its row and its one audit entry", () => {
    const row = database.prepare("SELECT serial, name, fingerprint, renews FROM certificates WHERE serial = ?");
    const entries = database.prepare(`SELECT count(*) FROM audit_entries WHERE object_id = ? AND ${ISSUING}`).pluck();
    expect(ledger.certificates.map(({ serial }) => row.get(serial))).toEqual(ledger.certificates);
    expect(ledger.certificates.filter(({ serial }) => entries.get(serial) !== 1)).toEqual([]);
  });

  it("no row is without its audit entry, and no entry without its row: they land together", () => {
    const strays = database.prepare(`
      SELECT serial FROM certificates WHERE serial NOT IN (SELECT object_id FROM audit_entries WHERE ${ISSUING})
      UNION ALL
      SELECT object_id FROM audit_entries WHERE ${ISSUING} AND object_id NOT IN (SELECT serial FROM certificates)
    `);
    expect(strays.all()).toEqual([]);
  });

  it("every answered revocation is in the inventory, in the audit log and on the CRL", async () => {
    const revoked = database.prepare("SELECT revoked_at IS NOT NULL FROM certificates WHERE serial = ?").pluck();
    const entries = database
      .prepare(
        "SELECT count(*) FROM audit_entries WHERE object_id = ? AND outcome = 'done' AND kind = 'certificate.revoked'",
      )
      .pluck();
    const missing = ledger.revoked.filter((serial) => revoked.get(serial) !== 1 || entries.get(serial) !== 1);
    expect(missing).toEqual([]);

    const unlisted = async () => {
      const listed = await showCrl((await fetchCrl(site)) ?? Buffer.alloc(0), "-text");
      return ledger.revoked.filter((serial) => !listed.includes(`Serial Number: ${shownSerial(serial)}\n`));
    };
    await expect.poll(unlisted, LATEST).toEqual([]);
    ledger.see((await fetchCrl(site)) ?? Buffer.alloc(0));
  });

  it("no CRL number went back, and none stood on two different CRLs", async () => {
    const numbers: number[] = [];
    for (const crl of ledger.crls) {
      const [, number] = /^crlNumber=(0x[0-9A-F]+)$/.exec((await showCrl(crl, "-crlnumber")).trim()) ?? [];
      numbers.push(Number(number));
    }
    expect(numbers.filter((number) => !(number > 0))).toEqual([]);
    expect(numbers.filter((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0))).toEqual([]);
  });

  it("the audit log has no gap, each entry its hash, and the database is whole", () => {
    const entries = database.prepare("SELECT seq, canonical, leaf_hash FROM audit_entries ORDER BY seq").all() as {
      seq: number;
      canonical: string;
      leaf_hash: Buffer;
    }[];
    expect(entries.filter(({ seq }, index) => seq !== index + 1)).toEqual([]);
    const hash = (text: string) => createHash("sha256").update(text).digest();
    expect(entries.filter(({ canonical, leaf_hash }) => !hash(canonical).equals(leaf_hash))).toEqual([]);
    expect(database.pragma("integrity_check")).toEqual([{ integrity_check: "ok" }]);
    expect(database.pragma("foreign_key_check")).toEqual([]);
  });

  it("no honest machine was taken for a thief: answers that were lost were given again", () => {
    expect(database.prepare("SELECT name FROM identities WHERE state <> 'active'").all()).toEqual([]);
    expect(database.prepare("SELECT count(*) FROM alerts").pluck().get()).toBe(0);
  });

  async function showCrl(der: Buffer, what: string): Promise<string> {
    const file = site.file("seen.crl");
    await writeFile(file, der);
    return must("openssl", ["crl", "-inform", "der", "-in", file, "-noout", what]);
  }
});
