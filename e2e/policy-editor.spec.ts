import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";

test.use({ data: "demo" });

/** The text of the policy, by the button that copies it. */
async function textOf(page: Page): Promise<string> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy policy" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Chooses from a list with a search, by the keyboard alone. */
async function choose(page: Page, opener: Locator, query: string, option: string | RegExp): Promise<void> {
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: /^Search/ })).toBeFocused();
  await page.keyboard.type(query);
  await expect(page.getByRole("option", { name: option, selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listbox")).toHaveCount(0);
}

async function openEditor(page: Page): Promise<Locator> {
  await page.goto("/policies/new");
  const text = page.getByRole("textbox", { name: "Policy text" });
  await expect(text).toBeVisible();
  return text;
}

test("an admin builds a policy with blocks alone", async ({ deskOf }) => {
  const page = await deskOf();
  const text = await openEditor(page);
  const blocks = page.getByRole("region", { name: "Blocks" });
  await blocks.getByRole("button", { name: "Permit" }).click();
  await expect(blocks.getByRole("combobox", { name: "Who is" })).toBeFocused();
  await blocks.getByRole("textbox", { name: "Name" }).fill("Platform drains");
  await expect(blocks.getByText(/^a name is lower-case letters/)).toBeVisible();
  await blocks.getByRole("textbox", { name: "Name" }).fill("platform-drains");

  await blocks.getByRole("combobox", { name: "Who is" }).selectOption({ label: "a member of" });
  await choose(page, blocks.getByRole("button", { name: "Who, in: Choose" }), "platform", /platform/);
  await expect(blocks.getByRole("button", { name: "Who, in: Team platform" })).toBeFocused();

  await blocks.getByRole("button", { name: "Action" }).click();
  for (const action of ["compute.drain", "workload.run"]) {
    await page.getByRole("textbox", { name: "Search actions" }).fill(action);
    await page.getByRole("checkbox", { name: action }).check();
  }
  await page.keyboard.press("Escape");
  await blocks.getByRole("combobox", { name: "On is" }).selectOption({ label: "any" });
  await expect(blocks.getByRole("combobox", { name: "On, type" })).toHaveValue("Compute");

  const when = blocks.getByRole("group", { name: /^Only when/ });
  await choose(page, when.getByRole("button", { name: "Condition" }), "proved", /^proved by/);
  await expect(when.getByRole("textbox", { name: "proved by includes" })).toBeFocused();
  await page.keyboard.type("totp");

  await when.getByRole("button", { name: "Group", exact: true }).click();
  await page.getByRole("menuitem", { name: "Any of these" }).click();
  const group = when.getByRole("group", { name: "Any of these" });
  await expect(group.getByRole("button", { name: "Condition" })).toBeFocused();
  await expect(group.getByText("Nothing yet: this never holds.")).toBeVisible();
  await choose(page, group.getByRole("button", { name: "Condition" }), "resource region", /^resource · region/);
  await expect(group.getByRole("textbox", { name: "resource · region is" })).toBeFocused();
  await page.keyboard.type("ams");
  await choose(page, group.getByRole("button", { name: "Condition" }), "resource gpus", /^resource · gpus/);
  const gpus = group.getByRole("group", { name: /^resource · gpus/ });
  await gpus.getByRole("combobox", { name: "Asks whether it" }).selectOption({ label: "is at least" });
  await gpus.getByRole("textbox").fill("8");

  const last = when.getByRole("button", { name: "Condition" }).last();
  await choose(page, last, "reason", /^reason/);
  await expect(when.getByRole("group", { name: "reason is given" })).toBeVisible();
  const reason = when.getByRole("group", { name: "reason is an empty text" });
  await reason.getByRole("combobox", { name: "Asks whether it" }).selectOption({ label: "matches" });
  await when.getByRole("textbox", { name: "reason matches" }).fill("CHG-*");

  await when.getByRole("button", { name: "Expression" }).last().click();
  await page.keyboard.type('context.now.toTime() < duration("20h")');
  await page.keyboard.press("Enter");
  await expect(when.getByRole("group", { name: /^Expression: context\.now/ })).toBeVisible();

  const unless = blocks.getByRole("group", { name: /^Except when/ });
  await choose(page, unless.getByRole("button", { name: "Condition" }), "resource region", /^resource · region/);
  await expect(unless.getByRole("textbox", { name: "resource · region is" })).toBeFocused();
  await page.keyboard.type("ams");
  await unless.getByRole("button", { name: "Remove: resource · region is ams" }).click();
  await expect(unless.getByRole("button", { name: "Condition" })).toBeFocused();
  await choose(page, unless.getByRole("button", { name: "Condition" }), "who state", /^who · state/);
  await expect(unless.getByRole("textbox", { name: "who · state is" })).toBeFocused();
  await page.keyboard.type("locked");

  const expected = [
    '@id("platform-drains")',
    "permit (",
    '  principal in Team::"platform",',
    '  action in [Action::"compute.drain", Action::"workload.run"],',
    "  resource is Compute",
    ")",
    "when {",
    '  context.provedBy.contains("totp") && (resource.region == "ams" ||',
    "                                        resource.gpus >= 8) &&",
    "  context has reason &&",
    '  context.reason like "CHG-*" &&',
    '  context.now.toTime() < duration("20h")',
    "}",
    "unless {",
    '  principal.state == "locked"',
    "};",
    "",
  ].join("\n");
  expect(await textOf(page)).toBe(expected);

  await blocks.getByRole("textbox", { name: "who · state is" }).press("Control+z");
  await expect(text).not.toContainText('"locked"');
  await blocks.getByRole("button", { name: "Redo" }).click();
  await expect(text).toContainText('"locked"');
  expect(await textOf(page)).toBe(expected);
});

test("an admin writes another as text alone", async ({ deskOf }) => {
  const page = await deskOf();
  const text = await openEditor(page);
  await text.click();
  await page.keyboard.type("// Nobody deploys what is restricted.");
  await page.keyboard.press("Enter");
  await page.keyboard.type('forbid (principal, action == Action::"dataset.r');
  await page.getByRole("option", { name: '"dataset.read"' }).click();
  await page.keyboard.type(", resource is Dataset)");
  await page.keyboard.press("Enter");
  await page.keyboard.type("when { resource.sens");
  await page.getByRole("option", { name: /^sensitivity/ }).click();
  await page.keyboard.type(' == "restricted" && resource.team == Team::"vision" };');

  const blocks = page.getByRole("region", { name: "Blocks" });
  await expect(blocks.getByRole("radio", { name: "Forbid" })).toBeChecked();
  await expect(blocks.getByRole("group", { name: "resource · sensitivity is restricted" })).toBeVisible();
  await expect(blocks.getByRole("button", { name: /^Error: .*may lack the attribute `team`/ })).toBeVisible();

  await text.press("F8");
  await page.getByRole("button", { name: "Add the check" }).first().click();
  await expect(blocks.getByRole("button", { name: /^Error/ })).toHaveCount(0);
  expect(await textOf(page)).toBe(
    [
      "// Nobody deploys what is restricted.",
      'forbid (principal, action == Action::"dataset.read", resource is Dataset)',
      'when { resource.sensitivity == "restricted" && resource has team && resource.team == Team::"vision" };',
    ].join("\n"),
  );
});

test("an admin takes a change of a block back on a phone, where the text is a tab of its own", async ({ deskOf }) => {
  const page = await deskOf();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/policies/new");
  const blocks = page.getByRole("region", { name: "Blocks" });
  await blocks.getByRole("button", { name: "Forbid" }).click();
  await blocks.getByRole("combobox", { name: "On is" }).selectOption({ label: "any" });
  await expect(blocks.getByRole("combobox", { name: "On, type" })).toBeVisible();

  const text = page.getByRole("textbox", { name: "Policy text" });
  await expect(text).toBeHidden();
  await page.getByRole("tab", { name: "Blocks" }).press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Cedar" })).toBeFocused();
  await expect(text).toHaveText(/^forbid \(\s*principal,\s*action,\s*resource is \w+\s*\);/);

  await page.getByRole("tab", { name: "Cedar" }).press("ArrowLeft");
  await blocks.getByRole("button", { name: "Undo" }).click();
  await expect(blocks.getByRole("combobox", { name: "On is" })).toHaveValue("any");
  await blocks.getByRole("button", { name: "Undo" }).click();
  await expect(blocks.getByText("The text has no policy yet.")).toBeVisible();
  await blocks.getByRole("button", { name: "Redo" }).click();
  await expect(blocks.getByRole("radio", { name: "Forbid" })).toBeChecked();
});
