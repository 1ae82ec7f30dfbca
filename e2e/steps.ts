import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Product } from "./product";

/** The first admin of the products that `setUp` makes. */
export const ADMIN = { name: "Priya Nair", email: "priya@swarm.local", password: "four quiet violet servers" } as const;

const ready = new WeakSet<Product>();

/** Sets a product up as `swarm init` does, once. */
export async function setUp(product: Product): Promise<void> {
  if (ready.has(product)) return;
  const done = await product.swarm(
    [
      "init",
      "--org",
      "Swarm Research",
      "--admin",
      ADMIN.email,
      "--admin-name",
      ADMIN.name,
      "--password-stdin",
      "--json",
    ],
    `${ADMIN.password}\n`,
  );
  expect(done, done.stderr).toMatchObject({ code: 0 });
  ready.add(product);
}

/** Signs in through the form; ends on the page that it leads to. */
export async function signIn(page: Page, person: { email: string; password: string } = ADMIN): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.locator("#main")).toBeVisible();
}

/** Presses a key until what it brings is there: the first press may come before the page listens. */
export async function pressUntil(page: Page, key: string, brought: Locator): Promise<void> {
  await expect(async () => {
    if (!(await brought.isVisible())) await page.keyboard.press(key);
    await expect(brought).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
}

/** Opens the command palette by its key; answers the field to type into. */
export async function openPalette(page: Page): Promise<Locator> {
  const field = page.getByPlaceholder("Name, serial, fingerprint, or a place");
  await pressUntil(page, "Control+k", field);
  await expect(field).toBeFocused();
  return field;
}

/** Adds a person by the terminal. */
export async function addPerson(
  product: Product,
  person: { email: string; password: string; role: "admin" | "auditor" | "team_lead" },
): Promise<void> {
  const done = await product.swarm(
    ["user", "add", person.email, "--role", person.role, "--password-stdin", "--json"],
    `${person.password}\n`,
  );
  expect(done, done.stderr).toMatchObject({ code: 0 });
}

/** WCAG 2.2 AA, in light and in dark, and nothing wider than the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await findBarriers(page), page.url()).toEqual([]);
}

/** What colours alone decide: all that can differ between light and dark. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** What keeps somebody from using the page as it stands now: axe's rules of WCAG 2.2 AA, and what sticks out. */
export async function findBarriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  // The title comes behind the heading: a page without one is told of here, one that is on its way is waited for.
  await expect(page).toHaveTitle(/./);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // No frames from elsewhere are in our pages, so the run needs no page of its own to put its results together.
    const axe = new AxeBuilder({ page, axeSource: await axeFor(page) })
      .options({ resultTypes: ["violations"] })
      .setLegacyMode();
    const { violations } = await (colorScheme === "light"
      ? axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      : axe.withRules(COLOUR_RULES)
    ).analyze();
    for (const { id, nodes } of violations)
      found.push(`${id} in ${colorScheme}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (overflow > 0) found.push(`wider than the screen by ${overflow} px`);
  await page.emulateMedia({ colorScheme: null, reducedMotion: "reduce" });
  return found;
}

/** What brings axe into the page: nothing once it is there, for it is half a megabyte and was sent four times a look. */
async function axeFor(page: Page): Promise<string | undefined> {
  const isThere = await page.evaluate(() => Reflect.has(window, "axe"));
  return isThere ? ";" : undefined;
}
