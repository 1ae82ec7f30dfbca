// `npm run e2e [-- ARGUMENTS]`: Playwright against the built product; arguments are Playwright's own.
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { main } from "./lib/main.mjs";
import { show } from "./lib/run.mjs";
import { ensureChromium } from "./lib/tools.mjs";

await main(async () => {
  await ensureInstalled();
  await ensureChromium();
  await ensureBuilt();
  return show("playwright", ["test", ...process.argv.slice(2)], { stdin: "inherit" });
});
