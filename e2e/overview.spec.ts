import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { readFrom } from "./rpc";
import { openPalette, pressUntil } from "./steps";

test.use({ data: "demo" });

/** What the place behind each button says, so that whoever follows it sees what the overview spoke of. */
const PLACES: readonly { readonly button: RegExp; readonly path: RegExp; readonly says: RegExp }[] = [
  {
    button: /^Review (node|service|person)$/,
    path: /^\/(nodes|services|people)\/./,
    says: /locked, and refused everywhere/i,
  },
  { button: /^Review certificate$/, path: /^\/certificates\/./, says: /will not renew by itself/ },
  { button: /^Review \d+$/, path: /^\/certificates\?/, says: /Late/ },
  { button: /^Review lock$/, path: /^\/(nodes|services|people)\/./, says: /locked, and refused everywhere/i },
  { button: /^Open authority$/, path: /^\/authorities\/./, says: /revocation list is late/ },
  { button: /^Add second factor$/, path: /^\/account/, says: /authenticator/ },
  { button: /^Show people$/, path: /^\/people/, says: /with a password alone/ },
  { button: /^Show how$/, path: /^\/authorities#/, says: /beside the database/ },
];

test("a security admin goes from each thing that needs a person to its place", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/");
  const needs = page.getByRole("region", { name: "What needs a person" }).getByRole("listitem");
  await expect(needs.first()).toBeVisible();
  const buttons = await needs.getByRole("link").allInnerTexts();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    new RegExp(`^${buttons.length} things need a person\\. The nearest breaks in \\d+`),
  );
  const place = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Overview/ });
  await expect(place).toHaveText(`Overview${buttons.length} now`);
  expect(buttons.length).toBeGreaterThan(4);
  expect(buttons).toEqual(
    expect.arrayContaining(["Review node", "Review certificate", "Review lock", "Add second factor", "Show how"]),
  );

  for (const [index, button] of buttons.entries()) {
    const place = PLACES.find((each) => each.button.test(button));
    if (!place) throw new Error(`nothing is said here about “${button}”`);
    await page.goto("/");
    await needs.nth(index).getByRole("link").click();
    await expect(page).toHaveURL((url) => place.path.test(url.pathname + url.search + url.hash));
    await expect(page.getByRole("main"), button).toContainText(place.says);
  }
});

test("every number of the overview leads to as many certificates", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/");
  const late = page.getByRole("table", { name: "Certificates by issuer and state" }).locator("tbody a.da-x").first();
  await followCount(page, Number(await late.innerText()), () => late.click());

  await page.goto("/");
  const day = page.getByRole("link", { name: /\d+ certificates? ends?/ }).first();
  const words = (await day.getAttribute("aria-label")) ?? "";
  await followCount(page, Number(/(\d+) certificates?/.exec(words)?.[1]), () => day.click());
});

async function followCount(page: Page, count: number, follow: () => Promise<void>): Promise<void> {
  expect(count).toBeGreaterThan(0);
  await follow();
  await expect(page).toHaveURL(/\/certificates\?/);
  await expect(page.getByText(new RegExp(`^${count} certificates?$`))).toBeVisible();
}

test("a security admin who has no mouse goes to the certificates, searches, and opens one", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("need a person");
  // The first keys may come before the page listens.
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await expect(page).toHaveURL("/certificates", { timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
  await expect(page.getByRole("table", { name: "Certificates" })).toBeVisible();

  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("gpu-h100-ams-07");
  await expect(page).toHaveURL(/\/certificates\?q=gpu-h100-ams-07/);
  await page.keyboard.press("Tab");
  await page
    .getByRole("row", { name: /gpu-h100-ams-07/ })
    .getByRole("link")
    .first()
    .focus();
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/certificates\/[0-9a-f]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("gpu-h100-ams-07");
});

test("a serial that was copied somewhere else leads to its certificate when it is pasted into the palette", async ({
  deskOf,
}) => {
  const page = await deskOf();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const { rows } = await readFrom<{ rows: { serial: string }[] }>(page, "inventory.list");
  const serial = rows[3]?.serial ?? "";
  await page.goto(`/certificates/${serial}`);
  await page.getByRole("button", { name: "Copy the serial" }).focus();
  await pressUntil(page, "Enter", page.getByRole("button", { name: "Copied" }));

  await page.goto("/people");
  await openPalette(page);
  await page.keyboard.press("Control+v");
  await expect(page).toHaveURL(`/certificates/${serial}`);

  await page.goto("/people");
  await openPalette(page);
  await page.keyboard.type(serial.toUpperCase());
  await expect(page.getByRole("option", { selected: true })).toContainText("certificate");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/certificates/${serial}`);
});

test("an auditor sees the same overview, and no button for what is not theirs to settle", async ({
  deskOf,
  demoPerson,
}) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("need a person");
  await expect(page.getByRole("heading", { name: "Latest events" })).toBeVisible();

  const lead = await deskOf(demoPerson("mara"));
  await lead.goto("/");
  await expect(lead.getByRole("heading", { level: 1 })).toContainText("need a person");
  await expect(lead.getByText("refusals: ask an auditor")).toBeVisible();
  await expect(lead.getByRole("heading", { name: "Latest events" })).toHaveCount(0);
});
