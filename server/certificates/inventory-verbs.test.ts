import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Transaction } from "@/server/kernel/context";
import { digitsOf, insertIdentity, insertParents, insertRow } from "@/server/testing/certificate-rows";
import { ANONYMOUS, processActor, testWorld, type World } from "@/server/testing/world";
import { catchUpSearch } from "./catch-up-search";
import { countByAuthority } from "./count-by-authority";
import { countByTeam } from "./count-by-team";
import { countFacets } from "./count-facets";
import { readExpiryCalendar } from "./expiry-calendar";
import { exportCertificates } from "./export-certificates";
import { findAnything } from "./find-anything";
import { readIssuanceHistory } from "./issuance-history";
import { listCertificates } from "./list-certificates";

const START = Date.parse("2026-03-12T14:32:00Z");
const HOUR = 3_600_000;

let world: World;
const write = (job: (tx: Transaction) => void) => world.runtime.database.writer.write(async (tx) => job(tx));

/** The n-th certificate, of a node. */
function keep(tx: Transaction, n: number, name: string, facts: { sans?: string[]; renewedBy?: string } = {}): void {
  insertRow(tx, {
    ...digitsOf(n),
    profileId: "prf_node",
    identityId: "idn_gpu",
    kind: "node",
    name,
    sans: facts.sans ?? [`uri:spiffe://swarm.local/node/${name}`],
    keyAlgorithm: "P-256",
    notBefore: START - HOUR,
    notAfter: START + 2 * HOUR,
    renewAfter: START + HOUR,
    issuedAt: START - (n % 3) * HOUR,
    renewedBy: facts.renewedBy ?? null,
    revokedAt: null,
  });
}

beforeAll(async () => {
  world = await testWorld({ startsAt: new Date(START) });
  await write((tx) => {
    insertParents(tx, [{ id: "prf_node", kind: "node" }]);
    insertIdentity(tx, "idn_gpu", "node", "gpu-7");
    keep(tx, 1, "gpu-7", { renewedBy: digitsOf(2).serial });
    keep(tx, 2, "gpu-7");
    keep(tx, 3, "gpu-77");
    keep(tx, 4, "old-gpu-7");
  });
});
afterAll(() => world.close());

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

describe("every look at the inventory", () => {
  it.each([
    ["a page", "certificate.list", () => listCertificates(world.as(ANONYMOUS), {})],
    ["counts", "certificate.list", () => countFacets(world.as(ANONYMOUS), {})],
    ["counts of teams", "certificate.list", () => countByTeam(world.as(ANONYMOUS), {})],
    ["counts of authorities", "certificate.list", () => countByAuthority(world.as(ANONYMOUS))],
    ["the calendar", "certificate.list", () => readExpiryCalendar(world.as(ANONYMOUS))],
    ["the history", "certificate.list", () => readIssuanceHistory(world.as(ANONYMOUS))],
    ["the palette", "certificate.list", () => findAnything(world.as(ANONYMOUS), { text: "gpu" })],
    ["an export", "certificate.export", () => exportCertificates(world.as(ANONYMOUS), {})],
  ])("is refused to nobody in particular, and leaves only the refusal: %s", async (_, action, look) => {
    world.forget();
    await expect(look()).rejects.toMatchObject({ code: "kernel.forbidden" });
    expect(world.trail()).toMatchObject([{ kind: "denied", action, outcome: "refused" }]);
  });

  it("leaves no entry when it is allowed, but for an export", async () => {
    world.forget();
    await listCertificates(world.ctx, {});
    await findAnything(world.ctx, { text: "gpu-7" });
    expect(world.trail()).toEqual([]);
    await exportCertificates(world.ctx, { filter: { status: ["renewed"] }, format: "csv" });
    expect(world.trail()).toMatchObject([
      { kind: "certificate.exported", detail: { certificates: 1, format: "csv", filter: { status: ["renewed"] } } },
    ]);
  });
});

describe("a cursor", () => {
  it.each(["", "x", "W10", Buffer.from('["worst","n",0,"name",1,1]').toString("base64url")])(
    "that was not made for this order is refused: %s",
    async (cursor) => {
      await expect(listCertificates(world.ctx, { cursor })).rejects.toMatchObject({ code: "inventory.bad_cursor" });
    },
  );

  it("does not lead into another order", async () => {
    const { next } = await listCertificates(world.ctx, { limit: 1 });
    await expect(listCertificates(world.ctx, { cursor: next ?? "", sort: "name" })).rejects.toMatchObject({
      code: "inventory.bad_cursor",
    });
  });
});

describe("the palette", () => {
  const { serial, fingerprint } = digitsOf(3);

  it.each([
    ["a serial", serial],
    ["a serial with colons in capitals", serial.toUpperCase().replace(/(..)(?=.)/g, "$1:")],
    ["a serial with 0x", `0x${serial}`],
    ["the beginning of a serial", serial.slice(0, 9)],
    ["a fingerprint", fingerprint],
    ["the beginning of a fingerprint", fingerprint.slice(0, 9)],
    ["a fingerprint as openssl prints it", fingerprint.toUpperCase().replace(/(..)(?=.)/g, "$1:")],
    ["digits from the middle", fingerprint.slice(11, 24)],
  ])("finds by %s", async (_, text) => {
    const { certificates } = await findAnything(world.ctx, { text });
    expect(certificates.map((found) => found.serial)).toEqual([serial]);
  });

  it("puts the whole name before its beginning and its end, what counts before what is over, and names the identity", async () => {
    const { certificates, identities } = await findAnything(world.ctx, { text: "GPU-7" });
    const expected = [2, 1, 3, 4].map((n) => digitsOf(n).serial);
    expect(certificates.map((found) => found.serial)).toEqual(expected);
    expect(identities).toMatchObject([{ kind: "node", name: "gpu-7" }]);
  });

  it.each(["nothing", "%", "gpu_7", '"', "*", "gpu-7 OR gpu-77", "\u0000"])(
    "takes %j for text and nothing else",
    async (text) => {
      expect(await findAnything(world.ctx, { text })).toEqual({ certificates: [], identities: [] });
    },
  );
});

describe("an export", () => {
  let next = 1_000;

  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\rx", `"'\rx"`],
    ['a"b', '"a""b"'],
    ["a,b", '"a,b"'],
    ["a\nb", '"a\nb"'],
    ["1=1", "1=1"],
  ])("writes a name %j so that no spreadsheet runs it", async (name, cell) => {
    next += 1;
    const n = next;
    await write((tx) => keep(tx, n, name, { sans: [] }));
    const text = await textOf(await exportCertificates(world.ctx, { filter: { query: digitsOf(n).serial } }));
    const [head, ...rows] = text.split("\r\n");
    expect(head).toMatch(/^serial,name,kind,status,/);
    expect(rows.join("\r\n").startsWith(`${digitsOf(n).serial},${cell},node,active,node authority,node,,P-256,`)).toBe(
      true,
    );
  });

  it("has every field in its lines of JSON, and times as ISO 8601", async () => {
    const { serial } = digitsOf(1);
    const text = await textOf(await exportCertificates(world.ctx, { filter: { query: serial }, format: "ndjson" }));
    expect(JSON.parse(text)).toMatchObject({
      serial,
      status: "renewed",
      sans: ["uri:spiffe://swarm.local/node/gpu-7"],
      not_after: "2026-03-12T16:32:00.000Z",
      renewed_by: digitsOf(2).serial,
      revoked_at: null,
    });
  });
});

describe("the search indexes", () => {
  const job = () => world.as(processActor("catch-up-search"));

  it("are left alone while few certificates wait, then brought up to date with an entry each time", async () => {
    expect(await catchUpSearch(job())).toMatchObject({ indexed: 0 });
    await write((tx) => {
      for (let n = 5_000; n < 6_200; n += 1) keep(tx, n, `cpu-${n}`);
    });
    world.forget();
    const { indexed, waiting } = await catchUpSearch(job());
    expect(indexed).toBeGreaterThan(1_200);
    expect(waiting).toBe(0);
    expect(world.trail().map((entry) => entry.kind)).toEqual(new Array(3).fill("certificate.search_indexed"));
  });

  it("are not an auditor's to write", async () => {
    await write((tx) => {
      for (let n = 7_000; n < 8_000; n += 1) keep(tx, n, `cpu-${n}`);
    });
    await expect(catchUpSearch(world.as({ roles: ["auditor"] }))).rejects.toMatchObject({ code: "kernel.forbidden" });
  });
});

describe("what was issued", () => {
  it("is counted by the hour", async () => {
    const { hours } = await readIssuanceHistory(world.ctx);
    expect(hours).toHaveLength(48);
    expect(hours.at(-1)).toMatchObject({ from: Date.parse("2026-03-12T14:00:00Z") });
    const { total } = await countFacets(world.ctx, {});
    expect(hours.reduce((sum, hour) => sum + hour.issued, 0)).toBe(total.count);
  });

  it.each([
    "UPDATE certificates SET not_after = not_after + 1",
    "UPDATE certificates SET name = 'x'",
    "DELETE FROM certificates",
  ])("stays as it was signed: %s", async (sql) => {
    await expect(write((tx) => void tx.statement(sql).run())).rejects.toThrow(/does not change|stays in the inventory/);
  });
});
