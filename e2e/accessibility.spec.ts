import { expect, test } from "./fixtures";
import { findThings, pageFiles, SCREENS, visit, WALKED_ELSEWHERE } from "./screens";
import { findBarriers } from "./steps";

// What fails here says where by itself, and recording every rule that axe tries costs more than trying it.
test.use({ data: "demo", trace: "off" });

test("there is an entry here for every page, and none for a page that is gone", () => {
  const listed = SCREENS.flatMap(({ file }) => (file ? [file] : []));
  expect(pageFiles().length).toBeGreaterThan(10);
  expect([...listed, ...WALKED_ELSEWHERE].sort()).toEqual(pageFiles());
});

test("everybody can use every screen, wide and narrow, light and dark", async ({ page, deskOf, demoPerson }) => {
  test.setTimeout(SCREENS.length * 30_000);
  const pages = { admin: await deskOf(), "team lead": await deskOf(demoPerson("mara")), nobody: page };
  const things = await findThings(pages.admin);
  for (const screen of SCREENS) {
    await test.step(screen.name, async () => {
      const at = pages[screen.as ?? "admin"];
      await at.setViewportSize({ width: 1440, height: 900 });
      await visit(at, screen, things);
      const wide = await findBarriers(at);
      await at.setViewportSize({ width: 390, height: 844 });
      expect.soft({ wide, narrow: await findBarriers(at) }, screen.name).toEqual({ wide: [], narrow: [] });
    });
  }
});
