import type { Locator, Page } from "@playwright/test";
import { NODE, test } from "./asked";
import { expect } from "./fixtures";
import type { Machine, Site } from "./machines/site";
import { callFrom, readFrom } from "./rpc";
import { addPerson, expectAccessible } from "./steps";

test.use({ data: "demo" });
test.describe.configure({ timeout: 120_000 });

const WRITER = "checkpoint-writer";
/** Another node, which holds nothing yet. */
const INFERENCE_NODE = "gpu-l40s-fra-03";
const HANNA = { email: "hanna.berg@swarm.local", password: "seven calm amber routers", role: "admin" } as const;

interface Named {
  readonly id: string;
  readonly name: string;
}
interface Storage {
  readonly id: string;
  readonly attributes: { readonly region: string };
}

/** Presses a key until something has the focus, as somebody without a pointer does. */
async function pressTo(page: Page, key: string, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 90; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never leads to ${wanted.toString()}`);
}

async function firstStorage(page: Page): Promise<Storage> {
  const { items } = await readFrom<{ items: Storage[] }>(page, "resources.list", { type: "Storage" });
  const [storage] = items;
  if (!storage) throw new Error("the example has no storage");
  return storage;
}

async function findNode(page: Page, called: string = NODE): Promise<Named> {
  const { items } = await readFrom<{ items: Named[] }>(page, "identities.list", { kind: "node", query: called });
  const node = items.find(({ name }) => name === called);
  if (!node) throw new Error(`there is no ${called}`);
  return node;
}

/** Gives a role to a node, everywhere and without an end; answers what became of it. */
async function give(page: Page, role: string, { id }: Named) {
  const grant = { role, scope: "everything", endsAt: null, reason: "it writes checkpoints" };
  const [answer] = await callFrom(page, [
    { path: "grants.add", input: { ...grant, holders: [{ kind: "identity", id }] } },
  ]);
  return answer?.value as { results: { grantId: string | null; refused: { code: string; message: string } | null }[] };
}

/** A role that lets whoever holds it write to storage. */
async function makeRole(page: Page, title: string): Promise<string> {
  const name = title.toLowerCase().replaceAll(" ", "-");
  const permissions = [{ actions: ["storage.write"] }];
  const [made] = await callFrom(page, [
    { path: "roles.create", input: { name, title, permissions, note: "it is needed" } },
  ]);
  expect(made).toMatchObject({ status: 200 });
  return name;
}

/** A page of our own, from which procedures can be called. */
async function openRoles(deskOf: () => Promise<Page>): Promise<Page> {
  const page = await deskOf();
  await page.goto("/roles");
  return page;
}

function askToWrite(site: Site, machine: Machine, storage: string) {
  return site.curl("/access/v1/evaluation", {
    as: machine,
    body: {
      subject: { type: "Node", id: machine.name },
      action: { name: "storage.write" },
      resource: { type: "Storage", id: storage },
    },
  });
}

test("an admin makes a role with the keyboard alone, sees its Cedar, and what a node may do changes", async ({
  deskOf,
  site,
}) => {
  const machine = await site.enroll(NODE);
  const page = await deskOf();
  const storage = await firstStorage(page);
  expect(await askToWrite(site, machine, storage.id)).toMatchObject({ status: 200, json: { decision: false } });

  await page.goto("/roles");
  await pressTo(page, "Tab", page.getByRole("link", { name: "New role" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "New role" })).toBeVisible();
  await pressTo(page, "Tab", page.getByLabel("Title"));
  await page.keyboard.type("Checkpoint writer");
  await expect(page.getByLabel("Name")).toHaveValue(WRITER);

  await pressTo(page, "Tab", page.getByRole("button", { name: "Add permission" }));
  await page.keyboard.press("Enter");
  const permission = page.getByRole("group", { name: "Permission 1" });
  const actions = permission.getByRole("button", { name: "Action", exact: true });
  await expect(actions).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Search actions" })).toBeFocused();
  await page.keyboard.type("storage.wr");
  await pressTo(page, "Tab", page.getByRole("checkbox", { name: "storage.write" }));
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect(actions).toBeFocused();
  await expect(permission.getByText("Storage", { exact: true })).toBeVisible();

  await pressTo(page, "Tab", permission.getByRole("button", { name: "Condition", exact: true }));
  await page.keyboard.press("Enter");
  await pressTo(page, "ArrowDown", page.getByRole("menuitem", { name: "Certain regions" }));
  await page.keyboard.press("Enter");
  await pressTo(page, "Shift+Tab", permission.getByRole("button", { name: "Region", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Search: Region" })).toBeFocused();
  await page.keyboard.type(storage.attributes.region);
  await page.keyboard.press("Enter");

  const cedar = page.getByRole("region", { name: "Cedar" });
  await expect(cedar).toContainText("1 policy, nothing against it");
  await expect(cedar).toContainText('Action::"storage.write"');
  await expect(cedar).toContainText(`["${storage.attributes.region}"].contains(resource.region)`);
  await expect(page.getByRole("list", { name: "What changes" })).toContainText("storage.write on Storage");
  await pressTo(page, "Tab", page.getByLabel("Why"));
  await page.keyboard.type("Nodes write their checkpoints themselves");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/roles/${WRITER}`);
  await expect(page.getByRole("row", { name: /^storage\.write/ })).toContainText(/yes\s*if 1/);
  await expectAccessible(page);

  const given = await give(page, WRITER, await findNode(page));
  expect(given.results).toMatchObject([{ refused: null }]);
  expect(await askToWrite(site, machine, storage.id)).toMatchObject({
    status: 200,
    json: { decision: true, context: { policies: [`role:${WRITER}:1`] } },
  });

  await page.goto(`/roles/${WRITER}?view=holders`);
  await expect(page.getByRole("row", { name: new RegExp(NODE) })).toContainText("everything");
  await page.goto(`/roles/${WRITER}?view=cedar`);
  await page.getByRole("link", { name: `role:${WRITER}:1` }).click();
  await expect(page.getByText("It is written by a role, and is read here.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Look at the role" })).toBeVisible();
});

test("an auditor reads a role and can change nothing", async ({ deskOf, demoPerson }) => {
  const role = await makeRole(await openRoles(deskOf), "Log writer");
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/roles?q=log%20writer");
  await expect(page.getByRole("button", { name: "New role" })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("link", { name: /^Log writer/ }).click();
  await expect(page.getByRole("row", { name: /^storage\.write/ })).toBeVisible();
  for (const name of ["Edit", "Copy to a new role", "Retire…"]) {
    const deed = page.getByRole("button", { name });
    await expect(deed).toHaveAttribute("aria-disabled", "true");
    await expect(deed).toHaveAttribute("aria-description", /an auditor reads/i);
  }
  await page.getByRole("link", { name: /^Cedar/ }).click();
  await expect(page.getByRole("region", { name: `role:${role}:1` })).toContainText("permit (");

  await page.goto(`/roles/${role}/edit`);
  await expect(page.getByRole("heading", { name: "You may not change roles" })).toBeVisible();
  const [answer] = await callFrom(page, [{ path: "roles.retire", input: { name: role, reason: "I can" } }]);
  expect(answer).toMatchObject({ status: 403, code: "kernel.forbidden" });
});

test("two admins edit the same role: the second is told, and loses nothing", async ({ deskOf, product }) => {
  await addPerson(product, HANNA);
  const [priya, hanna] = [await openRoles(deskOf), await deskOf(HANNA)];
  const role = await makeRole(priya, "Model writer");
  for (const page of [priya, hanna]) {
    await page.goto(`/roles/${role}/edit`);
    await expect(page.getByLabel("Title")).toHaveValue("Model writer");
  }
  await priya.getByLabel("Description").fill("Writes models, and nothing else.");
  await priya.getByLabel("Why").fill("It said nothing of itself");
  await priya.getByRole("button", { name: "Save role" }).click();
  await expect(priya).toHaveURL(`/roles/${role}`);

  await hanna.getByLabel("Title").fill("Model keeper");
  await hanna.getByLabel("Why").fill("They keep them, too");
  await hanna.getByRole("button", { name: "Save role" }).click();
  await expect(hanna.getByText("Somebody else changed this role.")).toBeVisible();
  await expect(hanna.getByLabel("Title")).toHaveValue("Model keeper");
  await expect(hanna.getByLabel("Why")).toHaveValue("They keep them, too");
  await hanna.getByRole("button", { name: "Look at their version" }).click();
  const theirs = hanna.getByRole("region", { name: "Their version" });
  await expect(theirs).toContainText("You go on from version 2, by Priya Nair.");
  await expectAccessible(hanna);
  await expect(theirs).toContainText("description: Writes models, and nothing else.");
  await expect(hanna.getByRole("list", { name: "What changes" })).toContainText("Its description says something else");
  await hanna.getByLabel("Description").fill("Writes models, and nothing else.");
  await hanna.getByRole("button", { name: "Save role" }).click();
  await expect(hanna).toHaveURL(`/roles/${role}`);

  await hanna.goto(`/roles/${role}?view=history`);
  await expect(hanna.getByRole("row", { name: /Version 3/ })).toContainText("They keep them, too");
  const diff = hanna.getByRole("table", { name: "How the two differ" });
  await expect(diff.getByRole("row", { name: /removed/ })).toContainText("title: Model writer");
  await expect(diff.getByRole("row", { name: /added/ })).toContainText("title: Model keeper");
});

test("whoever leaves a role half made is asked, and stays where they are", async ({ deskOf }) => {
  const page = await openRoles(deskOf);
  const role = await makeRole(page, "Half made");
  await page.goto(`/roles/new?from=${role}`);
  await expect(page.getByLabel("Name")).toHaveValue("copy-of-half-made");
  await page.getByLabel("Title").fill("Quarter made");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay here" }).click();
  await expect(page.getByLabel("Title")).toHaveValue("Quarter made");
  await expect(page.getByLabel("Name")).toHaveValue("quarter-made");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Leave without saving" }).click();
  await expect(page).toHaveURL("/roles");
});

test("an admin separates two duties, and nobody is given both, by whichever way", async ({ deskOf }) => {
  const page = await openRoles(deskOf);
  const [writer, checker] = [await makeRole(page, "Backup writer"), await makeRole(page, "Backup checker")];
  const node = await findNode(page);
  expect((await give(page, writer, node)).results).toMatchObject([{ refused: null }]);
  await page.goto("/roles/separations");
  await page.getByRole("button", { name: "Separate duties" }).click();
  const dialog = page.getByRole("dialog", { name: "Separate duties" });
  await dialog.getByLabel("Name").fill("Who writes does not check");
  for (const role of [writer, checker]) {
    await dialog.getByRole("button", { name: "Role", exact: true }).click();
    await page.getByRole("combobox", { name: "Search: Role" }).fill(role);
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("button", { name: `Remove: ${role}` })).toBeVisible();
  }
  await dialog.getByLabel("Why").fill("Nobody checks their own work");
  await dialog.getByRole("button", { name: "Keep them apart" }).click();
  await expect(page.getByRole("row", { name: /^Who writes does not check/ })).toContainText("at most 1 of");
  await expectAccessible(page);

  const { results } = await give(page, checker, node);
  expect(results).toMatchObject([{ grantId: null, refused: { code: "grant.duties_separated" } }]);

  await page.goto("/roles/new");
  await page.getByLabel("Title").fill("Checkpoint everything");
  for (const role of [writer, checker]) {
    await page.getByRole("button", { name: "Inherited role", exact: true }).click();
    await page.getByRole("combobox", { name: "Search: Inherited role" }).fill(role);
    await page.keyboard.press("Enter");
  }
  await page.getByLabel("Why").fill("One does it all");
  await page.getByRole("button", { name: "Make role" }).click();
  await expect(page.getByText("These duties are kept apart.")).toBeVisible();
  await expect(page.getByLabel("Why")).toHaveValue("One does it all");

  await page.goto("/roles/separations");
  await page.getByRole("button", { name: "More about Who writes does not check" }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  await page.getByRole("button", { name: "Remove separation" }).click();
  await expect(page.getByRole("row", { name: /^Who writes does not check/ })).toHaveCount(0);
  const given = await give(page, checker, node);
  expect(given.results).toMatchObject([{ refused: null }]);
});

test("an admin retires a role: its grants end, and its name is never given again", async ({ deskOf, site }) => {
  const page = await openRoles(deskOf);
  const storage = await firstStorage(page);
  const machine = await site.enroll(INFERENCE_NODE);
  const role = await makeRole(page, "Old writer");
  expect((await give(page, role, await findNode(page, INFERENCE_NODE))).results).toMatchObject([{ refused: null }]);
  expect(await askToWrite(site, machine, storage.id)).toMatchObject({ json: { decision: true } });
  await page.goto(`/roles/${role}`);
  await page.getByRole("button", { name: "Retire…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("1 grant ends:");
  await dialog.getByLabel("Reason").fill("Nodes write nothing any more");
  await expect(dialog.getByRole("button", { name: "Retire role" })).toBeDisabled();
  await dialog.getByLabel("Type the role’s name to confirm").fill(role);
  await dialog.getByRole("button", { name: "Retire role" }).click();
  await expect(page.getByText("Retired, and does not come back.")).toBeVisible();
  expect(await askToWrite(site, machine, storage.id)).toMatchObject({ json: { decision: false } });

  await page.goto("/roles/new");
  await page.getByLabel("Title").fill("Old writer");
  await page.getByLabel("Why").fill("Once more");
  await page.getByRole("button", { name: "Make role" }).click();
  await expect(page.getByText("The name is taken.")).toBeVisible();
});
