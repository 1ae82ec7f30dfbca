import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { askToRun, NODE, numberOf, OTHER, test } from "./asked";
import { expect } from "./fixtures";
import { expectAccessible } from "./steps";

test.use({ data: "demo" });

const TRAINING = { kind: "training", sensitivity: "confidential" };

test("an auditor follows decisions live, and has one explained", async ({ deskOf, demoPerson, site }) => {
  const machine = await site.enroll(NODE);
  const first = await askToRun(site, machine, NODE, TRAINING);
  expect(first).toMatchObject({ json: { decision: true } });
  const asked = numberOf(first);

  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/");
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expect(page).toHaveURL("/decisions", { timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(timesAsked(asked));
  await expect(rowsOf(page).first()).toHaveText(/Allowed.*gpu-h100-fra-01.*training.*nodes-run-workloads/);
  await page.getByRole("switch", { name: "Live" }).check();
  await expect(page).toHaveURL("/decisions?live=1");

  expect(await askToRun(site, machine, OTHER)).toMatchObject({ json: { decision: false } });
  await expect(rowsOf(page).first()).toHaveText(/Denied.*gpu-h100-ams-07Compute.*no policy permits it/);

  // Nothing moves under the pointer.
  await rowsOf(page).nth(1).hover();
  await askToRun(site, machine, NODE);
  await expect(page.getByText("1 new decision", { exact: true })).toBeVisible();
  await expect(rowsOf(page).first()).toHaveText(/Denied/);
  await page.getByRole("button", { name: "Show it" }).click();
  await expect(rowsOf(page).first()).toHaveText(/Allowed/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(timesAsked(asked + 2));
  await expectAccessible(page);

  await rowsOf(page).nth(1).getByRole("link").first().click();
  await expect(page).toHaveURL(`/decisions?live=1&decision=${asked + 1}`);
  const panel = panelOf(page, asked + 1);
  await expect(panel).toContainText(`Node ${NODE} was denied workload.run on Compute ${OTHER}.`);
  await expect(panel.getByRole("heading", { name: `Compute ${OTHER}` })).toBeVisible();
  await panel.getByRole("button", { name: "Explain" }).click();
  await expect(panel.getByText("Decided again, it is the same.")).toBeVisible();
  await expect(panel.getByText("No policy permits it.")).toBeVisible();
  const why = panel
    .getByRole("list", { name: "Policies that did not decide" })
    .getByRole("listitem")
    .filter({ hasText: "nodes-run-workloads" });
  await expect(why).toContainText("Does not permit");
  await expect(why).toContainText("principal.provider == resource.provider");
  await expect(why).toContainText(/principal\.provider was Provider::"[a-z-]+"/);
  await expectAccessible(page);

  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page).toHaveURL("/decisions?live=1");
});

test("an auditor has a decision explained by the policies of its own time, after others came into force", async ({
  deskOf,
  demoPerson,
  site,
}) => {
  const machine = await site.enroll(NODE);
  const answer = await askToRun(site, machine, NODE, TRAINING);
  const { epoch } = answer.json["context"] as { epoch: number };
  await site.swarm(["policy", "rollback", "0", "--note", "Nothing runs while the fire alarm rings"]);
  expect(await askToRun(site, machine, NODE, TRAINING)).toMatchObject({
    json: { decision: false, context: { epoch: epoch + 1 } },
  });

  const page = await deskOf(demoPerson("tomas"));
  await page.goto(`/decisions?decision=${numberOf(answer)}`);
  const panel = panelOf(page, numberOf(answer));
  await panel.getByRole("button", { name: "Explain" }).click();
  await expect(panel).toContainText(`The policies of epoch ${epoch} say allowed, by the same policies.`);
  await expect(panel.getByRole("list", { name: "Policies that decided" })).toContainText("Permitted it");
  await panel.getByRole("link", { name: String(epoch), exact: true }).click();
  await expect(page).toHaveURL(`/policies/history?from=${epoch - 1}&to=${epoch}`);
});

test("an auditor narrows the decisions by column, and exports exactly those", async ({ deskOf, demoPerson, site }) => {
  const machine = await site.enroll(NODE);
  for (const on of [OTHER, "not-registered"]) await askToRun(site, machine, on);
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/decisions");
  await page.getByRole("link", { name: "Denied", exact: true }).click();
  await expect(page).toHaveURL("/decisions?outcome=deny");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^\d+ denied decisions fit\.$/);

  await page.getByLabel("Filter by").selectOption("Resource");
  await page.getByLabel("Resource is").fill("not-registered");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/decisions?outcome=deny&resource=not-registered");
  await expect(rowsOf(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^NDJSON/ }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^decisions-\d{4}-\d\d-\d\d\.ndjson$/);
  const lines = (await readFile(await file.path(), "utf8")).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { decision: "deny", resource: { id: "not-registered" } },
  ]);

  await page.getByLabel("Filter by").selectOption("Epoch");
  await page.getByLabel("Epoch is").fill("first");
  await page.getByRole("button", { name: "Add filter" }).click();
  await expect(page.getByText("Type the number of an epoch, such as 3.")).toBeVisible();
  await page.getByLabel("Epoch is").fill("0");
  await page.getByRole("button", { name: "Add filter" }).click();
  await expect(page.getByText("No decision fits", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Remove the filter epoch" }).click();
  await expect(rowsOf(page)).toHaveCount(1);

  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Filters 2" }).click();
  await page
    .getByRole("dialog", { name: "Filters" })
    .getByRole("link", { name: /^Denied/ })
    .click();
  await expect(page).toHaveURL("/decisions?resource=not-registered");
});

test("a team lead is told why the decisions are not for them, and whom to ask", async ({ deskOf, demoPerson }) => {
  const page = await deskOf(demoPerson("mara"));
  await page.goto("/decisions");
  await expect(page.getByRole("heading", { name: "You may not read what machines asked" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(/Ask .*Priya Nair/);
  await expect(page.getByRole("main")).toContainText("decision.list");
});

/** How the list begins when it has so many decisions; how many of them were denied follows. */
function timesAsked(count: number): RegExp {
  return new RegExp(`^The gateway was asked ${count.toLocaleString("en")} times; `);
}

function panelOf(page: Page, seq: number) {
  return page.getByRole("complementary", { name: `Decision ${seq.toLocaleString("en")}` });
}

function rowsOf(page: Page) {
  return page.getByRole("table", { name: "Decisions, newest first" }).locator("tbody tr");
}
