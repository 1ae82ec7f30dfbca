import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { readFrom } from "./rpc";

test.use({ data: "demo" });

const rows = (page: Page) => page.locator("tr[data-row]");
const sheetOf = (page: Page) => page.getByRole("dialog", { name: "Filters" });

test("with a phone in the hand an admin narrows the list by when certificates end, and takes that off again", async ({
  deskOf,
}) => {
  const page = await onPhone(await deskOf());
  await page.goto("/certificates");
  const sheet = sheetOf(page);
  await page.getByRole("button", { name: "Filters", exact: true }).click();
  await sheet.getByRole("link", { name: "within 7 d" }).click();
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL(/\?ends-after=[^&]+&ends-before=/);
  const { searchParams } = new URL(page.url());
  const [endsAfter, endsBefore] = ["ends-after", "ends-before"].map((name) => Date.parse(searchParams.get(name) ?? ""));
  const { total } = await readFrom<{ total: { count: number } }>(page, "inventory.facets", {
    filter: { endsAfter, endsBefore },
  });
  expect(total.count).toBeGreaterThan(0);
  await expect(page.locator(".foot")).toContainText(new RegExp(`^${total.count} certificates?`));

  await page.getByRole("button", { name: "Filters 2" }).click();
  await sheet.getByRole("link", { name: "Remove the filter ends" }).first().click();
  await expect(page).toHaveURL(/\?ends-before=[^&]+$/);
  await page.getByRole("button", { name: "Filters 1" }).click();
  await sheet.getByLabel("From").fill("2020-01-01");
  await sheet.getByLabel("Before").fill("2020-01-02");
  await sheet.getByRole("button", { name: "Show these" }).click();
  await expect(page).toHaveURL("/certificates?ends-after=2020-01-01&ends-before=2020-01-02");
  await expect(page.getByText("No certificate fits")).toBeVisible();
});

test("with a phone in the hand an admin chooses what else each row says, and it stays so", async ({ deskOf }) => {
  const page = await onPhone(await deskOf());
  await page.goto("/certificates");
  await expect(rows(page).first()).not.toContainText("Issuer");
  await page.getByRole("button", { name: "Filters", exact: true }).click();
  const choice = sheetOf(page).getByRole("group", { name: "Each row also says" });
  await choice.getByRole("checkbox", { name: "Issuer" }).check();
  await choice.getByRole("checkbox", { name: "Serial" }).check();
  await page.keyboard.press("Escape");
  await expect(rows(page).first().getByText("Serial", { exact: true })).toBeVisible();
  await page.reload();
  await expect(rows(page).first().getByText("Issuer", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

async function onPhone(page: Page): Promise<Page> {
  await page.setViewportSize({ width: 390, height: 844 });
  return page;
}
