import { expect, test } from "./fixtures";
import { readFrom } from "./rpc";
import { expectAccessible } from "./steps";

test.use({ data: "demo" });

test("an admin puts a team within another, after reading what that changes, and sees it there", async ({ deskOf }) => {
  const page = await deskOf();
  await page.goto("/");
  await page.getByRole("link", { name: "Teams and pools" }).click();
  await expect(page).toHaveURL("/teams");
  await page.getByRole("button", { name: "Make a team" }).click();
  const form = page.getByRole("dialog", { name: "Make a team" });
  await form.getByRole("button", { name: "Make the team" }).click();
  await expect(form.getByText("Give the team's name.")).toBeVisible();
  await form.getByLabel("Name").fill("robotics");
  await form.getByRole("button", { name: "Make the team" }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("robotics");

  await page.getByRole("button", { name: "Move robotics…" }).click();
  const question = page.getByRole("dialog", { name: "Move robotics" });
  await expect(question.getByRole("button", { name: "Move robotics" })).toBeDisabled();
  await question.getByLabel("Within").selectOption({ label: "vision" });
  await expect(question.getByText("vision → robotics.")).toBeVisible();
  await expect(question.getByText(/Mara .*: Team lead within vision/)).toBeVisible();
  await expectAccessible(page);
  await question.getByRole("button", { name: "Move robotics" }).click();
  await expect(question).toBeHidden();
  const row = page.getByRole("row", { name: /robotics within vision/ });
  await expect(row).toContainText("Mara");

  await page.getByRole("button", { name: "Move vision…" }).click();
  const places = page.getByRole("dialog", { name: "Move vision" }).getByLabel("Within").getByRole("option");
  await expect(places.filter({ hasText: "robotics" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.goto("/audit");
  await expect(page.getByRole("row", { name: /moved the team robotics/ })).toBeVisible();
});

test("an admin imports a file with two wrong rows, is told which, mends it, and imports all of it", async ({
  deskOf,
}) => {
  const page = await deskOf();
  await page.goto("/nodes");
  await page.getByRole("link", { name: "Import" }).click();
  await expect(page).toHaveURL("/people/import");
  const choose = (rows: string) =>
    page.locator('input[type="file"]').setInputFiles({
      name: "new.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(`kind,name,email,team\n${rows}`),
    });

  await choose("node,gpu-new-01,,vision\nnode,GPU_2,,vision\nuser,ada,ada@swarm.local,nobodys\n");
  await expect(page.getByText("2 rows are wrong in new.csv.")).toBeVisible();
  const problems = page.getByRole("table", { name: /^What is wrong/ });
  await expect(problems.getByRole("row", { name: /^3 name Lower-case letters/ })).toBeVisible();
  await expect(problems.getByRole("row", { name: /^4 team There is no team “nobodys”/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Import \d/ })).toHaveCount(0);
  await expectAccessible(page);

  await choose("node,gpu-new-01,,vision\nnode,gpu-new-02,,vision\nuser,ada,ada@swarm.local,vision\n");
  await expect(page.getByText(/1 person and 2 nodes would be added/)).toContainText("no password");
  const { items: before } = await readFrom<{ items: unknown[] }>(page, "identities.list", {
    kind: "node",
    query: "gpu-new",
  });
  expect(before).toEqual([]);
  await page.getByRole("button", { name: "Import 3 identities" }).click();
  await expect(page.getByText("3 imported.")).toBeVisible();
  await page.getByRole("link", { name: "See nodes" }).click();
  await page.getByRole("searchbox", { name: "Search nodes" }).fill("gpu-new");
  await expect(page.locator(".foot")).toContainText(/^2 nodes/);

  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  const text = await (await (await file).createReadStream()).toArray();
  expect(Buffer.concat(text).toString()).toBe(
    "kind,name,displayName,email,team,labels\r\n" +
      "node,gpu-new-01,gpu-new-01,,vision,\r\nnode,gpu-new-02,gpu-new-02,,vision,\r\n",
  );
});

test("a team lead sees the teams and who is in them, and reads why she cannot move any", async ({
  deskOf,
  demoPerson,
}) => {
  const page = await deskOf(demoPerson("mara"));
  await page.goto("/teams");
  const move = page.getByRole("button", { name: "Move vision…" });
  await expect(move).toHaveAttribute("aria-disabled", "true");
  await expect(move).toHaveAccessibleDescription("No policy allows it. Ask a security admin.");
  await expect(page.getByRole("button", { name: "Make a team" })).toHaveAttribute("aria-disabled", "true");
  await expect(
    page.getByRole("table", { name: /^Pools/ }).getByRole("row", { name: /compute resources/ }),
  ).not.toHaveCount(0);
  await page.getByRole("link", { name: /nodes in vision itself/ }).click();
  await expect(page).toHaveURL(/\/nodes\?team=tem_/);
});
