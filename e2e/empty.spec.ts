import type { Page } from "@playwright/test";
import { setUpInBrowser } from "./first-run";
import { expect, test } from "./fixtures";
import { findBarriers } from "./steps";

test.use({ trace: "off" });

/** Pages of a console in which nothing has happened yet, and how each says where to begin. */
const EMPTY: readonly { readonly path: string; readonly says: string; readonly begin: string }[] = [
  { path: "/", says: "No machine has a certificate yet", begin: "Make a join token" },
  { path: "/certificates", says: "There is no certificate yet.", begin: "Enrol a node" },
  { path: "/nodes", says: "There is no node yet.", begin: "Add a node" },
  { path: "/services", says: "There is no service yet.", begin: "Add a service" },
  { path: "/join-tokens", says: "No join token is open.", begin: "Make a join token" },
  { path: "/resources", says: "No resource is registered yet.", begin: "Add resource" },
  { path: "/decisions", says: "Nothing asked yet.", begin: "Add a node" },
];

test("everybody can set a console up, and find where to begin in it, wide and narrow, light and dark", async ({
  page,
  product,
}) => {
  test.setTimeout(240_000);
  await setUpInBrowser(page, product, (step) => expectNoBarriers(page, step));
  await page.getByRole("link", { name: "Open the console without a node" }).click();
  for (const { path, says, begin } of EMPTY) {
    await page.goto(path);
    await expect(page.getByText(says)).toBeVisible();
    const way = page.getByRole("link", { name: begin }).or(page.getByRole("button", { name: begin }));
    await expect(way.first(), path).toBeVisible();
    await expectNoBarriers(page, path);
  }
});

async function expectNoBarriers(page: Page, where: string): Promise<void> {
  const wide = await findBarriers(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect.soft({ wide, narrow: await findBarriers(page) }, where).toEqual({ wide: [], narrow: [] });
  await page.setViewportSize({ width: 1440, height: 900 });
}
