import { expect, test } from "./fixtures";

test("somebody who opens a new console is led to the setup, and nothing on the way trips its policy", async ({
  page,
  product,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));

  await page.goto("/");
  await expect(page).toHaveURL(/\/setup$/);
  await expect(page.getByRole("heading", { name: "Enter the setup code" })).toBeVisible();
  expect(product.setupCode).not.toBe("");
  expect(complaints).toEqual([]);
});

test("somebody whose browser runs no script is told why nothing happens", async ({ browser, product }) => {
  const context = await browser.newContext({ baseURL: product.consoleUrl, javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of ["/setup", "/sign-in"]) {
    await page.goto(path);
    const line = page.locator("noscript p");
    await expect(line).toBeVisible();
    await expect(line).toContainText("The console works with JavaScript alone, and this browser runs none.");
  }
  await context.close();
});

test("a script that somebody smuggled into a page does not run, nor does a style", async ({ page }) => {
  await page.goto("/setup");
  const smuggled = await page.evaluate(async () => {
    const holder = document.createElement("div");
    holder.innerHTML = `<img alt="" onerror="document.title = 'smuggled'"><style>body { --smuggled: 1 }</style>`;
    document.body.append(holder);
    const picture = holder.querySelector("img");
    await new Promise((resolve) => {
      picture?.addEventListener("error", resolve);
      picture?.setAttribute("src", "data:,");
    });
    return { title: document.title, style: getComputedStyle(document.body).getPropertyValue("--smuggled") };
  });
  expect(smuggled.title).not.toBe("smuggled");
  expect(smuggled.style).toBe("");
});

test("no other page may frame the console", async ({ page, product }) => {
  await page.goto("about:blank");
  await page.setContent(`<iframe src="${product.consoleUrl}/setup"></iframe>`);
  await expect.poll(() => page.frames().at(-1)?.url()).toBe("chrome-error://chromewebdata/");
});

test("the setup code is asked for, and a wrong one is refused in words", async ({ page }) => {
  await page.goto("/setup");
  await page.getByRole("textbox").first().fill("0000-0000-0000");
  await page.keyboard.press("Enter");
  await expect(
    page
      .getByText(/code/i)
      .filter({ hasText: /not|wrong|refused/i })
      .first(),
  ).toBeVisible();
});
