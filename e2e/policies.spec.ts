import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { addPerson, expectAccessible, pressUntil } from "./steps";

test.use({ data: "demo" });

/** Puts a text into the editor, as somebody who pastes it. */
async function write(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Policy text" }).fill(text);
}

const NO_NEW_TEAMS = `// Teams are made by nobody for now.
@id("no-new-teams")
forbid (
  principal,
  action == Action::"team.create",
  resource
);
`;

test("an auditor reads which policies decide who may do what, and why they may not write one", async ({
  deskOf,
  demoPerson,
}) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/");
  await page.getByRole("link", { name: /^Policies/ }).click();
  await expect(page).toHaveURL("/policies");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^\d+ policies decide who may do what/);
  await expect(page.getByRole("button", { name: "New policy" })).toHaveAttribute("aria-disabled", "true");

  await page.getByRole("link", { name: /^auditor-reads/ }).click();
  await expect(page).toHaveURL("/policies/auditor-reads");
  await expect(page.getByText("It comes with the program, and is read here.")).toBeVisible();
  await expect(page.getByText('Role::"auditor"').first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy as a new policy" })).toHaveAttribute("aria-disabled", "true");
});

test("somebody finds a policy by what it does, and learns which decided nothing", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/policies");
  await page.getByRole("searchbox", { name: "Search policies" }).fill("quarantine");
  await expect(page).toHaveURL("/policies?q=quarantine");
  await expect(page.getByRole("row", { name: /quarantined-node/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /auditor-reads/ })).toHaveCount(0);

  await page.goto("/policies");
  await page
    .getByRole("link", { name: /^Never decided in 90 days/ })
    .first()
    .click();
  await expect(page).toHaveURL("/policies?show=idle");
  await pressUntil(page, "j", page.locator("tr[data-row] a:focus"));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/policies\/[a-z-]+$/);
});

test("an admin writes a draft, tries it, publishes it, and rolls it back", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/policies/new");
  await expect(page.getByRole("button", { name: "Publish…" })).toHaveAttribute("aria-disabled", "true");
  await write(page, NO_NEW_TEAMS);
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page).toHaveURL("/policies/no-new-teams");
  await expect(page.getByText(/^Draft, revision 1, saved \d\d:\d\d by Priya Nair$/)).toBeVisible();

  await page.getByRole("tab", { name: /^Test/ }).click();
  await page.getByRole("combobox", { name: "Who: name" }).fill("priya@swarm.local");
  await page.getByRole("combobox", { name: "On what: name" }).fill("vision");
  await page.getByRole("button", { name: "Decide" }).click();
  const verdict = page.getByRole("region", { name: "Verdict" });
  await expect(verdict.getByText("Denied", { exact: true })).toBeVisible();
  await expect(verdict.getByRole("link", { name: "no-new-teams" })).toBeVisible();
  await verdict.getByRole("button", { name: "Save as test…" }).click();
  await page.getByLabel("What it shows").fill("nobody makes teams");
  await page.getByRole("button", { name: "Save test" }).click();
  await expect(page.getByRole("tab", { name: "Test 3 of 3" })).toBeVisible();

  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("3 tests pass.")).toBeVisible();
  await dialog.getByLabel("Why").fill("Teams are being sorted");
  await dialog.getByRole("button", { name: /^Publish epoch \d+$/ }).click();
  await expect(page.getByText(/^Epoch \d+ is in force$/)).toBeVisible();
  await expect(page.getByText("In force", { exact: true }).first()).toBeVisible();

  await page.getByRole("tab", { name: /^Test/ }).click();
  await page.getByRole("button", { name: "Remove the test nobody makes teams…" }).click();
  await page.getByRole("button", { name: "Remove test" }).click();
  await expect(page.getByRole("tab", { name: "Test 2 of 2" })).toBeVisible();

  await page.goto("/policies/history");
  const rows = page.getByRole("row").filter({ has: page.getByRole("button", { name: /^Roll back/ }) });
  await rows.first().getByRole("button").last().click();
  const question = page.getByRole("alertdialog");
  await expect(question.getByText("no-new-teams")).toBeVisible();
  await question.getByLabel("Why").fill("The teams are sorted");
  await question.getByRole("button", { name: /^Roll back to epoch/ }).click();
  await expect(page.getByText(/^Epoch \d+ is in force, as epoch \d+ was$/)).toBeVisible();
  await page.goto("/policies/no-new-teams");
  await expect(page.getByText("Not in force any more")).toBeVisible();
});

test("an admin publishes two drafts as one epoch, so that none is in force without the other", async ({ deskOf }) => {
  const page = await deskOf();
  for (const name of ["no-new-teams", "no-new-pools"]) {
    await page.goto("/policies/new");
    await write(page, NO_NEW_TEAMS.replaceAll("no-new-teams", name));
    await page.getByRole("button", { name: "Save draft" }).click();
    await expect(page).toHaveURL(`/policies/${name}`);
  }
  await page.goto("/policies?show=drafts");
  await page.getByRole("button", { name: "Publish 3 drafts…" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish 3 drafts together?" });
  await dialog.getByRole("checkbox", { name: /^training-on-trusted-providers/ }).uncheck();
  await dialog.getByText("What changes").first().click();
  await expect(dialog.getByText("Nothing stands against it.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Why").fill("Teams are being sorted");
  await dialog.getByRole("button", { name: /^Publish epoch \d+$/ }).click();
  await expect(page.getByText(/^Epoch \d+ is in force$/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Publish \d drafts/ })).toHaveCount(0);
  await page.goto("/policies/history");
  await expect(page.getByRole("row").nth(1)).toContainText("2 policies added");
});

test("an impact is of the text that was replayed, and says so when another is typed", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/policies/training-on-trusted-providers");
  await page.getByRole("tab", { name: /^Impact/ }).click();
  await page.getByRole("button", { name: "Replay the log" }).click();
  await expect(page.getByText(/^This draft takes away [\d,]+ decisions\.$/)).toBeVisible();
  await write(page, '@id("training-on-trusted-providers")\nforbid (principal, action, resource is Network);\n');
  await expect(page.getByText("The text has changed since it was replayed", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Replay again" }).click();
  await expect(page.getByText("This draft changes no decision of the log.")).toBeVisible();
});

test("an admin is kept from locking everybody out", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/policies/new");
  await write(page, '@id("nobody-publishes")\nforbid (principal, action == Action::"policy.publish", resource);\n');
  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Somebody would be locked out.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /^Publish epoch/ })).toBeDisabled();
  await dialog.getByRole("button", { name: "Keep as a draft" }).click();

  await page.getByRole("button", { name: "Discard…" }).click();
  await page.getByRole("button", { name: "Discard draft" }).click();
  await expect(page).toHaveURL("/policies");
  await expect(page.getByRole("link", { name: /nobody-publishes/ })).toHaveCount(0);
});

test("somebody who leaves with something typed is asked before it is lost", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/policies");
  await page.getByRole("link", { name: "New policy" }).click();
  await page
    .getByRole("region", { name: "Templates" })
    .getByRole("link", { name: /label quarantine/ })
    .click();
  await expect(page).toHaveURL("/policies/new?template=quarantined-node");
  await write(page, NO_NEW_TEAMS);
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
  await page.getByRole("button", { name: "Stay here" }).click();
  await expect(page).toHaveURL(/\/policies\/new/);
  await test.step("not by a command either, nor by the way back", async () => {
    const asked = page.getByRole("dialog", { name: "Leave without saving?" });
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox", { name: /^Search/ }).fill("Audit log");
    await page.getByRole("option", { name: /^Audit log/ }).click();
    await expect(asked).toBeVisible();
    await asked.getByRole("button", { name: "Stay here" }).click();
    await page.goBack();
    await expect(asked).toBeVisible();
    await asked.getByRole("button", { name: "Stay here" }).click();
    await expect(page.getByRole("textbox", { name: "Policy text" })).toContainText("no-new-teams");
  });
  await page.goBack();
  await page.getByRole("button", { name: "Leave without saving" }).click();
  await expect(page).toHaveURL("/policies/new");
});

test("an auditor reads the history, and compares two epochs", async ({ deskOf, demoPerson }) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/policies");
  await page.getByRole("link", { name: "History" }).click();
  await expect(page).toHaveURL("/policies/history");
  await expect(page.getByRole("button", { name: "Roll back to epoch 1…" })).toHaveAttribute("aria-disabled", "true");
  const row = page.getByRole("row").filter({ hasText: "Asked for by data protection" });
  const epoch = row.getByRole("link", { name: /^Epoch \d+/ });
  const number = Number(/\d+/.exec(await epoch.innerText())?.[0]);
  await epoch.click();
  await expect(page.getByRole("heading", { name: `From epoch ${number - 1} to epoch ${number}` })).toBeVisible();
  await expect(page.getByRole("table", { name: "What changes in eu-data-stays-in-eu" })).toBeVisible();
  await page.getByLabel("From").selectOption("Epoch 0");
  await expect(page.getByRole("heading", { name: `From epoch 0 to epoch ${number}` })).toBeVisible();
});

test("where two people are required, the author asks and somebody else publishes", async ({ deskOf, product }) => {
  const second = { email: "sena@swarm.local", password: "seven amber quiet rivers" };
  await addPerson(product, { ...second, role: "admin" });
  await product.stop();
  await product.start(undefined, { SWARM_POLICY_REVIEW: "required" });

  const author = await deskOf();
  await author.goto("/policies/new");
  await write(author, NO_NEW_TEAMS.replaceAll("no-new-teams", "teams-stay"));
  await author.getByRole("button", { name: "Ask for review…" }).click();
  const asking = author.getByRole("dialog", { name: "Ask for a review of teams-stay" });
  await asking.getByLabel("What they should look at").fill("Does anybody still need new teams?");
  await asking.getByRole("button", { name: "Ask for review" }).click();
  await expect(author.getByRole("button", { name: "Ask for review…" })).toHaveAttribute("aria-disabled", "true");

  const page = await deskOf(second);
  await page.goto("/policies?show=drafts");
  await expect(page.getByText("1 draft waits for a second person.", { exact: false })).toBeVisible();
  await page.getByRole("link", { name: /^teams-stay/ }).click();
  await expect(page.getByText("Does anybody still need new teams?")).toBeVisible();
  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why").fill("Looked at, and agreed");
  await dialog.getByRole("button", { name: /^Publish epoch \d+$/ }).click();
  await expect(page.getByText(/^Epoch \d+ is in force$/)).toBeVisible();
  await page.goto("/policies/history");
  await expect(page.getByText(/written by Priya Nair/).first()).toBeVisible();
});
