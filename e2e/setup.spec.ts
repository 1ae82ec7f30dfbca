import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { expect, test } from "./fixtures";
import type { Product } from "./product";
import { ADMIN, expectAccessible } from "./steps";

test("whoever runs the console sets it up, from the code on the terminal to the first node", async ({
  page,
  product,
  browser,
}) => {
  test.setTimeout(300_000);
  const violations = violationsOf(page);
  await page.goto("/");
  await expect(page).toHaveURL("/setup");
  await expectAccessible(page);

  await page.getByLabel("Setup code").fill("wrong-wrong-wrong");
  await page.getByRole("button", { name: "Begin the setup" }).click();
  await expect(page.getByText("This is not the setup code on the terminal")).toBeVisible();
  await page.getByLabel("Setup code").fill(product.setupCode.toUpperCase());
  await page.getByRole("button", { name: "Begin the setup" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Whose nodes will this protect?");
  await page.getByLabel("Trust domain").fill("Not a domain!");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("Give the organisation's name.")).toBeVisible();
  await expect(page.getByText("Lower-case DNS labels, such as swarm.local.")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Organisation").fill("Swarm Research");
  await page.getByLabel("Trust domain").fill("lab.swarm.local");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Who is the first admin?");

  const stranger = await browser.newContext();
  const elsewhere = await stranger.newPage();
  await elsewhere.goto(`${product.consoleUrl}/setup`);
  await expect(elsewhere.getByText("Another browser began this setup.")).toBeVisible();
  await expect(elsewhere.getByText("Swarm Research")).toBeHidden();
  await stranger.close();

  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Who is the first admin?");
  await expect(page.getByText("Swarm Research, lab.swarm.local")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Name").fill(ADMIN.name);
  await page.getByLabel("E-mail address").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill("passwordpassword");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Who is the first admin?");
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Continue" }).click();

  await addAuthenticator(page);
  await createAuthorities(page);
  await enrolFirstNode(page, product);
  expect(violations).toEqual([]);
});

/** What the content security policy stopped, as the browser says it. */
function violationsOf(page: Page): string[] {
  const found: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) found.push(message.text());
  });
  return found;
}

async function addAuthenticator(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Add a second factor");
  await expect(page.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await expectAccessible(page);
  const key = page.getByText(/^([A-Z2-7]{4} ?)+$/);
  const totp = new TOTP({ secret: (await key.innerText()).replace(/\s/g, "") });

  await page.getByLabel("Code of the authenticator").fill("000000");
  await expect(page.getByText("This code does not fit")).toBeVisible();
  await page.getByLabel("Code of the authenticator").fill(totp.generate());

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Keep your recovery codes");
  await expect(page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
  await expectAccessible(page);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as a file" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("swarm-recovery-codes.txt");
  await expect(page.getByRole("button", { name: "Continue" })).toBeDisabled();
  await page.getByLabel("I have kept these codes").check();
  await page.getByRole("button", { name: "Continue" }).click();
}

async function createAuthorities(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Create the authorities");
  await expect(page.getByText("Authenticator added")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create the authorities" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Enrol your first node");

  await page.goto("/setup");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Enrol your first node");
  await expectAccessible(page);
}

async function enrolFirstNode(page: Page, product: Product): Promise<void> {
  await page.getByLabel("Name of the node").fill("gpu-7");
  await page.getByRole("button", { name: "Make the command" }).click();
  await expect(page.getByText("Waiting for gpu-7.")).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  const command = await page.locator("pre", { hasText: "--token" }).innerText();
  const token = /swj_[\w-]{43}/.exec(command)?.[0] ?? "";

  const directory = await mkdtemp(join(tmpdir(), "swarm-node-"));
  const bundle = join(directory, "bundle.pem");
  const answer = await fetch(`${product.pkiUrl}/ca/bundle.pem`);
  await writeFile(bundle, await answer.text());
  const words = ["enroll", "--gateway", product.gatewayUrl, "--ca", bundle, "--out", join(directory, "gpu-7")];
  const enrolled = await product.swarm([...words, "--token-stdin"], token);
  expect(enrolled, enrolled.stderr).toMatchObject({ code: 0 });
  await rm(directory, { recursive: true });

  await expect(page.getByText("gpu-7 has joined.")).toBeVisible();
  await page.getByRole("link", { name: "Open the console" }).click();
  await expect(page).toHaveURL("/");
  await page.goto("/nodes");
  await expect(page.getByRole("link", { name: "gpu-7" })).toBeVisible();
  await expect(page.getByText("You sign in with a password alone.")).toBeHidden();
}

test("nobody sets up a console that is set up", async ({ page }) => {
  await page.goto("/setup");
  await expect(page).toHaveURL(/\/sign-in/);
});
