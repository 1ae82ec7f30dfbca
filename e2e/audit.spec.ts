import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { readFrom } from "./rpc";

test.use({ data: "demo" });

const PAGE = 100;

test("an auditor narrows the log to what was refused, to one node, and goes back", async ({ deskOf, demoPerson }) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/audit");
  const refused = page.getByRole("link", { name: /^Refused \d+$/ });
  const count = Number(/\d+$/.exec((await refused.textContent()) ?? "")?.[0]);
  expect(count).toBeGreaterThan(3);
  await refused.click();
  await expect(page).toHaveURL("/audit?outcome=refused");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${count} refusals in what is shown.`);
  await expect(rowsOf(page)).toHaveCount(Math.min(count, PAGE));
  await expect(rowsOf(page).filter({ hasNotText: "Refused" })).toHaveCount(0);

  await page.getByRole("searchbox", { name: "Search the audit log" }).fill("gpu-h100-ams-07");
  await expect(page).toHaveURL("/audit?q=gpu-h100-ams-07&outcome=refused");
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(`${count} refusals in what is shown.`);
  await expect(rowsOf(page).first()).toBeVisible();
  await expect(rowsOf(page).filter({ hasNotText: "gpu-h100-ams-07" })).toHaveCount(0);

  await page.getByRole("searchbox", { name: "Search the audit log" }).fill("nothing of the kind");
  await expect(page.getByText("No event fits")).toBeVisible();
  await page.getByRole("link", { name: "Show the whole log" }).click();
  await expect(rowsOf(page)).toHaveCount(PAGE);
});

test("an auditor reads on from page to page, and misses and repeats nothing", async ({ deskOf, demoPerson }) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/audit?outcome=done");
  const seen: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await expect(rowsOf(page)).toHaveCount(PAGE);
    seen.push(...(await eventsOf(page)));
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL(`/audit?outcome=done&before=${seen.at(-1)}`);
    await expect(rowsOf(page).getByRole("link").first()).not.toHaveAttribute(
      "href",
      new RegExp(`event=${seen.at(-PAGE)}`),
    );
  }
  const { rows } = await readFrom<{ rows: { seq: number }[] }>(page, "audit.list", { outcome: "done" });
  expect(seen.slice(0, PAGE)).toEqual(rows.map(({ seq }) => seq));
  expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => b - a));

  await page.getByRole("link", { name: "Previous page" }).click();
  await expect(page).toHaveURL("/audit?outcome=done");
});

test("an auditor opens an entry, sees its hash checked, and closes it with Escape", async ({ deskOf, demoPerson }) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/audit?kind=certificate.revoked");
  await rowsOf(page).filter({ hasText: "Priya Nair" }).getByRole("link").first().click();
  await expect(page).toHaveURL(/&event=\d+$/);
  const entry = page.getByRole("complementary", { name: /^Event \d+$/ });
  await expect(entry.getByText("This entry is what was written")).toBeVisible();
  await expect(entry.getByRole("heading", { name: "Why it was allowed" })).toBeVisible();

  const canonical = await entry.locator("pre").innerText();
  await expect(entry.getByTitle(sha256(canonical))).toBeVisible();
  expect(JSON.parse(canonical)).toMatchObject({ kind: "certificate.revoked", action: "certificate.revoke" });

  await page.keyboard.press("Escape");
  await expect(entry).toBeHidden();
  await expect(page).toHaveURL("/audit?kind=certificate.revoked");
});

test("an entry that was changed on its way to the browser is called out", async ({ deskOf, demoPerson }) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/audit?kind=certificate.revoked");
  const [event] = await eventsOf(page);
  await page.route(/\/audit\?event=[^&]+$/, async (route) => {
    const answer = await route.fetch();
    const body = await answer.text();
    await route.fulfill({ response: answer, body: body.replaceAll("certificate.revoked\\", "certificate.renewed\\") });
  });
  await page.goto(`/audit?event=${event}`);
  await expect(page.getByText("This entry is not what its leaf hash says")).toBeVisible();
});

test("an auditor exports what is shown, and every line hashes to the leaf hash of its entry", async ({
  deskOf,
  demoPerson,
}) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/audit?outcome=refused");
  const shown = (await eventsOf(page)).toReversed();
  await page.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^NDJSON/ }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.ndjson$/);
  const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\n");
  expect(lines).toHaveLength(shown.length);
  for (const [index, line] of lines.entries()) {
    const { leafHash } = await readFrom<{ leafHash: string }>(page, "audit.get", { seq: shown[index] });
    expect(sha256(line), line).toBe(leafHash);
  }

  await page.goto("/audit");
  await expect(rowsOf(page).first()).toContainText("exported the audit log");
});

test("a team lead is told why the log is not for them, and whom to ask", async ({ deskOf, demoPerson }) => {
  const page = await deskOf(demoPerson("mara"));
  await page.goto("/audit");
  await expect(page.getByRole("heading", { name: "You may not read the audit log" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(/Ask .*Priya Nair/);
  await expect(page.getByRole("main")).toContainText("audit.list");
});

function rowsOf(page: Page) {
  return page.getByRole("table", { name: "Audit log, newest first" }).locator("tbody tr");
}

/** The numbers of the entries shown, as their links carry them. */
async function eventsOf(page: Page): Promise<number[]> {
  await expect(rowsOf(page).first()).toBeVisible();
  const links = await rowsOf(page).getByRole("link").all();
  const hrefs = await Promise.all(links.map((link) => link.getAttribute("href")));
  return hrefs.map((href) => Number(/event=(\d+)/.exec(href ?? "")?.[1]));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
