import type { Page } from "@playwright/test";
import { askToRun, NODE, OTHER } from "./asked";
import { expect, test } from "./fixtures";
import { Site } from "./machines/site";
import type { Product } from "./product";
import { findThings } from "./screens";

test.use({ data: "demo" });

/** Both sides of every width at which a column gives way, and what people have on their desks. */
const WIDTHS = [1920, 1440, 1361, 1321, 1280, 1181, 1180, 1024, 961, 960, 800, 721, 390];

test("no list cuts a name or runs out of its page, however wide the window is", async ({ deskOf, product }) => {
  test.setTimeout(240_000);
  await makeDecisions(product);
  const page = await deskOf();
  const { personId, serial, event } = await findThings(page);
  const lists = [
    "/",
    "/certificates",
    "/authorities",
    "/profiles",
    "/join-tokens",
    "/nodes",
    "/services",
    "/people",
    "/roles",
    "/roles/team_lead?view=holders",
    "/policies",
    "/policies/history",
    "/teams",
    "/people/import",
  ];
  const others = [
    `/people/${personId}`,
    `/certificates/${serial}`,
    "/sessions",
    "/audit",
    `/audit?event=${event}`,
    "/assign",
    "/resources",
    "/decisions",
    "/decisions?decision=1",
  ];
  for (const path of [...lists, ...others]) {
    await page.goto(path);
    await expect(page.locator("td").first(), path).toBeAttached();
    await expect(page.locator(".sk")).toHaveCount(0);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      expect.soft(await findCut(page), `${path} at ${width} px`).toEqual([]);
    }
  }
});

/** What a node asked: something that a policy permits, something that none does, something that is not there. */
async function makeDecisions(product: Product): Promise<void> {
  const site = await Site.on(product);
  const machine = await site.enroll(NODE);
  await askToRun(site, machine, NODE, { kind: "training", sensitivity: "confidential" });
  for (const on of [OTHER, "a-compute-that-nobody-has-registered"]) await askToRun(site, machine, on);
  await site.removeFolder();
}

/** Names that are not there in full, and tables that are wider than their place. */
function findCut(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const isSeen = (element: Element) => element.getClientRects().length > 0;
    const cells = [...document.querySelectorAll("main td")].filter(isSeen).slice(0, 150);
    const names = cells.filter((cell) => cell.matches(".name, .a-name"));
    const cut = cells.flatMap((cell) =>
      [cell, ...cell.querySelectorAll("*")]
        .filter((part) => isSeen(part) && part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
        .filter((part) => getComputedStyle(part).overflowX !== "visible")
        .map((part) => `cut: ${part.textContent?.slice(0, 40)}`),
    );
    const narrow = names
      .filter((cell) => cell.getBoundingClientRect().width < 80)
      .map((cell) => `narrow: ${cell.textContent}`);
    const tables = [...document.querySelectorAll("main table:not(.vh table)")].filter(isSeen).flatMap((table) => {
      const place = table.closest(".tscroll, .tblx, section, .pad") ?? document.body;
      const over = table.getBoundingClientRect().right - place.getBoundingClientRect().right;
      return over > 1 && !table.closest(".tblx")
        ? [`${table.querySelector("caption")?.textContent} by ${over} px`]
        : [];
    });
    return [...new Set([...cut, ...narrow, ...tables])].slice(0, 6);
  });
}
