import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./fixtures";
import { run } from "./machines/tools";

test.describe.configure({ timeout: 180_000 });
test.use({ data: "demo" });

test("an admin sees who signed whom, drawn and as a table, and publishes a revocation list that openssl reads", async ({
  deskOf,
}) => {
  const page = await deskOf();
  await page.goto("/authorities");
  await expect(page.locator(".react-flow__node")).toHaveCount(4);
  const table = page.getByRole("table", { name: "Authorities" });
  await expect(table.getByRole("row")).toHaveCount(5);
  await table.getByRole("link", { name: /^Nodes CA/ }).click();
  await expect(page).toHaveURL("/authorities/nodes");
  await expect(page.getByText("Signs for nodes. No authority may follow it.")).toBeVisible();

  const folder = await mkdtemp(join(tmpdir(), "swarm-crl-"));
  try {
    const before = await savedCrl(page, folder);
    await page.getByRole("button", { name: "Publish list now" }).click();
    await expect(page.getByText(/^Revocation list \d+ of Nodes CA is published/)).toBeVisible();
    expect(await savedCrl(page, folder)).toBeGreaterThan(before);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("an auditor reads the authorities and may not publish", async ({ deskOf, demoPerson }) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/authorities/nodes");
  const publish = page.getByRole("button", { name: "Publish list now" });
  await expect(publish).toHaveAttribute("aria-disabled", "true");
  await expect(publish).toHaveAccessibleDescription(/An auditor reads and changes nothing/);
});

test("a request is tried against a profile: every finding names its rule, and the rule is marked", async ({
  deskOf,
  demoPerson,
}) => {
  const page = await deskOf(demoPerson("tomas"));
  const folder = await mkdtemp(join(tmpdir(), "swarm-try-"));
  try {
    const names = "subjectAltName=DNS:gpu-7.swarm.local,DNS:db.example.com,IP:8.8.8.8";
    const made = await run(
      "openssl",
      ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-subj", "/CN=gpu-7", "-addext", names],
      { cwd: folder },
    );
    await page.goto("/profiles");
    await page.getByRole("link", { name: /^node/ }).click();
    await page.getByRole("textbox", { name: "Certificate request" }).fill(made.stdout);
    await page.getByRole("button", { name: "Try it" }).click();
    await expect(page.getByText("Profile node refuses it for 2 reasons.")).toBeVisible();
    const findings = page.getByRole("list", { name: "Findings" }).getByRole("listitem");
    await expect(findings.first()).toHaveText("refused: SAN db.example.com is outside *.swarm.local, rule 2");
    await findings.first().getByRole("link", { name: "rule 2" }).click();
    await expect(page.locator("#rule-2:target")).toContainText("DNS names within");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("an admin makes a join token, sees it once inside its command, and takes it back", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/join-tokens?add=1");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Make the command" }).click();
  await expect(dialog.getByText(/^Lower-case letters, digits and hyphens/)).toBeVisible();
  await dialog.getByRole("radio", { name: /^A service/ }).check();
  await dialog.getByLabel("Name of the service").fill("trace-sink");
  await dialog.getByText("1 h", { exact: true }).click();
  await dialog.getByRole("button", { name: "Make the command" }).click();
  const command = dialog.locator("pre", { hasText: "--token" });
  await expect(command).toContainText(/swj_[\w-]{43} \| .* --token-stdin --out \.\/trace-sink/);
  const token = /swj_[\w-]{43}/.exec(await command.innerText())?.[0] ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();

  const row = page.getByRole("row", { name: /trace-sink/ });
  await expect(row).toContainText("Open");
  await page.reload();
  expect(await page.content()).not.toContain(token);
  await row.getByRole("button", { name: "Revoke the join token of trace-sink…" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("service trace-sink cannot enrol with it");
  await page.getByRole("button", { name: "Revoke token" }).click();
  await expect(row).toContainText("Revoked");
  await page
    .getByRole("navigation", { name: "Filters" })
    .getByRole("link", { name: /^Revoked/ })
    .click();
  await expect(page).toHaveURL("/join-tokens?state=revoked");
  await expect(row).toBeVisible();
});

async function savedCrl(page: import("@playwright/test").Page, folder: string): Promise<number> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Revocation list" }).click(),
  ]);
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  const { stdout } = await run("openssl", ["crl", "-inform", "DER", "-in", path, "-noout", "-crlnumber"]);
  return Number.parseInt(/crlNumber=0x([0-9A-F]+)/i.exec(stdout)?.[1] ?? "", 16);
}
