import type { Page } from "@playwright/test";
import { askToRun, numberOf, test } from "./asked";
import { expect } from "./fixtures";
import type { Answer } from "./machines/site";

test.use({ data: "demo" });

/** A node of the example organisation whose provider nobody trusts. */
const NODE = "gpu-l40s-fra-03";
const POLICY = "no-training-on-untrusted-providers";
const TEXT = `@id("${POLICY}")
forbid (
  principal,
  action == Action::"workload.run",
  resource is Compute
)
when { context has workload && context.workload.kind == "training" }
when { resource.provider.trust == "untrusted" };
`;

test("an admin forbids training on untrusted providers: a node is denied at once, and allowed again once it is rolled back", async ({
  deskOf,
  site,
}) => {
  const node = await site.enroll(NODE);
  const askToTrain = () => askToRun(site, node, NODE, { kind: "training", sensitivity: "internal" });
  const before = await askToTrain();
  expect(before).toMatchObject({ status: 200, json: { decision: true } });

  const page = await deskOf();
  await page.goto("/policies/new");
  await page.getByRole("textbox", { name: "Policy text" }).fill(TEXT);
  await test.step("a request that is tried is denied by it", () => tryIt(page));
  await test.step("the impact page says who would be denied", () => expectImpact(page, before));

  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why").fill("Asked for by the owners of the models");
  await dialog.getByRole("button", { name: /^Publish epoch \d+$/ }).click();
  await expect(page.getByText(/^Epoch \d+ is in force$/)).toBeVisible();
  const denied = await askToTrain();
  expect(denied).toMatchObject({
    status: 200,
    json: { decision: false, context: { policies: [POLICY], reason: `the policy ${POLICY} forbids it` } },
  });
  expect(await askToRun(site, node, NODE, { kind: "inference", sensitivity: "internal" })).toMatchObject({
    json: { decision: true },
  });

  await page.goto(`/decisions?decision=${numberOf(denied)}`);
  await page.getByRole("button", { name: "Explain" }).click();
  await expect(page.getByRole("list", { name: "Policies that decided" })).toContainText(POLICY);

  await page.goto("/policies/history");
  const epochs = page.getByRole("row").filter({ has: page.getByRole("button", { name: /^Roll back/ }) });
  await epochs
    .first()
    .getByRole("button", { name: /^Roll back/ })
    .click();
  const question = page.getByRole("alertdialog");
  await expect(question.getByText(POLICY)).toBeVisible();
  await question.getByLabel("Why").fill("The models are public after all");
  await question.getByRole("button", { name: /^Roll back to epoch/ }).click();
  await expect(page.getByText(/^Epoch \d+ is in force, as epoch \d+ was$/)).toBeVisible();
  expect(await askToTrain()).toMatchObject({ status: 200, json: { decision: true } });
});

/** Puts the request together from fields, without a line of JSON. */
async function tryIt(page: Page): Promise<void> {
  await page.getByRole("tab", { name: /^Test/ }).click();
  await page.getByRole("combobox", { name: "Who", exact: true }).selectOption("Node");
  await page.getByRole("combobox", { name: "Who: name" }).fill(NODE);
  await page.getByRole("combobox", { name: "On what: name" }).fill(NODE);
  await page.getByRole("combobox", { name: "Say more" }).selectOption("workload · kind");
  await expect(page.getByRole("combobox", { name: "workload · sensitivity" })).toHaveValue("internal");
  const verdict = page.getByRole("region", { name: "Verdict" });
  await page.getByRole("button", { name: "Decide" }).click();
  await expect(verdict.getByText("Denied", { exact: true })).toBeVisible();
  await expect(verdict.getByRole("link", { name: POLICY })).toBeVisible();
  await page.getByRole("combobox", { name: "workload · kind" }).fill("inference");
  await page.getByRole("button", { name: "Decide" }).click();
  await expect(verdict.getByText("Allowed", { exact: true })).toBeVisible();
}

/** The decision of before is among those that would be denied, and leads to itself. */
async function expectImpact(page: Page, before: Answer): Promise<void> {
  await page.getByRole("tab", { name: "Impact" }).click();
  await page.getByRole("button", { name: "Replay the log" }).click();
  await expect(page.getByText(/^This draft takes away \d+ decisions\.$/)).toBeVisible();
  const group = page
    .getByRole("region", { name: "Newly denied" })
    .getByRole("group")
    .filter({ hasText: `Node ${NODE}` });
  await expect(group).toContainText(`Forbidden by ${POLICY}`);
  await group.getByText(`Node ${NODE}`).click();
  await expect(group.getByRole("link").first()).toHaveText(`Decision ${numberOf(before).toLocaleString("en")}`);
  await expect(page.getByRole("region", { name: "Newly allowed" })).toContainText("None of the decisions in the log.");
  const losses = page.getByRole("row").filter({ hasText: `Node ${NODE}` });
  await expect(losses).toContainText("workload.run (training)");
  await expect(losses).toContainText(POLICY);
}
