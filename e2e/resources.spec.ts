import { expect, test } from "./fixtures";
import { readFrom } from "./rpc";
import { expectAccessible } from "./steps";

test.use({ data: "demo" });

test("an admin marks a provider as untrusted, and reads at once whose compute that concerns", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/");
  await page.getByRole("link", { name: /^Resources/ }).click();
  await expect(page).toHaveURL("/resources");
  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toHaveText("81 resources; 1 provider is untrusted, and 16 compute resources are theirs.");

  await page.getByRole("link", { name: /^Provider/ }).click();
  await page.getByRole("link", { name: "helios" }).click();
  const panel = page.getByRole("complementary", { name: "Provider helios" });
  await expect(panel.getByText("Verified", { exact: true })).toBeVisible();
  const remove = panel.getByRole("button", { name: "Remove…" });
  await expect(remove).toHaveAttribute("aria-disabled", "true");
  await expect(remove).toHaveAccessibleDescription(
    /^16 of Compute use it: gpu-a100-fra-01, .* and 11 more; 1 of Storage/,
  );

  await panel.getByRole("button", { name: "Edit" }).click();
  const form = page.getByRole("dialog", { name: "Edit helios" });
  await expect(form.getByText("16 of Compute use it")).toBeVisible();
  await expectAccessible(page);
  await form.getByRole("radio", { name: /^Untrusted/ }).check();
  await form.getByRole("button", { name: "Save" }).click();
  await expect(title).toHaveText("81 resources; 2 providers are untrusted, and 32 compute resources are theirs.");

  await panel.getByRole("link", { name: "Its events in the log" }).click();
  await expect(page.getByRole("row", { name: /changed the resource helios/ })).toBeVisible();
});

test("an admin registers a node's hardware with the fields that the schema asks for, and removes it again", async ({
  deskOf,
}) => {
  const page = await deskOf();
  await page.goto("/resources?add=1");
  const form = page.getByRole("dialog", { name: "Add resource" });
  await form.getByLabel("Type").selectOption("Compute");
  await form.getByRole("button", { name: "Add the resource" }).click();
  await expect(form.getByText("Give it a name.")).toBeVisible();
  await expect(form.getByText("This is needed.")).toHaveCount(3);
  await expectAccessible(page);

  await form.getByLabel("Name", { exact: false }).first().fill("gpu-h200-osl-01");
  await form.getByLabel("Provider").selectOption("nordwind");
  await form.getByLabel("Region").fill("eu-north");
  await form.getByLabel("GPUs").fill("eight");
  await form.getByLabel("Pool").selectOption("train");
  await form.getByLabel("Team").selectOption("vision");
  await form.getByRole("button", { name: "Add the resource" }).click();
  await expect(form.getByText("A whole number.")).toBeVisible();
  await form.getByLabel("GPUs").fill("8");
  await form.getByRole("button", { name: "Add the resource" }).click();

  const panel = page.getByRole("complementary", { name: "Compute gpu-h200-osl-01" });
  await expect(panel).toContainText("Compute of the team vision");
  await expect(panel.getByRole("link", { name: "nordwind" })).toBeVisible();
  await panel.getByRole("button", { name: "Remove…" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("The node of its name has neither a provider nor a pool.");
  const remove = question.getByRole("button", { name: "Remove gpu-h200-osl-01" });
  await expect(remove).toBeDisabled();
  await question.getByLabel("Type its name to confirm").fill("gpu-h200-osl-01");
  await remove.click();
  await expect(panel).toBeHidden();
  const { items } = await readFrom<{ items: unknown[] }>(page, "resources.list", { text: "gpu-h200" });
  expect(items).toEqual([]);
});

test("a team lead adds a dataset to her team, and reads why a provider is not hers to judge", async ({
  deskOf,
  demoPerson,
}) => {
  const page = await deskOf(demoPerson("mara"));
  await page.goto("/resources?type=Provider");
  await page.getByRole("link", { name: "basement-gpus" }).click();
  const panel = page.getByRole("complementary", { name: "Provider basement-gpus" });
  for (const name of ["Edit", "Remove…"]) {
    const button = panel.getByRole("button", { name });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription("No policy allows it. Ask a security admin.");
  }
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();

  await page.getByRole("button", { name: "Add resource" }).click();
  const form = page.getByRole("dialog", { name: "Add resource" });
  await expect(form.getByText("Not Pool or Provider: no policy allows it. Ask a security admin.")).toBeVisible();
  await form.getByLabel("Type").selectOption("Dataset");
  await form.getByLabel("Name", { exact: false }).first().fill("harbour-cameras");
  await form.getByLabel("Region").fill("eu-north");
  await form.getByLabel("Sensitivity").selectOption("confidential");
  await form.getByRole("button", { name: "Add the resource" }).click();
  await expect(page.getByRole("complementary", { name: "Dataset harbour-cameras" })).toContainText(
    "Dataset of the team vision",
  );

  await page.goto('/resources?open=Compute::"gpu-h100-fra-01"');
  const others = page.getByRole("complementary", { name: "Compute gpu-h100-fra-01" });
  await expect(others.getByRole("button", { name: "Edit" })).toHaveAccessibleDescription(
    "It belongs to another team. Ask a security admin.",
  );
});

test("an auditor finds what runs at an untrusted provider by the keyboard, and may change none of it", async ({
  deskOf,
  demoPerson,
}) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/");
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await expect(page).toHaveURL("/resources", { timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
  await page.getByRole("searchbox", { name: "Search resources" }).fill("basement");
  await expect(page).toHaveURL("/resources?q=basement");
  await expect(page.locator(".foot")).toContainText(/^17 resources/);
  const node = page.getByRole("row", { name: /gpu-l40s-lis-01/ });
  await expect(node.getByRole("img", { name: "Untrusted" })).toBeVisible();
  const add = page.getByRole("button", { name: "Add resource" });
  await expect(add).toHaveAccessibleDescription(/An auditor reads and changes nothing/);

  await page.goto("/resources?q=nothing-is-called-so");
  await expect(page.getByText("No resource fits")).toBeVisible();
  await page.getByRole("link", { name: "Show all resources" }).click();
  await expect(page).toHaveURL("/resources");
});
