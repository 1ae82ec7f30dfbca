// `npm run build`: the screens and the bundles, stale or not.
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { main } from "./lib/main.mjs";

await main(async () => {
  await ensureInstalled();
  await ensureBuilt({ isForced: true });
});
