import type { Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { expect, test } from "./fixtures";
import { ADMIN, addPerson, expectAccessible, openPalette, setUp, signIn } from "./steps";

const MARA = { email: "mara@swarm.local", password: "seven calm amber routers", role: "auditor" } as const;

test.describe.configure({ timeout: 180_000 });
test.beforeEach(({ product }) => setUp(product));

test("a person who is not signed in is led to the sign-in, and then to the page they wanted", async ({ page }) => {
  await page.goto("/nodes?state=locked");
  await expect(page).toHaveURL("/sign-in?next=%2Fnodes%3Fstate%3Dlocked");
  await expectAccessible(page);

  await page.getByLabel("E-mail address").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("do not fit together")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/nodes?state=locked");
  await expect(page.getByText("You sign in with a password alone.")).toBeVisible();
});

test("an address from elsewhere is not followed after the sign-in", async ({ page }) => {
  await page.goto("/sign-in?next=//evil.example/");
  await page.getByLabel("E-mail address").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/");
});

test("an admin adds an auditor, who chooses a password and may change nothing", async ({ page, browser, product }) => {
  await signIn(page);
  await page.goto("/people");
  await page.getByRole("button", { name: "Add a person" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add the person" }).click();
  await expect(page.getByText("An e-mail address, such as priya@swarm.local.")).toBeVisible();
  await page.getByLabel("E-mail address").fill("tomas.okafor@swarm.local");
  await page.getByRole("radio", { name: /^Auditor/ }).check();
  await page.getByRole("button", { name: "Add the person" }).click();
  await expect(page.getByText("Hand this one-time password to Tomas Okafor.")).toBeVisible();
  const password = await page.getByText(/^[0-9a-z]{4}(-[0-9a-z]{4})+$/).innerText();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /Tomas Okafor/ })).toContainText("Auditor");

  const context = await browser.newContext({ baseURL: product.consoleUrl });
  const auditor = await context.newPage();
  await auditor.goto("/sign-in");
  await auditor.getByLabel("E-mail address").fill("tomas.okafor@swarm.local");
  await auditor.getByLabel("Password", { exact: true }).fill(password);
  await auditor.getByRole("button", { name: "Sign in" }).click();
  await auditor.getByLabel("New password").fill("nine bright copper bridges");
  await auditor.getByRole("button", { name: "Keep this password and sign in" }).click();
  await expect(auditor).toHaveURL("/");

  await auditor.goto("/people");
  const add = auditor.getByRole("button", { name: "Add a person" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await expect(add).toHaveAccessibleDescription(/An auditor reads and changes nothing/);
  await auditor.getByRole("link", { name: "Priya Nair" }).click();
  await expect(auditor.getByRole("button", { name: "Lock…" })).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(auditor);
  await context.close();

  await page.getByRole("link", { name: "Tomas Okafor" }).click();
  await endGrant(page, "Auditor of Tomas Okafor");
  await expect(page.getByText("Tomas Okafor holds no role, and is in no team that does.")).toBeVisible();
  await page.getByRole("link", { name: "Give access" }).click();
  const form = page.getByRole("complementary", { name: "Give access" });
  await form.getByRole("radio", { name: /^Auditor/ }).check();
  await expect(form.getByRole("button", { name: "Where: everything" })).toBeVisible();
  await form.getByLabel("What for").fill("The yearly audit");
  await form.getByRole("button", { name: "Give access for 8 hours" }).click();
  await expect(page.getByText("1 grant given")).toBeVisible();

  await page.goto("/people");
  await page.getByRole("link", { name: ADMIN.name }).click();
  await endGrant(page, `Security admin of ${ADMIN.name}`);
  await expect(page.getByText("Nobody would be security admin without an end any more")).toBeVisible();
});

/** Ends a grant on the page of who holds it. */
async function endGrant(page: Page, grant: string): Promise<void> {
  await page.getByRole("button", { name: `End ${grant}`, exact: true }).click();
  const question = page.getByRole("alertdialog");
  await question.getByLabel("Why").fill("No longer needed");
  await question.getByRole("button", { name: "End the grant" }).click();
}

test("a person adds an authenticator, signs in with its code, and once with a recovery code", async ({
  page,
  product,
}) => {
  await addPerson(product, MARA);
  await signIn(page, MARA);
  await page.goto("/account");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add an authenticator" }).click();
  const key = page.getByText(/^([A-Z2-7]{4} ?)+$/);
  const totp = new TOTP({ secret: (await key.innerText()).replace(/\s/g, "") });
  await page.getByLabel("Code of the authenticator").fill(totp.generate());
  await page.getByLabel("Your password").fill(MARA.password);
  await page.getByRole("button", { name: "Put it in force" }).click();

  const list = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(list).toHaveCount(10);
  const codes = await list.allInnerTexts();
  await page.getByLabel("I have kept these codes").check();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Two proofs protect your account.");
  await expect(page.getByText("You sign in with a password alone.")).toBeHidden();

  await page.getByRole("button", { name: /^Mara/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
  await page.getByLabel("E-mail address").fill(MARA.email);
  await page.getByLabel("Password", { exact: true }).fill(MARA.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("One more proof");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Six digits, or a recovery code.")).toBeVisible();
  await page.getByLabel("Recovery code").fill(codes[0]?.toUpperCase() ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/");
  await page.goto("/account");
  await expect(page.getByText("9 recovery codes are left")).toBeVisible();

  await page.getByRole("button", { name: "Remove…" }).click();
  await page.getByLabel("Your password").fill(MARA.password);
  await page.getByLabel("Code of the authenticator in force").fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Remove the second factor" }).click();
  await expect(page.getByText("This code is wrong or was used already.")).toBeVisible();
  await page.getByLabel("Code of the authenticator in force").fill(codes[1] ?? "");
  await page.getByRole("button", { name: "Remove the second factor" }).click();
  await expect(page.getByText("You sign in with a password alone.")).toBeVisible();
});

test("a person ends another session, whose next click leads to the sign-in", async ({ page, browser, product }) => {
  const context = await browser.newContext({ baseURL: product.consoleUrl });
  const other = await context.newPage();
  await signIn(other);
  await other.goto("/nodes");
  await signIn(page);
  await page.goto("/sessions");
  await expectAccessible(page);
  await expect(page.getByRole("row", { name: /This one/ })).toHaveCount(1);
  await page.getByRole("button", { name: "End all others…" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "End the sessions" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are signed in here and nowhere else.");

  await other.getByRole("link", { name: "People" }).click();
  await expect(other).toHaveURL("/sign-in?next=%2Fpeople");
  await context.close();
});

test("an admin adds a service with a team and a label, and finds it again by them", async ({ page }) => {
  await signIn(page);
  await page.goto("/services");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add a service" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Scheduler!");
  await page.getByRole("button", { name: "Add the service" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Name", { exact: true }).fill("scheduler");
  await page.getByLabel("Team", { exact: true }).selectOption({ label: "New team…" });
  await page.getByLabel("Name of the new team").fill("Vision");
  await page.getByRole("button", { name: "Make team" }).click();
  // What asked for the name goes, and all below it moves up: a click before that would miss.
  await expect(page.getByLabel("Name of the new team")).toBeHidden();
  await expect(page.getByLabel("Team", { exact: true })).toHaveValue(/.+/);
  await page.getByRole("button", { name: "Add a label" }).click();
  await page.getByLabel("Key of label 1").fill("pool");
  await page.getByLabel("Value of label 1").fill("ams-h100");
  await page.getByRole("button", { name: "Add the service" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("scheduler");
  await expect(page.getByText("pool=ams-h100")).toBeVisible();

  await page.goto("/services");
  await page.getByLabel("Search services").fill("ams-h1");
  await expect(page).toHaveURL("/services?q=ams-h1");
  await expect(page.getByRole("link", { name: "scheduler" })).toBeVisible();
  await page.getByRole("link", { name: /^Retired/ }).click();
  await expect(page.getByText("No service fits")).toBeVisible();
  await page.getByRole("link", { name: "Show all services" }).click();
  await expect(page).toHaveURL("/services");
  await page.getByRole("link", { name: /^Vision 1$/ }).click();
  await expect(page.getByRole("link", { name: "scheduler" })).toBeVisible();
});

test("an admin locks a node after reading what stops, unlocks it, and retires it by its name", async ({ page }) => {
  await signIn(page);
  await page.goto("/nodes?add=1");
  await page.getByLabel("Name", { exact: true }).fill("gpu-9");
  await page.getByRole("button", { name: "Make the command" }).click();
  await expect(page.getByText("Waiting for gpu-9.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("link", { name: "gpu-9" }).click();
  await expect(page.getByText("It has not enrolled yet.")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Lock…" }).click();
  const lock = page.getByRole("button", { name: "Lock gpu-9" });
  await expect(lock).toBeDisabled();
  await expectAccessible(page);
  await page.getByLabel("Reason").fill("Left our control");
  await lock.click();
  await expect(page.getByText("Locked, and refused everywhere.")).toBeVisible();
  await expect(page.getByText("Because: Left our control.")).toBeVisible();
  await page.getByRole("button", { name: "Unlock…" }).click();
  await page.getByRole("button", { name: "Unlock gpu-9" }).click();
  await expect(page.getByRole("button", { name: "Lock…" })).toBeVisible();

  await page.getByRole("button", { name: "Retire…" }).click();
  await page.getByLabel("Reason").fill("Scrapped");
  await page.getByLabel("Type the node’s name to confirm").fill("gpu-8");
  await expect(page.getByRole("button", { name: "Retire gpu-9" })).toBeDisabled();
  await page.getByLabel("Type the node’s name to confirm").fill("gpu-9");
  await page.getByRole("button", { name: "Retire gpu-9" }).click();
  await expect(page.getByText("Retired, and does not come back.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Lock…" })).toBeHidden();
});

test("the last admin can neither lock nor retire themself", async ({ page }) => {
  await signIn(page);
  await page.goto("/people");
  await page.getByRole("link", { name: ADMIN.name }).click();
  await expect(page.getByRole("button", { name: "Retire…" })).toHaveAccessibleDescription(/Ask another security admin/);
});

test("a name typed into the palette leads to its page", async ({ page }) => {
  await signIn(page);
  await (await openPalette(page)).fill("priya");
  await page
    .getByRole("option", { name: /^priya/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ADMIN.name);
});

test("an address that nothing has is said inside the console", async ({ page }) => {
  await signIn(page);
  const answer = await page.goto("/nowhere/at/all");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing has this address");
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await page.goto("/nodes/nod_00000000000000000000000000");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing has this address");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("a person reads and filters people", async ({ page }) => {
    await signIn(page);
    for (const path of ["/people", "/account", "/sessions"]) {
      await page.goto(path);
      await expectAccessible(page);
    }
    await page.goto("/people");
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByRole("link", { name: /^Active/ }).click();
    await expect(page).toHaveURL("/people?state=active");
    await expect(page.getByRole("link", { name: ADMIN.name })).toBeVisible();
  });
});
