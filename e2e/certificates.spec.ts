import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { run } from "./machines/tools";
import { readFrom } from "./rpc";

test.describe.configure({ timeout: 180_000 });
test.use({ data: "demo" });

const rows = (page: Page) => page.locator("tr[data-row]");
const foot = (page: Page) => page.locator(".foot");

test("an admin sees what breaks first, narrows the list, and the address holds every filter", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/certificates");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/ends? within 24 h and will not renew by/);
  await expect(rows(page).first()).toContainText("Late");

  const services = page.getByRole("navigation", { name: "Filters" }).getByRole("link", { name: /^Service \d/ });
  const count = (await services.locator(".n").innerText()).trim();
  await services.click();
  await expect(page).toHaveURL("/certificates?kind=service");
  await expect(foot(page)).toContainText(`${count} certificates`);
  await expect(rows(page)).toHaveCount(Number(count));

  const [serial] = await serialsOf(page, { kind: ["service"] });
  await page.getByRole("searchbox", { name: "Search certificates" }).fill((serial ?? "").slice(6, 22).toUpperCase());
  await expect(page).toHaveURL(/\/certificates\?q=[0-9A-F]{16}&kind=service$/);
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole("searchbox", { name: "Search certificates" })).toBeFocused();
  await page.reload();
  await expect(rows(page)).toHaveCount(1);

  await page.getByRole("link", { name: "Remove the filter kind" }).click();
  await expect(page).toHaveURL(/\/certificates\?q=[0-9A-F]{16}$/);
  await page
    .getByRole("link", { name: /^Revoked/ })
    .first()
    .click();
  await expect(page).toHaveURL("/certificates?status=revoked");
  await expect(rows(page).first()).toContainText("Revoked");
});

test("a team lead narrows the list to her team, and finds as many as it is said to have", async ({
  deskOf,
  demoPerson,
}) => {
  const page = await deskOf(demoPerson("mara"));
  await page.goto("/certificates");
  const facets = page.getByRole("navigation", { name: "Filters" });
  const team = facets.getByRole("link", { name: /^vision \d/ });
  const count = (await team.locator(".n").innerText()).trim();
  expect(Number(count)).toBeGreaterThan(10);
  await team.click();
  await expect(page).toHaveURL(/\/certificates\?team=tem_/);
  await expect(page.getByRole("link", { name: "Remove the filter team" })).toBeVisible();
  await expect(foot(page)).toContainText(`of ${count}`);
  const late = facets.getByRole("link", { name: /^Late \d/ });
  const lateOnes = Number(await late.locator(".n").innerText());
  await late.click();
  await expect(rows(page)).toHaveCount(lateOnes);
  await expect(facets.getByRole("link", { name: /^vision/ }).locator(".n")).toHaveText(String(lateOnes));
});

test("a long list is read to its end, while only the rows in sight are drawn", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/certificates?sort=name");
  const { total } = await readFrom<{ total: { count: number } }>(page, "inventory.facets", { filter: {} });
  expect(total.count).toBeGreaterThan(200);
  await expect(page.getByRole("table")).toHaveAttribute("aria-rowcount", String(total.count + 1));

  const scroller = page.getByRole("region", { name: "Certificates" });
  await expect(async () => {
    await scroller.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await expect(rows(page).last()).toHaveAttribute("aria-rowindex", String(total.count + 1), { timeout: 200 });
  }).toPass();
  expect(await rows(page).count()).toBeLessThan(80);
  await expect(foot(page)).toContainText(`${total.count} certificates`);

  await page.getByRole("link", { name: "Name", exact: true }).click();
  await expect(page).toHaveURL("/certificates?sort=-name");
  await expect.poll(() => scroller.evaluate((box) => box.scrollTop)).toBe(0);
  await expect(rows(page).first()).toHaveAttribute("aria-rowindex", "2");
});

test("the way to the next page is an address of its own", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/certificates");
  const first = await rows(page).first().innerText();
  const next = await page.getByRole("link", { name: "Load 100 more" }).getAttribute("href");
  await page.goto(next ?? "");
  await expect(foot(page)).toContainText("from here on");
  expect(await rows(page).first().innerText()).not.toBe(first);
  await page.getByRole("link", { name: "First page" }).click();
  await expect(page).toHaveURL("/certificates");
  await expect(rows(page).first()).toContainText("Late");
});

test("columns are chosen once and kept; name, status and end cannot go", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/certificates");
  await page.getByRole("button", { name: "Columns" }).click();
  for (const name of ["Name", "Status", "Ends"]) {
    await expect(page.getByRole("menuitemcheckbox", { name: `${name} always` })).toBeDisabled();
  }
  await page.getByRole("menuitemcheckbox", { name: "Fingerprint" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Kind" }).click();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Fingerprint" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Kind" })).toHaveCount(0);
});

test("an auditor exports exactly what is shown", async ({ deskOf, demoPerson }) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/certificates?status=revoked&sort=name");
  await page.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^NDJSON/ }).click(),
  ]);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\n");
  const exported = lines.map((line) => JSON.parse(line).serial as string);
  expect(exported).toEqual(await serialsOf(page, { status: ["revoked"] }, "name"));
});

test("by the keyboard an admin chooses certificates, learns what revoking them stops, and keeps or revokes them", async ({
  deskOf,
}) => {
  const page = await deskOf();
  await page.goto("/certificates?status=active&kind=service&sort=ends");
  await goToFirstRow(page);
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  const bar = page.getByRole("toolbar", { name: "Chosen rows" });
  await expect(bar).toContainText("2 selected");

  await bar.getByRole("button", { name: "Revoke…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("is cut off at once; no newer certificate exists");
  await expect(dialog.getByRole("button", { name: "Keep certificates" })).toBeFocused();
  await expect(dialog.getByRole("button", { name: "Revoke 2" })).toBeDisabled();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(bar).toContainText("2 selected");

  const [first, second] = await serialsOf(page, { status: ["active"], kind: ["service"] }, "ends");
  await bar.getByRole("button", { name: "Revoke…" }).click();
  await dialog.getByLabel("Reason").selectOption("superseded");
  await dialog.getByLabel("Type the number to confirm").fill("2");
  await dialog.getByRole("button", { name: "Revoke 2" }).click();
  await expect(page.getByText("2 certificates revoked")).toBeVisible();
  await expect(bar).toBeHidden();

  for (const serial of [first, second]) {
    await page.goto(`/certificates/${serial}`);
    await expect(page.getByText("It is revoked.")).toBeVisible();
    await expect(page.getByText("another certificate took its place", { exact: false }).first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Revoke…" })).toHaveAttribute("aria-disabled", "true");
  }
});

test("a certificate says in words what it is, leads to those before it, and openssl agrees", async ({ deskOf }) => {
  const page = await deskOf();
  const { rows: found } = await readFrom<{ rows: { serial: string; renews: string | null }[] }>(
    page,
    "inventory.list",
    {
      filter: { status: ["active"], kind: ["node"] },
    },
  );
  const renewed = found.find(({ renews }) => renews !== null);
  await page.goto(`/certificates/${renewed?.serial}`);
  await expect(page.getByText(/may not sign certificates/)).toBeVisible();
  await expect(page.getByRole("list", { name: "Chain of trust, from the root" }).getByRole("listitem")).toHaveCount(3);

  const folder = await mkdtemp(join(tmpdir(), "swarm-proof-"));
  try {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "PEM", exact: true }).click(),
    ]);
    await file.saveAs(join(folder, file.suggestedFilename()));
    const line = await page.locator("pre", { hasText: "openssl x509" }).innerText();
    const { stdout } = await run("bash", ["-c", line], { cwd: folder });
    await expect(page.locator("pre", { hasText: "sha256 Fingerprint=" })).toHaveText(stdout.trim());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }

  await page
    .getByRole("table", { name: /^Generations/ })
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByText("Another certificate took its place.").or(page.getByText("It ended"))).toBeVisible();
});

test("a key is made in the browser, only its request leaves the page, and key and certificate fit", async ({
  deskOf,
}) => {
  const page = await deskOf();
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  await page.goto("/certificates/new?profile=node&name=edge-cam-9");
  await page.getByLabel("More names").fill("edge-cam-9.swarm.local\ndb.example.com");
  await page.getByRole("button", { name: "Show what will be signed" }).click();
  await expect(page.getByText("SAN db.example.com is outside *.swarm.local")).toBeVisible();
  await expect(page.getByRole("button", { name: "Issue certificate" })).toHaveCount(0);

  await page.getByLabel("More names").fill("edge-cam-9.swarm.local");
  await page.getByRole("button", { name: "Show what will be signed" }).click();
  await expect(page.getByText("This can be issued.")).toBeVisible();
  await page.getByRole("button", { name: "Issue certificate" }).click();
  await expect(page.getByText("The private key exists only in this page.")).toBeVisible();

  const folder = await mkdtemp(join(tmpdir(), "swarm-issue-"));
  try {
    for (const name of ["Save the private key", "Certificate and chain"]) {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name, exact: true }).click(),
      ]);
      await file.saveAs(join(folder, file.suggestedFilename()));
    }
    await expect(page.getByText("You have saved the private key.")).toBeVisible();
    const lines = await page.locator("pre", { hasText: "openssl pkey" }).innerText();
    const { stdout } = await run("bash", ["-c", lines], { cwd: folder });
    const [ofCertificate, ofKey] = stdout.trim().split("\n");
    expect(ofCertificate).toBe(ofKey);

    const key = await readFile(join(folder, "edge-cam-9.key"), "utf8");
    const secret = key.split("\n")[1] ?? "";
    expect(secret.length).toBeGreaterThan(40);
    expect(sent.some((body) => body.includes("CERTIFICATE REQUEST"))).toBe(true);
    expect(sent.filter((body) => body.includes(secret) || body.includes("PRIVATE KEY"))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a request made by openssl is pasted, shown in words, issued, and given a name by itself", async ({ deskOf }) => {
  const page = await deskOf();
  const folder = await mkdtemp(join(tmpdir(), "swarm-csr-"));
  try {
    const names = "subjectAltName=DNS:edge-cam-10.swarm.local";
    const made = await run(
      "openssl",
      ["req", "-new", "-newkey", "ed25519", "-nodes", "-keyout", "k.pem", "-subj", "/CN=edge-cam-10", "-addext", names],
      { cwd: folder },
    );
    await page.goto("/certificates/new");
    await page.getByRole("radio", { name: /^I have a certificate request/ }).check();
    await page.getByRole("textbox", { name: "Certificate request" }).fill(made.stdout);
    await page.getByRole("button", { name: "Show what will be signed" }).click();
    await expect(page.getByText("It makes node edge-cam-10 known.")).toBeVisible();
    await page.getByRole("button", { name: "Issue certificate" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The certificate of edge-cam-10 is issued.");
    await page.getByRole("link", { name: "See the certificate" }).click();
    await expect(page.getByText("spiffe://swarm.local/node/edge-cam-10").first()).toBeVisible();
    await expect(page.getByText("Ed25519").first()).toBeVisible();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("an auditor sees why they may not issue or revoke", async ({ deskOf, demoPerson }) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/certificates/new");
  await expect(page.getByText("You may not issue certificates")).toBeVisible();
  await expect(page.getByText("An auditor reads and changes nothing.")).toBeVisible();
  await page.goto("/certificates");
  await goToFirstRow(page);
  await page.keyboard.press("x");
  const revoke = page.getByRole("toolbar", { name: "Chosen rows" }).getByRole("button", { name: "Revoke…" });
  await expect(revoke).toHaveAccessibleDescription(/An auditor reads and changes nothing/);
});

/** The first `j` may come before the page listens. */
async function goToFirstRow(page: Page): Promise<void> {
  await expect(async () => {
    if ((await page.locator("tr.cur").count()) === 0) await page.keyboard.press("j");
    await expect(rows(page).first()).toHaveClass(/cur/, { timeout: 500 });
  }).toPass();
}

async function serialsOf(page: Page, filter: object, sort = "worst"): Promise<string[]> {
  const found = await readFrom<{ rows: { serial: string }[] }>(page, "inventory.list", { filter, sort });
  return found.rows.map(({ serial }) => serial);
}
