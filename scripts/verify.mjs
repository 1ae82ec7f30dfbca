// `npm run verify`: everything that can be known without a build, in seconds.
import { ensureInstalled } from "./lib/install.mjs";
import { main } from "./lib/main.mjs";

await main(async () => {
  await ensureInstalled();
  const { runChecks } = await import("./lib/checks.mjs");
  const results = await runChecks();
  return results.some((result) => result.failed > 0) ? 1 : 0;
});
