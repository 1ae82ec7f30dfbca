import { ensureBuilt } from "../../scripts/lib/build.mjs";

/** These tests drive the built product: what is stale is built before the first of them. */
export default async function setup(): Promise<void> {
  await ensureBuilt();
}
