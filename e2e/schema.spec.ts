import { expect, test } from "./fixtures";

test.use({ data: "demo" });

test("an admin adds a type to the schema, and is kept from taking away what policies ask for", async ({
  deskOf,
  demoPerson,
}) => {
  const page = await deskOf(demoPerson("priya"));
  await page.goto("/policies/schema");
  const schema = page.getByRole("textbox", { name: "Schema of the swarm" });
  const before = await schema.inputValue();
  expect(before).toContain("entity Compute in [Pool, Team, Scope]");

  // What is filled in before the page listens is lost.
  await expect(async () => {
    await schema.fill(`${before}\nentity Robot = { axes: Lon };\n`);
    await expect(page.getByRole("status").getByText("1 problem in the schema")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await schema.fill(before.replace(/action "endpoint\.invoke".*\n/, ""));
  await page.getByRole("button", { name: "Publish schema…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Why" }).fill("We have no endpoints");
  await dialog.getByRole("button", { name: "Publish schema" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Endpoints-by-team:");
  await dialog.getByRole("button", { name: "Keep the schema" }).click();

  await schema.fill(`${before}\nentity Robot = { axes: Long };\n`);
  await page.getByRole("button", { name: "Publish schema…" }).click();
  await dialog.getByRole("textbox", { name: "Why" }).fill("The hall in Lisbon has robots");
  await dialog.getByRole("button", { name: "Publish schema" }).click();
  await expect(page.getByText(/Epoch \d+ is in force with the new schema/)).toBeVisible();
  await expect(schema).toHaveValue(/entity Robot/);
});
