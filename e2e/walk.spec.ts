import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { ROOT } from "../scripts/lib/paths.mjs";
import { askForCommand, setUpInBrowser } from "./first-run";
import { expect, test } from "./fixtures";
import { run, shownSerial } from "./machines/tools";
import type { Product } from "./product";
import { expectNothingWritable } from "./refusals";
import { callFrom } from "./rpc";
import { ADMIN, addPerson, signIn } from "./steps";

const AUDITOR = { email: "tomas@swarm.local", password: "seven calm amber routers", role: "auditor" } as const;
const NODE = "gpu-7";

/** A person's shell: nothing of the test runner is in it. */
const SHELL = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD|NODE_ENV|SWARM_)/.test(name)),
);

test("a security admin sets the console up, enrols a node, revokes it, and the auditor reads it and can change nothing", async ({
  page,
  product,
  browser,
}) => {
  test.setTimeout(240_000);
  // Inside of the checkout, where the console says that its command is run.
  await mkdir(join(ROOT, "test-results"), { recursive: true });
  const folder = await mkdtemp(join(ROOT, "test-results", "walk-"));
  try {
    await test.step("the admin sets the console up in the browser", async () => {
      await setUpInBrowser(page, product);
      await askForCommand(page, NODE);
    });
    await test.step("the enrol command is run as it is shown", () => enrolAsShown(page, folder));
    await test.step("the node appears, and its certificate in the inventory", () => findNode(page));
    await test.step("the openssl line prints what the page says", () => proveCertificate(page, folder));
    await test.step("the gateway knows the node", () => expectWhoami(product, folder, 200, "serial"));
    await test.step("the admin reads what stops, types the name and revokes", () => revoke(page));
    await test.step("the gateway refuses the node", () => expectWhoami(product, folder, 401, "certificate.revoked"));
    await test.step("the overview shows it", () => seeOnOverview(page));
    await test.step("the admin makes a team", async () => {
      const [made] = await callFrom(page, [{ path: "teams.create", input: { name: "vision" } }]);
      expect(made?.status).toBe(200);
    });
    await test.step("the auditor reads it in the log and changes nothing", () => audit(browser, product));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function enrolAsShown(page: Page, folder: string): Promise<void> {
  const command = await page.locator("pre", { hasText: "--token" }).innerText();
  const ran = await run("bash", ["-c", command], { cwd: folder, env: { ...SHELL, PWD: folder } });
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  expect(ran.stdout).toContain("bundle.pem: OK");
  expect(ran.stdout).toContain(`spiffe://swarm.local/node/${NODE}`);

  await expect(page.getByText(`${NODE} has joined.`)).toBeVisible();
  await page.getByRole("link", { name: "Open the console" }).click();
  await expect(page).toHaveURL("/");
}

async function findNode(page: Page): Promise<void> {
  const places = page.getByRole("navigation", { name: "Main" });
  await places.getByRole("link", { name: "Nodes" }).click();
  await expect(page).toHaveURL("/nodes");
  await page.getByRole("link", { name: NODE, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(NODE);
  await expect(page.getByText(`spiffe://swarm.local/node/${NODE}`)).toBeVisible();

  await places.getByRole("link", { name: "Certificates" }).click();
  await expect(page).toHaveURL("/certificates");
  await expect(page.getByRole("row", { name: new RegExp(NODE) })).toContainText("On schedule");
  await page.getByRole("link", { name: NODE, exact: true }).click();
  await expect(page).toHaveURL(/\/certificates\/[0-9a-f]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(NODE);
}

async function proveCertificate(page: Page, folder: string): Promise<void> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "PEM", exact: true }).click(),
  ]);
  await file.saveAs(join(folder, file.suggestedFilename()));
  const line = await page.locator("pre", { hasText: "openssl x509" }).innerText();
  const said = await run("bash", ["-c", line], { cwd: folder });
  expect(said, said.stderr).toMatchObject({ code: 0 });
  await expect(page.locator("pre", { hasText: "sha256 Fingerprint=" })).toHaveText(said.stdout.trim());
  expect(said.stdout).toContain(`serial=${shownSerial(page.url().split("/").at(-1) ?? "")}\n`);
}

async function expectWhoami(product: Product, folder: string, status: number, word: string): Promise<void> {
  const proof = ["--cert", join(folder, NODE, "cert.pem"), "--key", join(folder, NODE, "key.pem")];
  const trust = ["--cacert", join(folder, "bundle.pem")];
  const said = await run("curl", [
    "-sS",
    ...trust,
    ...proof,
    "-w",
    "\n%{http_code}",
    `${product.gatewayUrl}/v1/whoami`,
  ]);
  expect(said.stdout.split("\n").at(-1), said.stdout + said.stderr).toBe(String(status));
  expect(said.stdout).toContain(word);
}

async function revoke(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Revoke…" }).click();
  const dialog = page.getByRole("alertdialog", { name: `Revoke the certificate of ${NODE}?` });
  await expect(dialog).toContainText(`Node ${NODE} is cut off at once; no newer certificate exists.`);
  const deed = dialog.getByRole("button", { name: "Revoke certificate" });
  await expect(deed).toBeDisabled();
  await dialog.getByLabel("Reason").selectOption("keyCompromise");
  await dialog.getByLabel("Type the name to confirm").fill("gpu-8");
  await expect(deed).toBeDisabled();
  await dialog.getByLabel("Type the name to confirm").fill(NODE);
  await deed.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("It is revoked.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Revoke…" })).toHaveAttribute("aria-disabled", "true");
}

async function seeOnOverview(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Overview" }).click();
  await expect(page).toHaveURL("/");
  const latest = page.locator("section", { has: page.getByRole("heading", { name: "Latest events" }) });
  await expect(latest).toContainText(`${ADMIN.name} revoked a certificate of ${NODE}`);
}

async function audit(browser: Browser, product: Product): Promise<void> {
  await addPerson(product, AUDITOR);
  const context = await browser.newContext({ baseURL: product.consoleUrl });
  const page = await context.newPage();
  await signIn(page, AUDITOR);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit log" }).click();
  await page.getByRole("link", { name: `revoked a certificate of ${NODE}` }).click();
  const entry = page.getByRole("complementary", { name: /^Event \d+$/ });
  await expect(entry).toContainText(`${ADMIN.name} revoked a certificate of ${NODE}.`);
  await expect(entry).toContainText("keyCompromise");
  await expect(entry).toContainText("This entry is what was written");

  await expectNothingWritable(page, product);
  await context.close();
}
