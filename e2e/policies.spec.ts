import { expect, test } from "./fixtures";

test.use({ data: "demo" });

test("an auditor reads which policies decide who may do what, and copies the one that is about them", async ({
  deskOf,
  demoPerson,
}) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await page.getByRole("link", { name: /^Policies/ }).click();
  await expect(page).toHaveURL("/policies");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^\d+ policies say who may do what here\.$/);

  const own = page.locator("#auditor-reads");
  await expect(own.getByText("Permits")).toBeVisible();
  await expect(own.getByText("read everything, and change nothing")).toBeVisible();
  const text = await own.locator("pre").textContent();
  expect(text).toMatch(/^@id\("auditor-reads"\)\npermit \(\n {2}principal is User in Role::"auditor",/);
  await own.getByRole("button", { name: "Copy auditor-reads" }).click();
  await expect(own.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
});
