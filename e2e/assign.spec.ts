import type { Page } from "@playwright/test";
import { test } from "./asked";
import { expect } from "./fixtures";
import type { Answer, Machine, Site } from "./machines/site";
import { callFrom, readFrom } from "./rpc";
import { pressUntil } from "./steps";

test.use({ data: "demo" });

/** A node of team vision, and hardware in two pools. */
const NODE = "gpu-a100-ams-02";

interface Compute {
  readonly id: string;
  readonly parents: readonly { readonly type: string; readonly id: string }[];
}

/** A role that lets drain hardware, held by the lead of vision on one pool; made by an admin. */
async function makeRole(admin: Page, title: string): Promise<{ pool: string; inside: string; outside: string }> {
  const name = title.toLowerCase().replaceAll(" ", "-");
  await admin.goto("/policies");
  const { items } = await readFrom<{ items: Compute[] }>(admin, "resources.list", { type: "Compute", limit: 200 });
  const inPool = items.filter(({ parents }) => parents.some(({ type }) => type === "Pool"));
  const pool = poolOf(inPool[0]);
  const people = await readFrom<{ items: { id: string; email: string }[] }>(admin, "identities.list", { kind: "user" });
  const mara = people.items.find(({ email }) => email.startsWith("mara@"));
  const answers = await callFrom(admin, [
    {
      path: "roles.create",
      input: {
        ...{ name, title, description: "Drains hardware", note: "for the pools" },
        ...{ inherits: [], permissions: [{ actions: ["compute.drain"], resourceTypes: [], conditions: [] }] },
      },
    },
    {
      path: "grants.add",
      input: {
        ...{ holders: [{ kind: "identity", id: mara?.id }], role: name, scope: `Pool::${pool}` },
        ...{ endsAt: null, reason: "Keeps the pool" },
      },
    },
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  return {
    pool,
    inside: inPool[0]?.id ?? "",
    outside: inPool.find((one) => poolOf(one) !== pool)?.id ?? "",
  };
}

function poolOf(compute: Compute | undefined): string {
  return compute?.parents.find(({ type }) => type === "Pool")?.id ?? "";
}

/** A machine asks at the gateway whether it may drain some hardware. */
function askToDrain(site: Site, machine: Machine, on: string): Promise<Answer> {
  return site.curl("/access/v1/evaluation", {
    as: machine,
    body: {
      subject: { type: "Node", id: machine.name },
      action: { name: "compute.drain" },
      resource: { type: "Compute", id: on },
    },
  });
}

test("a lead lets a node drain one pool until Friday: she reads before what it allows, it holds there alone, and ends by itself", async ({
  deskOf,
  demoPerson,
  site,
}) => {
  const { pool, inside, outside } = await makeRole(await deskOf(demoPerson("priya")), "Drain keeper");
  const node = await site.enroll(NODE);
  expect(await askToDrain(site, node, inside)).toMatchObject({ status: 200, json: { decision: false } });

  const page = await deskOf(demoPerson("mara"));
  await page.goto("/assign");
  await page.getByRole("link", { name: "Give access" }).click();
  const form = page.getByRole("complementary", { name: "Give access" });
  await form.getByRole("button", { name: "Choose who gets it" }).click();
  await page.keyboard.type(NODE);
  await page.keyboard.press("Enter");
  await form.getByRole("radio", { name: /^Drain keeper/ }).check();
  await expect(form.getByRole("button", { name: `Where: pool ${pool}` })).toBeVisible();
  await form.getByText("Friday", { exact: true }).click();
  await expect(form.getByText(/^Fri .* 18:00 UTC, then it ends by itself\.$/)).toBeVisible();
  const changes = form.getByRole("region", { name: "What changes" });
  await expect(changes).toContainText(new RegExp(`${NODE} can drain \\d+ Compute: .*, until Fri `));
  await form.getByLabel("What for").fill("A rack that is moved this week");
  await form.getByRole("button", { name: "Give access until Friday" }).click();
  await expect(page.getByText("1 grant given")).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: NODE }).filter({ hasText: "Drain keeper" });
  await expect(row).toContainText(`on pool ${pool}`);
  await expect(row).toContainText("A rack that is moved this week");

  expect(await askToDrain(site, node, inside)).toMatchObject({
    status: 200,
    json: { decision: true, context: { policies: ["role:drain-keeper:1"] } },
  });
  expect(await askToDrain(site, node, outside)).toMatchObject({ status: 200, json: { decision: false } });

  // Another end, some seconds ahead: the next question behind it is denied, and nothing had to be done for that.
  const { items } = await readFrom<{ items: { id: string }[] }>(page, "grants.list", { role: "drain-keeper" });
  const endsAt = new Date(Date.now() + 3_000).toISOString();
  const moving = page.request.post("/api/trpc/grants.change", {
    headers: { origin: new URL(page.url()).origin },
    data: { json: { id: items[0]?.id, endsAt, reason: "done sooner" }, meta: { values: { endsAt: ["Date"] } } },
  });
  expect((await moving).status()).toBe(200);
  await expect
    .poll(async () => (await askToDrain(site, node, inside)).json["decision"], { timeout: 15_000 })
    .toBe(false);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(endsAt));
  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: "Drain keeper" }).filter({ hasText: NODE })).toHaveCount(0);
});

test("a lead cannot give admin: she is told why and whom to ask, and what she tried is in the log", async ({
  deskOf,
  demoPerson,
}) => {
  const page = await deskOf(demoPerson("mara"));
  const account = await readFrom<{ id: string }>(page, "account.read");
  await page.goto(`/assign?give=identity+${account.id}`);
  const form = page.getByRole("complementary", { name: "Give access" });
  await form.getByRole("button", { name: /^Show \d+ other roles? that you cannot give$/ }).click();
  const locked = form.locator(".opt--off").filter({ hasText: "Security admin" });
  await expect(locked).toContainText("not yours to give");
  await expect(locked).toContainText(/ask .*Priya Nair/);
  const [answer] = await callFrom(page, [
    {
      path: "grants.add",
      input: {
        ...{ holders: [{ kind: "identity", id: account.id }], role: "admin", scope: "everything" },
        ...{ endsAt: null, reason: "It would be handy" },
      },
    },
  ]);
  expect(answer?.value).toMatchObject({ results: [{ grantId: null, refused: { code: "grant.would_escalate" } }] });

  const auditor = await deskOf(demoPerson("tomas"));
  await auditor.goto("/audit?kind=grant.refused");
  await expect(auditor.getByRole("row").filter({ hasText: "Mara Lindqvist" }).first()).toBeVisible();
});

test("a lead moves the end of a grant and ends another, with the keyboard on a phone", async ({
  deskOf,
  demoPerson,
}) => {
  await makeRole(await deskOf(demoPerson("priya")), "Pool mover");
  const page = await deskOf(demoPerson("mara"));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/assign");
  const box = page.getByRole("checkbox", { name: "Choose Pool mover of Mara Lindqvist" });
  const chosen = page.getByRole("toolbar", { name: "Chosen rows" });
  await box.focus();
  await pressUntil(page, "Space", chosen);
  await chosen.getByRole("button", { name: "Extend" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "8 hours" }).focus();
  await page.keyboard.press("Space");
  await dialog.getByLabel("Why").fill("The pool goes to another team");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^It ends /).first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Pool mover" })).toContainText("7 h 59 min");

  await box.focus();
  await pressUntil(page, "Space", chosen);
  await chosen.getByRole("button", { name: "End 1 grant…" }).focus();
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("Stops with the next request");
  await question.getByLabel("Why").fill("It went");
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 grant ended")).toBeVisible();
  await expect(box).toHaveCount(0);
});

test("an auditor sees who can do what, and can change nothing", async ({ deskOf, demoPerson }) => {
  const page = await deskOf(demoPerson("tomas"));
  await page.goto("/assign");
  await expect(page.getByRole("table", { name: "Who can do what, and until when" })).toBeVisible();
  await expect(page.getByText(/You see who can do what, and give nothing here/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Give access" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^(Extend|End) / })).toHaveCount(0);
});
