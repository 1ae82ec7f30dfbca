import { expect, type Page } from "@playwright/test";
import type { Product } from "./product";
import { ADMIN } from "./steps";

/**
 * Sets a product up as its first admin does in a browser, without a second factor; ends where the first node is named.
 * `atStep` is told each step once it stands.
 */
export async function setUpInBrowser(
  page: Page,
  product: Product,
  atStep: (title: string) => Promise<void> = async () => {},
): Promise<void> {
  const arriveAt = async (title: string) => {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await atStep(title);
  };
  await page.goto("/");
  await expect(page).toHaveURL("/setup");
  await arriveAt("Enter the setup code");
  await page.getByLabel("Setup code").fill(product.setupCode);
  await page.getByRole("button", { name: "Begin the setup" }).click();

  await arriveAt("Whose nodes will this protect?");
  await page.getByLabel("Organisation").fill("Swarm Research");
  await expect(page.getByLabel("Trust domain")).toHaveValue("swarm.local");
  await page.getByRole("button", { name: "Continue" }).click();

  await arriveAt("Who is the first admin?");
  await page.getByLabel("Name").fill(ADMIN.name);
  await page.getByLabel("E-mail address").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Continue" }).click();

  await arriveAt("Add a second factor");
  await page.getByRole("button", { name: "Do it later" }).click();
  await arriveAt("Create the authorities");
  await page.getByRole("button", { name: "Create the authorities" }).click();
  await arriveAt("Enrol your first node");
}

/** Names the first node; ends at the command that enrols it. */
export async function askForCommand(page: Page, node: string): Promise<void> {
  await page.getByLabel("Name of the node").fill(node);
  await page.getByRole("button", { name: "Make the command" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Enrol ${node}`);
  await expect(page.getByText(`Waiting for ${node}.`)).toBeVisible();
}
