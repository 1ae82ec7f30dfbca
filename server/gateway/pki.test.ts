import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAuthorities } from "@/server/certificates/authorities";
import { revokeCertificate } from "@/server/certificates/revoke";
import { parseCrl } from "@/server/engines/x509/crl-reader";
import { ask, enrollMachine, fetchPki, type Site, startSite } from "@/server/testing/site";

describe("the PKI port", () => {
  let site: Site;
  let slugs: { slug: string; role: string }[];
  beforeAll(async () => {
    site = await startSite();
    slugs = (await listAuthorities(site.world.ctx)).authorities.map(({ slug, role }) => ({ slug, role }));
    await eventually(async () => (await fetchPki(site, "/health")).status === 200);
  });
  afterAll(() => site.close());

  it("serves the CRL of every authority, and openssl reads it", async () => {
    expect(slugs.length).toBe(4);
    for (const { slug } of slugs) {
      const answer = await fetchPki(site, `/crl/${slug}.crl`);
      expect(answer).toMatchObject({ status: 200, headers: { "content-type": "application/pkix-crl" } });
      expect(answer.headers["cache-control"]).toMatch(/^public, max-age=\d+, must-revalidate$/);
      expect(answer.headers["content-length"]).toBe(String(answer.bytes.length));
      const said = execFileSync("openssl", ["crl", "-inform", "DER", "-noout", "-crlnumber"], { input: answer.bytes });
      expect(said.toString()).toMatch(/crlNumber=/i);
    }
  });

  it("serves every authority's certificate, and the anchors in one file", async () => {
    for (const { slug, role } of slugs) {
      const answer = await fetchPki(site, `/ca/${slug}.cer`);
      expect(answer).toMatchObject({ status: 200, headers: { "content-type": "application/pkix-cert" } });
      const certificate = new X509Certificate(answer.bytes);
      expect(certificate.ca).toBe(true);
      expect(certificate.checkIssued(certificate)).toBe(role === "root");
    }
    const bundle = await fetchPki(site, "/ca/bundle.pem");
    expect(bundle).toMatchObject({ status: 200, headers: { "content-type": "application/x-pem-file" } });
    expect(bundle.bytes.toString()).toBe(site.ca);
    expect(site.ca.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
  });

  it("sends nothing twice, and to HEAD nothing at all", async () => {
    for (const path of [`/crl/${slugs[0]?.slug}.crl`, `/ca/${slugs[0]?.slug}.cer`, "/ca/bundle.pem"]) {
      const first = await fetchPki(site, path);
      const tag = String(first.headers.etag);
      expect(tag).toMatch(/^"[^"]+"$/);
      const again = await fetchPki(site, path, { headers: { "if-none-match": tag } });
      expect(again).toMatchObject({ status: 304, headers: { etag: tag } });
      expect(again.bytes).toHaveLength(0);
      const head = await fetchPki(site, path, { method: "HEAD" });
      expect(head).toMatchObject({ status: 200, headers: { "content-length": String(first.bytes.length) } });
      expect(head.bytes).toHaveLength(0);
    }
  });

  it.each([
    ["/crl/nobody.crl", "GET", 404],
    ["/ca/nobody.cer", "GET", 404],
    ["/crl/", "GET", 404],
    ["/v1/whoami", "GET", 404],
    ["/ca/bundle.pem", "POST", 405],
    ["/ca/bundle.pem", "DELETE", 405],
  ])("%s by %s is %i", async (path, method, status) => {
    const answer = await fetchPki(site, path, { method });
    expect(answer).toMatchObject({ status, json: { status } });
  });

  it("names a revoked certificate soon, under a higher number and another tag", async () => {
    const machine = await enrollMachine(site, "gpu-crl");
    const slug = slugs.find(({ role }) => role === "node")?.slug;
    const before = await fetchPki(site, `/crl/${slug}.crl`);
    const number = parseCrl(before.bytes).number ?? 0n;

    await revokeCertificate(site.world.ctx, { serial: machine.serial, reason: "keyCompromise" });
    await eventually(async () =>
      parseCrl((await fetchPki(site, `/crl/${slug}.crl`)).bytes).entries.some(
        ({ serial }) => serial === machine.serial,
      ),
    );

    const after = await fetchPki(site, `/crl/${slug}.crl`);
    expect(parseCrl(after.bytes).number).toBeGreaterThan(number);
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });
});

describe("health", () => {
  it("is good on both ports when everything is fresh, and says which thing is not", async () => {
    const site = await startSite();
    await eventually(async () => (await fetchPki(site, "/health")).status === 200);
    expect(await ask(site, "/health")).toMatchObject({
      status: 200,
      json: { status: "ok", checks: { database: { ok: true }, keys: { ok: true }, crls: { ok: true } } },
    });
    await site.close();
  });

  it("is bad when a CRL is past its next update", async () => {
    const site = await startSite();
    await eventually(async () => (await fetchPki(site, "/health")).status === 200);
    await site.stopJobs();
    site.world.clock.advance(30 * 24 * 3_600_000);
    expect(await fetchPki(site, "/health")).toMatchObject({
      status: 503,
      json: { code: "gateway.unhealthy", checks: { database: { ok: true }, keys: { ok: true }, crls: { ok: false } } },
      headers: { "content-type": "application/problem+json" },
    });
    await site.close();
  });
});

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  const latest = performance.now() + 5_000;
  while (!(await isSo())) {
    if (performance.now() > latest) throw new Error("it did not happen within 5 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
